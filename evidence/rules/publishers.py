"""Who published a text: by its sign, its label, its own words, its page, or by whom it names most."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from evidence.data import (
    BODY,
    COLLECTS,
    GROUP,
    NAME,
    NO_NAME,
    PUBLISHER,
    SPEAKER,
    WIRE,
    publishers,
    roles,
    verbs,
)
from evidence.rules import places
from evidence.rules.guess import LIKELY, SURE, UNSURE, Guess
from evidence.rules.head import Head, publisher_line
from evidence.rules.people import has_role
from evidence.rules.spans import Span
from evidence.rules.spelling import ARABIC, key

CAPITAL = r"[^\W\d_a-zß-ÿ\u0600-\u06ff]"
GAP = r"[ \u00a0]+"
SMALL = (
    "of the|for the|of|for|and|the|in|para las|para los|para la|para a|pour les|pour la|de la|de los"
    "|de|des|du|del|da|do|dos|das|la|los|las|para|pour|sans|sur"
    "|contre|y|e|et|&"
)
JOIN = rf"(?:{GAP}(?:{SMALL}){GAP}(?={CAPITAL})|{GAP}(?:d|l)[’'](?={CAPITAL})|{GAP})"
WORD = rf"(?:[dl][’'])?{CAPITAL}[\w’'.&\-]*"
ORGANIZATION = rf"{WORD}(?:{JOIN}{WORD}){{0,9}}"
ARTICLE = r"(?:(?:[Tt]he|[Ll]e|[Ll]a|[Ll]es|[Ee]l|[Ll]os|[Ll]as|[AO]s?|[ao]s?|[Ll][’'])[ \u00a0]?)?"
SIGN = rf"(?:{GAP}\((?P<sign>[^()\d]{{2,20}})\))?"
ASIDE = r"(?:,[ \u00a0][^,.]{2,90},)?"
TODAY = (
    r"(?:today|this week|yesterday|hoy|hoje|aujourd[’']hui|ce jour|esta semana"
    r"|(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
# After "organization of" any word may come but these, and then those with an article: "منظمة أفق للحقوق"; or
# "without" and what: "بلا حدود".
ARABIC_NAME = (
    rf"(?:{GAP}(?!(?:أن|إن|اليوم|أمس|في|على|من|عن|إلى|بشدة)\b)[\u0600-\u06ff]+)?"
    rf"(?:{GAP}(?:بلا|بدون|دون){GAP}[\u0600-\u06ff]+)?"
    rf"(?:{GAP}(?!اليوم\b|الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت)(?:و?ال|لل|ل)[\u0621-\u06ff]+)*"
)
COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright)[ \u00a0]*(?:\d{{4}})?[ \u00a0,–-]*(?:by )?{ARTICLE}(?P<name>{ORGANIZATION})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Material:
    """What is looked at: the head, the first paragraphs, the lines below, whom the quoted speak for."""

    text: str
    head: Head
    story: list[Span]
    below: Sequence[Span]
    wire: Span | None
    offices: list[str]


def publisher_of(given: Material, site: str) -> Guess | None:
    """Return the best guess; the surest sign counts first. `site` is who runs the page it came from."""
    return next(_guesses(given, site), None)


def _guesses(given: Material, site: str) -> Iterator[Guess]:
    """Yield guesses, the best first."""
    if given.head.source:
        yield Guess(_plain(given.head.source.text), "label", SURE, given.head.source)
    if given.wire:
        yield Guess(publishers(WIRE)[given.wire.text], "wire_sign", SURE, given.wire)
    said = list(_said_so(given))
    if site and not _collects(site):
        agrees = any(key(one.text) == key(site) for one in said)
        yield Guess(known(site) or site, "site_name", SURE if agrees or known(site) else LIKELY)
    for line in given.head.publishers:
        yield Guess(publisher_line(line.text), "own_line", SURE, line)
    yield from sorted(said, key=lambda one: (SURE, LIKELY, UNSURE).index(one.sure))
    yield from _others(given)


def _others(given: Material) -> Iterator[Guess]:
    """Yield whom the text names without saying that it is theirs."""
    for paragraph in [*given.story[:2], *([given.head.title] if given.head.title else [])]:
        for start, end, publisher in _signs_in(paragraph.text):
            yield Guess(publisher, "named", LIKELY, _span(paragraph, start, end))
    for line in given.below:
        if match := COPYRIGHT.search(line.text):
            yield Guess(
                known(match["name"]) or match["name"], "copyright", LIKELY, _span(line, *match.span("name"))
            )
    for paragraph in given.story[:1]:
        for match in _according().finditer(paragraph.text):
            if _may_publish(match["name"]):
                yield Guess(
                    match["name"].rstrip(" .,"), "named", UNSURE, _span(paragraph, *match.span("name"))
                )
        if (match := _in_small_letters().match(paragraph.text)) and _is_subject(match):
            yield Guess(match["name"], "after_verb", UNSURE, _span(paragraph, *match.span("name")))
    for office, _times in Counter(given.offices).most_common(1):
        yield Guess(known(office) or office, "speakers", UNSURE, _first(given, office))


def _first(given: Material, name: str) -> Span | None:
    place = given.text.find(name)
    return Span.of(given.text, place, place + len(name)) if place >= 0 else None


def _said_so(given: Material) -> Iterator[Guess]:
    """Yield who is said to say what the text says: in the first paragraphs, in the title."""
    title = [given.head.title] if given.head.title else []
    for number, paragraph in enumerate([*given.story[:2], *title, *given.story[2:3]]):
        for start, end, sure in _subjects(paragraph.text, is_title=bool(title) and paragraph is title[0]):
            name = paragraph.text[start:end].rstrip(" .,")
            publisher = known_at_start(name)
            sure = SURE if publisher and number == 0 else sure
            yield Guess(publisher or name, "after_verb", sure, _span(paragraph, start, end))


def _subjects(text: str, *, is_title: bool) -> Iterator[tuple[int, int, str]]:
    """Yield where an organization stands as the subject of a verb of publishing, and how sure that is."""
    opens, acts, *inside = _patterns()
    for pattern in (opens, acts):
        if (match := pattern.match(text)) and _is_subject(match):
            yield *_named(match), SURE if match["today"] and not is_title else LIKELY
    for match in (match for pattern in inside if not is_title for match in pattern.finditer(text)):
        if _is_subject(match):
            dated = "today" not in match.re.groupindex or match["today"]
            yield *_named(match), SURE if dated else LIKELY


def _is_subject(match: re.Match[str]) -> bool:
    """Tell whether an organization is the subject, not a person whose role stands behind the name."""
    return _may_publish(match["name"]) and not has_role(match.string[match.end("name") : match.end()])


def _named(match: re.Match[str]) -> tuple[int, int]:
    """Return the place of the name: that of its sign where the sign is known, "(UNHCR)"."""
    if "sign" in match.re.groupindex and match["sign"] and known(match["sign"]) and not known(match["name"]):
        return match.span("sign")
    return match.span("name")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a subject: two that open, one after a comma, four after the verb."""
    longest = sorted(verbs(PUBLISHER), key=lambda verb: (-len(verb), verb))
    publishes = "|".join(re.escape(verb).replace(r"\ ", GAP) for verb in longest)
    says = rf"(?:has{GAP}|have{GAP})?(?P<verb>{publishes})(?![\w-])"
    today = rf"(?:{GAP}(?P<today>{TODAY}))?"
    adverb = rf"(?:{GAP}(?:also|strongly|a|ont|se){GAP}?)?"
    name = rf"(?P<name>{ORGANIZATION})"
    opens = rf"[“«\"]?{ARTICLE}{name}{SIGN}\*?{ASIDE}{today}{adverb}{GAP}(?i:{says})"
    acts = rf"{ARTICLE}{name}{SIGN}{GAP}(?P<today>today){GAP}[a-z]+"
    ends = rf"(?:,|—|–|\bthat)[ \u00a0]{ARTICLE}{name}{SIGN}\*?{ASIDE}{adverb}{GAP}{says}{today}"
    told = "|".join(re.escape(verb).replace(r"\ ", GAP) for verb in [*longest, *verbs(SPEAKER)])
    when = r"(?P<today>today|hoy|hoje|aujourd[’']hui)"
    weekday = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|dans un|en un|este|em nota)"
    inverted = rf"(?:{told}){GAP}{when}{GAP}{ARTICLE}{name}"
    dated = rf"(?:{told}){GAP}{ARTICLE}{name}(?={GAP}{weekday})"
    said = rf",{GAP}(?:{told}){GAP}{ARTICLE}(?P<name>{'|'.join(map(re.escape, publishers(NAME)))})(?!\w)"
    bodies = "|".join(map(re.escape, roles(BODY)))
    arabic = rf"(?<!\w)و?(?:{told}){GAP}(?P<name>(?:{bodies}){ARABIC_NAME})"
    return tuple(re.compile(one) for one in (opens, acts, ends, inverted, dated, said, arabic))


@cache
def _according() -> re.Pattern[str]:
    by = r"(?:[Aa]ccording to|by|[Ss]elon|[Ss]egún|[Ss]egundo|d[’']après|de acordo com|[Dd]e acuerdo con|par)"
    return re.compile(rf"\b{by}{GAP}{ARTICLE}(?P<name>{ORGANIZATION})")


@cache
def _in_small_letters() -> re.Pattern[str]:
    """Return the pattern of a name that goes on in small letters: "La Ligue des droits appelle"."""
    publishes = "|".join(re.escape(verb).replace(r"\ ", GAP) for verb in verbs(PUBLISHER))
    article = r"(?:(?:L[ae]s?|El|Los|[AO]s?)[ \u00a0]|L[’'])"
    small = r"(?:[dl][’'])?[^\W\d_]+"
    name = rf"(?P<name>{WORD}(?:{GAP}{small}){{1,9}}?)"
    return re.compile(rf"{article}{name}{SIGN}{GAP}(?P<verb>{publishes})(?![\w-])")


def _may_publish(name: str) -> bool:
    """Tell whether a name may be an organization's: no place's, no single small word, no person's title."""
    if known_at_start(name):
        return True
    bare = name.strip(" .,")
    if bare.lower() in roles(GROUP):  # "the Office", "the Commission": whose?
        return False
    if places.is_place(bare) or len(bare) < 3 or bare in NO_PUBLISHERS or bare in roles(NO_NAME):
        return False
    if ARABIC.search(name):
        return True
    return not has_role(bare) or bare.lower().split()[-1] in roles(GROUP)


# Of whom texts speak as often as they speak for them.
NO_PUBLISHERS = {"United Nations", "UN", "U.N.", "United States", "European Union", "EU", "Security Forces"}


def known(name: str) -> str:
    """Return the publisher that a name or sign is one of, or nothing."""
    return _known().get(key(name.strip(" .,’'")), "")


def known_at_start(name: str) -> str:
    """Return whose name or office some words begin with: "UN High Commissioner … Volker Türk"."""
    match = _known_pattern().match(name)
    return known(match.group()) if match else ""


@cache
def _known() -> dict[str, str]:
    return {key(sign): publisher for use in (NAME, WIRE) for sign, publisher in publishers(use).items()}


def _collects(site: str) -> bool:
    return key(site) in {key(sign) for sign in publishers(COLLECTS)}


def _signs_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a text names a publisher that is known, in the order of the text."""
    for match in _known_pattern().finditer(text):
        yield *match.span(), known(match.group())


@cache
def _known_pattern() -> re.Pattern[str]:
    longest = sorted(publishers(NAME), key=lambda sign: (-len(sign), sign))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _span(paragraph: Span, start: int, end: int) -> Span:
    return Span(paragraph.text[start:end], paragraph.start + start, paragraph.start + end)


def _plain(name: str) -> str:
    return known(name) or name
