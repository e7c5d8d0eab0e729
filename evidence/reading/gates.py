"""Pages that stand where a text should be: a check for robots, a question about cookies, "not found", a wall.

Told by their own words, and only where there is little else: a report about such pages is none. In English,
French, Spanish, Portuguese and Arabic.
"""

import re

CODES = ("challenge", "consent", "soft_404", "login")
# (code, the most characters such a page has, what its title or first words say)
GATES = (
    (
        "challenge",
        2500,
        r"just a moment|attention required|checking (?:your browser|if the site connection)"
        r"|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:robot|human)|ddos protection"
        r"|access denied"
        r"|you have been blocked"
        r"|pardon our interruption|request unsuccessful|security check|unusual traffic"
        r"|enable javascript and cookies"
        r"|un instant|vérifi\w+ (?:que )?vous êtes (?:un )?humain|un momento"
        r"|verifi\w+ que (?:eres|es) humano|لحظة",
    ),
    (
        "consent",
        2500,
        r"before you continue|we value your privacy|your privacy choices|we (?:and our partners )?use cookies"
        r"|accept (?:all )?cookies|cookie (?:consent|settings|preferences)|manage (?:your )?consent"
        r"|avant (?:de|d['’]) ?(?:continuer|accéder)|nous utilisons des cookies|votre vie privée"
        r"|antes de continuar|utilizamos cookies|usamos cookies|tu privacidad|sua privacidade"
        r"|ملفات تعريف الارتباط",
    ),
    (
        "soft_404",
        2500,
        r"(?:error )?404\b"
        r"|(?:page|article|content|document) (?:you requested )?(?:was |could |can ?)?not (?:be )?found"
        r"|not found|page (?:does not|doesn['’]t|no longer) exists?"
        r"|we can['’]?(?:no)?t (?:seem to )?find|no longer available"
        r"|oops|page (?:introuvable|non trouvée)|n['’]existe (?:pas|plus)|página no (?:encontrada|existe)"
        r"|no (?:se )?(?:encontr\w+|pudimos encontrar)|página não (?:encontrada|existe)"
        r"|الصفحة غير موجودة|لم يتم العثور",
    ),
    (
        "login",
        1500,
        r"(?:log|sign) ?in to (?:continue|read|view)|subscribe to (?:continue|read)"
        r"|create (?:a|an) (?:free )?account"
        r"|please (?:log|sign) ?in|this content is (?:for|only available to) (?:subscribers|members)"
        r"|réservé aux abonnés|contenido (?:solo|exclusivo) para suscriptores|exclusivo para assinantes",
    ),
)
FIRST_WORDS = 300
# A page whose text is brought by scripts alone.
SCRIPTED = re.compile(
    r"(?:enable|requires?|need|activ\w+|habilit\w+|turn on)\b.{0,40}\bjavascript"
    r"|javascript\b.{0,60}\b(?:enabled?|disabled|required|to run|désactivé|activ\w+|habilit\w+|off)",
    re.IGNORECASE | re.DOTALL,
)
LITTLE = 400  # characters: less than a statement
_PATTERNS = [(code, most, re.compile(rf"(?:{said})", re.IGNORECASE)) for code, most, said in GATES]


def gate_of(title: str, text: str, unseen: str = "") -> str:
    """Return what a page is instead of a text, or nothing. `unseen` is what it says without scripts."""
    start = f"{title}\n{text[:FIRST_WORDS]}\n{unseen[:FIRST_WORDS]}"
    for code, most, pattern in _PATTERNS:
        named, said = pattern.search(title), pattern.search(start)
        if len(text) <= most and ((named and _is_all(pattern, title)) or (said and len(text) <= LITTLE)):
            return code
    return ""


def _is_all(pattern: re.Pattern[str], title: str) -> bool:
    """Tell whether a title says little else: "Page not found | Site", not "Grave not found by judges"."""
    first = re.split(r"\s[|–—·-]\s", title)
    return any((match := pattern.search(part)) and len(match[0]) * 2 >= len(part.strip()) for part in first)


def is_scripted(text: str, unseen: str, *, scripts: int) -> bool:
    """Tell whether a page shows its text with scripts alone: little is there and it says so, or nothing."""
    if len(text) > LITTLE:
        return False
    return bool(SCRIPTED.search(f"{unseen}\n{text}")) or (scripts > 0 and len(text) < LITTLE / 8)
