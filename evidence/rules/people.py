"""Who a few words name: a person, what they do, and for whom they speak."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from evidence.data import BODY, GROUP, HONORIFIC, NO_NAME, ROLE, publishers, roles
from evidence.data import NAME as PUBLISHER_NAME
from evidence.rules import places
from evidence.rules.spelling import key

WORD = r"[^\W\d_a-zß-ÿ][\w’'.\-]*"  # begins with a capital, in any script that has them
PARTICLE = (
    r"(?:(?:de la|de los|de|del|da|do|dos|das|di|du|des|al|el|van|von|der|den|bin|bint|ibn|le|la|y|e|ter)"
    r"[ \u00a0]+)?"
)
NAME = rf"{WORD}(?:[ \u00a0]+{PARTICLE}{WORD}){{0,7}}"
OWNED = re.compile(r"(?P<owner>.+?)(?:[’']s|(?<=s)[’'])[ \u00a0]+(?P<person>.+)")
SMALL = "of|for|and|the|de|des|du|de la|del|da|do|dos|das|para|los|las|pour|sans|contre|les"
LINK = rf"[ \u00a0](?:(?:{SMALL})[ \u00a0])*"
PREPOSITION = (
    r"(?:of|at|for|with|from|de|du|des|del|da|do|dos|das|chez|à|au|aux|pour|para|en|na|no|في|لدى|من)"
)
ORGANIZATION = rf"(?:{WORD}(?:{LINK}{WORD})+|[A-Z]{{3,}})"
OFFICE = re.compile(
    rf"(?:^|[ \u00a0]){PREPOSITION}[ \u00a0]+(?:(?:the|la|le|les|el|los|las|l[’'])[ \u00a0]?)?"
    rf"(?:[a-zà-ÿ]+[ \u00a0])?(?P<office>{ORGANIZATION})|[ \u00a0]d[’'](?P<elided>{ORGANIZATION})"
)
SHORT = re.compile(r"(?P<name>.+?)[ \u00a0]\((?P<short>[A-Z]{2,10})\)")
WEAK = re.compile(r"[ \u00a0]?(?:for|para|pour)\b")
ARTICLE = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Uu]ne?|[Uu]n[ao]|[Uu]ma?|[Ll]es?|[Ll]as?|[Ll]os|[Ee]l|[Oo]s?|[Aa]s|[Ll][’']|[Hh]is|[Hh]er"
    r"|[Tt]heir|[Ii]ts|[Ss]on|[Ss]a|[Ss]us?)(?:[ \u00a0]|(?<=[’']))"
)
DIVISION = re.compile(r"[ \u00a0](?:division|program(?:me)?|department|unit|desk|section|team|bureau)\b")
CUT = re.compile(
    r"[ \u00a0](?:who|whose|that|which|qui|que|quien|cuyo|dont|said|told|by phone|by telephone|الذي|التي)\b.*"
)
AFTER = re.compile(
    r"[ \u00a0](?:told|in an? (?:statement|interview)|at a|during"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|in (?:late|early)"
    r"|à la presse|dans un|au cours|a la prensa|en un|à imprensa|em nota|today|hoy|hoje|aujourd).*",
    re.IGNORECASE,
)
PRONOUNS = {
    *(
        "he",
        "she",
        "they",
        "il",
        "elle",
        "ils",
        "elles",
        "él",
        "ella",
        "ellos",
        "ele",
        "ela",
        "eles",
        "هو",
        "هي",
    ),
}


@dataclass(frozen=True)
class Speaker:
    """A person quoted, with the organization they speak for and what they do where the text says it."""

    name: str
    affiliation: str | None
    role: str | None = None


class Lead(NamedTuple):
    """What the words before a comma name: a person, what they do, for whom they speak."""

    name: str
    role: str
    office: str | None


def speaker_in(phrase: str) -> Speaker | None:
    """Return who a phrase names: "Ana Ruiz, director at Ridgeline Watch"; None where it names nobody."""
    lead, rest = _parted(phrase)
    if short := SHORT.fullmatch(lead):
        lead = short["name"]
        if _is_short_for(short["short"], lead):
            return Speaker(ARTICLE.sub("", lead, count=1) if ARTICLE.match(lead) else lead, None)
    if group := _group(lead):
        return Speaker(group, None)
    person = rest.partition(",")[0].strip()
    if has_role(lead) and _is_person(person):  # "Their lawyer, Nicholas Doe"
        role, office = _described(lead)
        return Speaker(person, office, role or None)
    found = _named(lead)
    if found is None:
        return None
    said_role, said_office = _described(rest)
    outside = OFFICE.match(lead[lead.find(found.name) + len(found.name) :])
    office = found.office or said_office or (_office_of(outside) if outside else None)
    office = office or (short["short"] if short else None)  # "Jean Petit (MSF)"
    return Speaker(found.name, office, found.role or said_role or None)


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether letters stand for an organization that speaks itself: "UN High Commissioner … (UNHCR)"."""
    begins = ARTICLE.sub("", name, count=1) if ARTICLE.match(name) else name
    capitals = iter([letter for letter in begins if letter.isupper()])
    return begins[:1].isupper() and all(letter in capitals for letter in short)


def _is_person(words: str) -> bool:
    whole = re.fullmatch(NAME, words)
    return bool(whole) and " " in words and not has_role(words) and not places.mentions(words)


def _parted(phrase: str) -> tuple[str, str]:
    """Return what stands before the first comma and what after it, both within the sentence."""
    lead, _comma, rest = re.sub(r"،", ",", phrase.strip(" \u00a0\0")).partition(",")
    if not rest and (match := re.search(r"[ \u00a0][–—-][ \u00a0]", lead)):
        lead, rest = lead[: match.start()], lead[match.end() :]
    return lead.strip(" \u00a0.:"), rest.strip(" \u00a0.:,")


def _group(lead: str) -> str:
    """Return those who speak as one: "the experts", "UN experts"."""
    lead = AFTER.sub("", f" {lead}").strip()
    words = lead.lower().split()
    few = 1 <= len(words) <= 3 and (words[-1] in roles(GROUP) or lead.lower() in roles(GROUP))
    if not few or (words[0] not in ("the", "les", "los", "las", "os", "as") and not lead[:1].isupper()):
        return ""
    return lead[:1].lower() + lead[1:] if words[0] == "the" else lead


def _named(lead: str) -> Lead | None:
    """Return the name, role and organization of the words before a comma; None where nobody is named."""
    lead = AFTER.sub("", f" {lead}").strip()
    if owned := OWNED.fullmatch(lead):
        inner = _named(owned["person"])
        return Lead(inner.name, inner.role, _owner(owned["owner"])) if inner else None
    lead = _from_name(lead)
    runs = list(re.finditer(NAME, lead))
    if not runs:
        return None
    last = runs[-1]
    name, before = last.group().strip(",’'"), lead[: last.start()].strip()
    name = name if re.search(r"[A-Z]\.$", name) else name.rstrip(".")
    if end := _role_end(name):  # Foreign Minister A.K. Doe
        rest = name[end:].strip()
        return Lead(rest, *_role_and_office(f"{before} {name[:end]}".strip())) if rest else None
    if end := _role_end(before):
        return _after_role(name, before, before[end:].strip())
    if before and re.search(rf"(?:^|[ \u00a0]){PREPOSITION}(?:[ \u00a0](?:the|la|le|los|las))?$", before):
        # "Lena Okoro of Ridgeline Watch" names one; "a student from Valencia" names nobody.
        return Lead(runs[0].group(), "", None) if runs[0].start() == 0 and runs[0] is not last else None
    return Lead(name, "", None)


def _from_name(lead: str) -> str:
    """Return words without those in front that only their place gives a capital."""
    while lead.partition(" ")[0] in roles(NO_NAME):
        lead = lead.partition(" ")[2].strip()
    return "" if places.is_place(lead) else lead


def _after_role(name: str, before: str, complement: str) -> Lead:
    """Return a name after a role, whose last words may be in capitals: "… for Human Rights Volker Doe"."""
    words = name.split()
    if re.fullmatch(r"for|of|de|des|du|para|da|do", complement) and len(words) > 2:
        taken = len(" ".join(words[:-2]))
        return Lead(" ".join(words[-2:]), *_role_and_office(f"{before} {name[:taken]}"))
    return Lead(name, *_role_and_office(before))


def _owner(owner: str) -> str | None:
    """Return whose somebody is, where that is an organization."""
    owner = ARTICLE.sub("", owner, count=1) if ARTICLE.match(owner) else owner
    return owner if owner[:1].isupper() and not places.is_place(owner) else None


def _role_end(words: str) -> int:
    """Return where the last word of a role ends; 0 where there is none."""
    ends = [match.end() for match in _roles().finditer(words)]
    return max(ends, default=0)


@cache
def _roles() -> re.Pattern[str]:
    longest = sorted(roles(ROLE), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)


def has_role(words: str) -> bool:
    """Tell whether some words name what a person does."""
    return bool(_roles().search(words))


def _role_and_office(words: str) -> tuple[str, str | None]:
    """Return role and organization of what stands before a name: "UNHCR spokesperson", "PGC Africa lead"."""
    words = re.sub(r"^(?:[\s–—-]+|(?:by|of|from|with|that|and|to)[ \u00a0])+", "", words)
    words = ARTICLE.sub("", words, count=1) if ARTICLE.match(words) else words
    start = key(words)
    for sign in _names():
        if start.startswith(f"{sign} ") and len(words) > len(sign) + 1:
            return words[len(sign) :].strip(), words[: len(sign)]
    first, _space, rest = words.partition(" ")
    if rest and re.fullmatch(r"[A-Z][A-Z-]{2,}", first):
        return rest, first
    return words, None


def _described(rest: str) -> tuple[str, str | None]:
    """Return the role and the organization of what follows a name after a comma."""
    for clause in map(str.strip, rest.split(",")[:3]):
        role, office = _description(clause)
        if role or office:
            return role, office
    return "", None


def _description(clause: str) -> tuple[str, str | None]:
    """Return the role and the organization that one clause names: "deputy director at Ridgeline Watch"."""
    owned = OWNED.fullmatch(clause)
    if owned and has_role(owned["person"]):
        return owned["person"].strip(), _owner(owned["owner"])
    role, office = _office_in(clause)
    is_role = has_role(role) or ARTICLE.match(role)
    role = CUT.sub("", f" {role}").strip() if is_role else ""
    role = (ARTICLE.sub("", role, count=1) if ARTICLE.match(role) else role).strip(" ,.:")
    return (role, office) if office else _role_and_office(role)


def _office_in(clause: str) -> tuple[str, str | None]:
    """Return what stands before the organization that a description names, and the organization.

    The first "of", "at" or "with" counts; a "for" only where there is none: "director for Africa of X".
    """
    if body := _bodies().search(clause):
        return re.sub(rf"[ \u00a0]{PREPOSITION}$", "", clause[: body.start()].strip()), clause[
            body.start() :
        ].strip()
    found = [(match, office) for match in _offices(clause) if (office := _office_of(match))]
    strong = [(match, office) for match, office in found if not WEAK.match(match.group())]
    known = [(match, office) for match, office in found if key(office) in _publishers()]
    for match, office in known or strong or found:
        return clause[: match.start()], office
    return clause, None


@cache
def _names() -> list[str]:
    """Return the names of publishers, the longest first, without those of offices ("Secretary of State")."""
    return sorted((sign for sign in _publishers() if not has_role(sign)), key=lambda sign: (-len(sign), sign))


@cache
def _publishers() -> set[str]:
    return {key(sign) for sign in publishers(PUBLISHER_NAME)}


def _offices(clause: str) -> Iterator[re.Match[str]]:
    """Yield every place where an organization may be named, those inside one another too."""
    place = 0
    while match := OFFICE.search(clause, place):
        yield match
        place = match.start() + 1


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, roles(BODY)))})(?!\w)")


def _office_of(match: re.Match[str]) -> str | None:
    """Return the organization a phrase names; a place or a part of one is none."""
    name = (match["office"] or match["elided"] or "").rstrip(".,’'")
    owner = re.match(r"(.+?)[’']s(?!\w)", name)
    if owner:  # "of Human Rights Watch's Middle East division"
        name = owner[1]
    elif DIVISION.match(match.string[match.end() :]):
        return None
    if not name or places.is_place(name) or all(places.is_place(part) for part in name.split(", ")):
        return None
    bare = places.without(name).strip(" ,.")
    return name if len(bare) >= 3 else None


def is_honorific(word: str) -> bool:
    return word in roles(HONORIFIC)
