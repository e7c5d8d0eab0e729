"""Who says a quotation, as the words around it tell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from evidence.data import HONORIFIC, SPEAKER, roles, verbs
from evidence.rules.people import PRONOUNS, WORD, Speaker, is_honorific, speaker_in

GAP = r"[ \u00a0]+"
FAR = 50_000  # characters above: who was named before that is named again
LONGEST = 160  # characters of a phrase that names somebody
ENDS = re.compile(r"[.!?؟…](?=[\s\0]|$)")
# The words before a surname that can belong to it: names, a role in small letters, what binds them.
LEADING = re.compile(
    rf"(?P<phrase>(?:{WORD}(?:{GAP}(?:for|of|and|the|de|du|del|da){GAP}(?={WORD}))?{GAP}"
    rf"|[a-z-]+{GAP}(?={WORD}{GAP})){{1,8}})\Z"
)
INITIAL = re.compile(r"(?:^|[\s.(\0])(?:[^\W\d_]|[A-Z][a-z]?|St|Sr|Jr|vs|No)$")


@dataclass(frozen=True)
class Attribution:
    """That words tell who speaks; `speaker` is None for somebody without a name."""

    speaker: Speaker | None


class Speakers:
    """The people quoted so far: a later surname or pronoun alone means the person named before."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.by_surname: dict[str, Speaker] = {}

    def after(self, words: str, place: int) -> Attribution | None:
        """Return who speaks by the words right after a quotation at `place`; None if they do not say."""
        sentence = first_sentence(words)
        verb_first, name_first = _patterns()
        match = verb_first.match(sentence)
        if match:
            return self._attributed(match["phrase"], place)
        match = name_first.match(sentence)
        return self._attributed(match["phrase"], place) if match else None

    def before(self, words: str, place: int) -> Attribution | None:
        """Return who speaks by the words right before a quotation that begins at `place`."""
        sentence = last_sentence(words)
        said = [match for match in _verb().finditer(sentence)]
        if not said:
            return None
        last = said[-1]
        subject = sentence[: last.start()].strip(" \u00a0,")
        inverted = sentence[last.end() :].rstrip(" \u00a0:,")
        if not subject or (inverted and sentence.rstrip()[-1:] in ":،," and _is_arabic(last.group())):
            return self._attributed(inverted, place) if inverted else None
        return self._attributed(_subject(subject), place)

    def _attributed(self, phrase: str, place: int) -> Attribution:
        """Return who a phrase names: a person, somebody known by surname or pronoun, or nobody by name."""
        phrase = phrase.strip(" \u00a0,")
        if phrase.split(" ")[0].lower().rstrip(",.") in PRONOUNS:
            known = set(self.by_surname.values())
            return Attribution(known.pop() if len(known) == 1 else None)
        found = speaker_in(phrase[:LONGEST])
        return Attribution(self._known(found, place) if found else None)

    def _known(self, found: Speaker, place: int) -> Speaker:
        words = found.name.split()
        surname, titled = words[-1], is_honorific(words[0])
        before = self.by_surname.get(surname)
        if before and (len(words) == 1 or titled or found.name == before.name):
            return self._kept(surname, _joined(before, found))
        if len(words) == 1 or titled:
            named = self._named_above(surname, place)
            found = _joined(named, found) if named else found
        return self._kept(surname, found)

    def _kept(self, surname: str, speaker: Speaker) -> Speaker:
        self.by_surname[surname] = speaker
        return speaker

    def _named_above(self, surname: str, place: int) -> Speaker | None:
        """Return the person of this surname whom the text names in full before a place."""
        alone = re.compile(rf"(?<!\w){re.escape(surname)}(?!\w)")
        for match in alone.finditer(self.text, max(0, place - FAR), place):
            before = LEADING.search(self.text, max(0, match.start() - LONGEST), match.start())
            named = speaker_in(f"{before['phrase'].strip()} {surname}") if before else None
            if named and len(named.name.split()) > 1 and named.name.endswith(surname):
                return named
        return None


def _joined(before: Speaker, now: Speaker) -> Speaker:
    return replace(before, affiliation=before.affiliation or now.affiliation, role=before.role or now.role)


def _subject(words: str) -> str:
    """Return the phrase that names who speaks: after the clauses that stand before it."""
    start = max((match.end() for match in re.finditer(r"[;:][ \u00a0]", words)), default=0)
    phrase = words[start:]
    while "," in phrase and speaker_in(phrase) is None:
        phrase = phrase.partition(",")[2].strip()
    return phrase


@cache
def _said() -> str:
    longest = sorted(verbs(SPEAKER), key=lambda verb: (-len(verb), verb))
    return rf"(?:{'|'.join(re.escape(verb).replace(chr(92) + ' ', GAP) for verb in longest)})"


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'-]){_said()}(?![\w’'-])")


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what follows a quotation: a verb and a phrase, or a phrase and a verb."""
    when = rf"(?:{GAP}(?:today|yesterday|hoy|hoje|aujourd[’']hui|اليوم|on{GAP}[A-Z]\w+day))?"
    to_whom = rf"(?:(?:à|au|aux|to|al|a la|ao){GAP}?(?:l[’'])?{WORD}{GAP})?"
    according = rf"(?:according{GAP}to|selon|según|segundo|d[’']après|de{GAP}acordo{GAP}com|وفق|بحسب)"
    verb_first = rf"[\s\0,،.]*(?:{_said()}(?![\w-]){when}|{according}){GAP}{to_whom}(?P<phrase>.+)"
    phrase = rf"(?P<phrase>[^\0]{{1,{LONGEST}}}?)(?:,|{GAP})[ \u00a0]*(?:has{GAP}|have{GAP})?"
    name_first = rf"[\s\0,،.–—-]*{phrase}{_said()}(?![\w-])"
    return re.compile(verb_first, re.DOTALL), re.compile(name_first, re.DOTALL)


def first_sentence(words: str) -> str:
    """Return words up to the end of their first sentence; "Ms." and "A.K." end none."""
    for match in ENDS.finditer(words):
        if words[: match.start()].strip(" \0,.") and not _abbreviates(words[: match.start()]):
            return words[: match.start()]
    return words


def last_sentence(words: str) -> str:
    """Return the last sentence that words begin or hold."""
    start = 0
    for match in ENDS.finditer(words):
        if words[match.end() :].strip() and not _abbreviates(words[: match.start()]):
            start = match.end()
    return words[start:].strip()


def sentences(words: str) -> int:
    """Return how many sentences the words are parts of."""
    ends = [match for match in ENDS.finditer(words) if not _abbreviates(words[: match.start()])]
    return sum(bool(words[match.end() :].strip(" \0")) for match in ends) + 1


def _abbreviates(words: str) -> bool:
    last = re.split(r"[\s\0]", words)[-1]
    return f"{last}." in roles(HONORIFIC) or bool(INITIAL.search(f" {last.rpartition('.')[2]}"))


def blanked(text: str, pieces: Iterable[tuple[int, int]]) -> str:
    """Return the text with these pieces replaced by zeros, offsets unchanged."""
    characters = list(text)
    for start, end in pieces:
        characters[start:end] = "\0" * (end - start)
    return "".join(characters)
