"""Two words of two names: whether they are one word, and how."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rigour._core import raw_levenshtein_cutoff

from conflicts.data import families
from conflicts.rules.chinese import abroad, begins_otherwise, cantonese, wade_giles
from conflicts.rules.endings import (
    is_relation,
    of_other_gender,
    patronymic_ending,
    short_forms,
    short_of,
    slavic,
    without_link,
)
from conflicts.rules.sounds import respelled, skeletons, somali, without_vowels
from conflicts.rules.writing import ABJADS, DENSE, INDIC, latin, one_form, script_of


class How(StrEnum):
    """How two parts of two names match, from surest to not at all."""

    SAME = "same"
    SAME_IN_ANOTHER_SCRIPT = "same in another script"
    SAME_NAME = "another form of the same name"
    SOUNDS_ALIKE = "sounds alike"
    NICKNAME = "nickname"
    SPELLING_DIFFERS = "spelling differs"
    CUT_SHORT = "cut short"
    INITIAL = "initial"
    REPEATED = "repeated part"
    EXTRA = "extra part"
    MISSING = "missing part"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two words match, and about how many slips of a letter apart they are."""

    how: How
    slips: float
    share: float  # slips over the letters of the longer word


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one word: its script, its Latin letters and how they sound."""

    text: str  # Han characters in one form
    script: str
    latin: str
    respelled: str
    consonants: str
    skeletons: tuple[str, ...]  # its consonants as an abjad writes them, the likeliest reading first
    families: frozenset[int]
    wade_giles: str  # of a word that may be Mandarin in pinyin, else empty
    slavic: str = ""  # the consonants of a word that ends like a Slavic name, else empty
    somali: str = ""  # how a word sounds that may be spelled in Somali, else empty
    cantonese: str = ""  # the Cantonese reading of Han characters, or of a Latin word that may be one
    korean: str = ""  # the Korean reading of Han characters, in hangul
    unlinked: str = ""  # a word without an article or an ending that is often left off, else empty
    shorts: frozenset[str] = frozenset()  # what rules of languages shorten it to
    begins: frozenset[str] = frozenset()  # what it begins with, in each reading

    @property
    def skeleton(self) -> str:
        return self.skeletons[0]

    @property
    def is_abjad(self) -> bool:
        return self.script in ABJADS


NO_FAMILIES: frozenset[int] = frozenset()
LONGEST_CANTONESE = 15
SURE_SOUND = 5  # letters of a sound that tell a name by themselves
LEFT_OFF = 1.2  # slips of an ending that is often left off
BOTH_KNOWN = 0.5  # slips more where each is a name by itself
# A changed character of a syllabic script is a changed syllable, which is about three letters.
SYLLABLE = 3.0
MOST_SLIPS = 5
PLAUSIBLE = 0.5
SOME_VOWELS = {"Ethiopic"} | INDIC  # scripts that leave some vowels to the reader
# The letters that write long vowels in an abjad, and the sounds they may stand for.
LONG_VOWELS = {"a": "a", "w": "uv", "y": "i"}
HEARD = str.maketrans("eo", "iu")


@lru_cache(1 << 15)
def word_of(text: str) -> Word:
    """Return what is known of a word, as `words_of` gave it."""
    text = one_form(text)
    script, letters = script_of(text), latin(text)
    abjad = script in ABJADS
    # Consonants alone cannot be respelled: `ywsf` has no vowels to be read by.
    spelling = letters.lower() if abjad else respelled(letters)
    written = "" if abjad else letters
    kin = _families(text, written)
    of_somali = somali(letters) if script == "Latin" and not kin else ""
    if not kin and of_somali:
        kin = _families(of_somali, of_somali) or _by_sound(respelled(of_somali))
    if not kin and not abjad:
        kin = _by_sound(spelling)
    bones_of = skeletons(letters, abjad=abjad)
    in_hong_kong, in_korea = abroad(text) if script == "Han" else ("", "")
    if script == "Latin" and len(letters) <= LONGEST_CANTONESE:
        in_hong_kong = cantonese(letters)
    readings = [bones[:1] for bones in bones_of]
    if script in {"Han", "Latin"}:
        readings += [in_hong_kong[:1], *(word_of(in_korea).begins if in_korea else ())]
    return Word(
        text,
        script,
        letters,
        spelling,
        without_vowels(spelling),
        bones_of,
        kin,
        wade_giles(letters) if script in {"Latin", "Han"} else "",
        slavic=slavic(letters) if not abjad and script not in DENSE else "",
        somali=respelled(of_somali) if of_somali else "",
        cantonese=in_hong_kong,
        korean=in_korea,
        unlinked="" if abjad else without_link(letters),
        shorts=frozenset() if abjad else short_forms(letters),
        begins=frozenset(reading for reading in readings if reading),
    )


def _families(text: str, letters: str) -> frozenset[int]:
    members = families().of
    return members.get(text, NO_FAMILIES) | members.get(letters, NO_FAMILIES)


def _by_sound(spelling: str) -> frozenset[int]:
    """Return the families of what a word sounds like, where that is long enough to tell."""
    return families_by_sound().get(spelling, NO_FAMILIES) if len(spelling) >= SURE_SOUND else NO_FAMILIES


@cache
def families_by_sound() -> dict[str, frozenset[int]]:
    """Return what the forms of a name sound like, to its families: Serhii is like Serhiy, which is in one.

    What forms of two names sound like is left out.
    """
    found: dict[str, frozenset[int]] = {}
    for word, numbers in families().of.items():
        if word.isascii():
            sound = respelled(word)
            found[sound] = found.get(sound, numbers) & numbers
    return {sound: numbers for sound, numbers in found.items() if numbers}


@lru_cache(1 << 17)
def likeness(ours: str, theirs: str) -> Likeness | None:
    """Return how two words match, or None if they are two different words."""
    if ours == theirs:
        return Likeness(How.SAME, 0.0, 0.0)
    a, b = word_of(ours), word_of(theirs)
    if a.text == b.text:
        return Likeness(How.SAME_NAME, 0.05, 0.01)
    length = max(len(a.latin), len(b.latin))
    if a.families & b.families:
        return _of_one_family(a, b, length)
    if a.is_abjad != b.is_abjad:
        return _across_abjad(a, b)
    if a.script == b.script and a.script in DENSE:
        return _dense(a, b)
    if len(a.latin) == 1 or len(b.latin) == 1:
        return _initial(a, b)
    if a.latin == b.latin:
        return Likeness(How.SAME if a.script == b.script else How.SAME_IN_ANOTHER_SCRIPT, 0.1, 0.02)
    if a.wade_giles == b.latin or b.wade_giles == a.latin:
        return Likeness(_across(a, b, How.SOUNDS_ALIKE), 0.4, 0.05)
    if "Han" in {a.script, b.script}:
        found = [read for read in (_read_abroad(a, b), _spelled(a, b, length)) if read]
        return min(found, key=lambda read: read.slips, default=None)
    return _by_rule(a, b) or _spelled(a, b, length)


def _read_abroad(a: Word, b: Word) -> Likeness | None:
    """Compare Han characters, as they are read in Hong Kong and in Korea, with a word of another script."""
    if a.cantonese and a.cantonese == b.cantonese:
        return Likeness(How.SAME_IN_ANOTHER_SCRIPT, 0.4, 0.05)
    if min(len(a.cantonese), len(b.cantonese)) >= SURE_SOUND and _slips(a.cantonese, b.cantonese) == 1:
        return Likeness(How.SAME_IN_ANOTHER_SCRIPT, 1.2, 0.15)
    one, other = a.korean or a.text, b.korean or b.text
    found = likeness(one, other) if (one, other) != (a.text, b.text) and not (a.korean and b.korean) else None
    if found and found.share <= 0.2 and found.how is not How.INITIAL:
        return Likeness(How.SAME_IN_ANOTHER_SCRIPT, found.slips + 0.2, found.share + 0.02)
    return None


def _by_rule(a: Word, b: Word) -> Likeness | None:
    """Return how two words match that a rule of a language makes one, whatever letters it takes."""
    if a.slavic and a.slavic == b.slavic and a.consonants != b.consonants:
        return Likeness(_across(a, b, How.SOUNDS_ALIKE), 0.5, 0.05)
    if a.somali or b.somali:
        one, other = a.somali or a.respelled, b.somali or b.respelled
        slips = _slips(one, other)
        if slips < 2 <= min(len(one), len(other)) - slips:
            return Likeness(How.SOUNDS_ALIKE, 0.4 + 0.6 * slips, 0.05 + slips / max(len(one), len(other)))
    if short_of(a.shorts, b.latin) or short_of(b.shorts, a.latin):
        return Likeness(How.NICKNAME, 1.0, 0.2)
    for stem, whole in ((a.unlinked, b), (b.unlinked, a)):
        if stem and (respelled(stem) == whole.respelled or _families(stem, stem) & whole.families):
            return Likeness(How.SPELLING_DIFFERS, LEFT_OFF, 0.06)
    return None


def _of_one_family(a: Word, b: Word, length: int) -> Likeness:
    nicknames = families().nicknames
    if not (a.families & b.families) - nicknames:
        return Likeness(How.NICKNAME, 1.0, 0.2)
    if a.script != b.script:
        return Likeness(How.SAME_IN_ANOTHER_SCRIPT, 0.15, 0.03)
    spelling = _spelled(a, b, length)
    if spelling and spelling.slips < 0.4:
        return spelling
    return Likeness(How.SAME_NAME, 0.4, 0.05)


def _across_abjad(a: Word, b: Word) -> Likeness | None:
    """Compare the consonants of Arabic or Hebrew with those of a script that writes vowels."""
    slips, one, other = min(
        (raw_levenshtein_cutoff(one, other, 2), one, other) for one in a.skeletons for other in b.skeletons
    )
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if shorter < 2 and (shorter < 1 or one != other):
        return None
    if slips == 0 and a.families and b.families:
        # Mahmud is not Muhammad, though an abjad writes nearly the same.
        return Likeness(How.SOUNDS_ALIKE, 1.5, 1.5 / longer)
    if slips == 0:
        return Likeness(How.SAME_IN_ANOTHER_SCRIPT, (0.2 if longer > 2 else 0.4) + _long_vowels(a, b), 0.05)
    if slips == 1 and shorter >= 2:
        return Likeness(How.SOUNDS_ALIKE, (1.3 if longer > 3 else 1.8) + _long_vowels(a, b), 1 / longer)
    if slips == 2 and shorter >= 4:
        return Likeness(How.SPELLING_DIFFERS, 2.6, 2 / longer)
    return None


def _long_vowels(a: Word, b: Word) -> float:
    """Return a little doubt for each long vowel that is written in one script and not said in the other."""
    written, said = (a, b) if a.is_abjad else (b, a)
    heard = said.respelled.translate(HEARD)[1:]
    doubt = 0.0
    for letter in written.latin[1:]:
        if letter in LONG_VOWELS:
            place = min((heard.find(sound) for sound in LONG_VOWELS[letter] if sound in heard), default=-1)
            doubt += 0.2 if place < 0 else 0.0
            heard = heard[place + 1 :]
    # A family name in -i is not the given name without: Hamidi, Hamid.
    if written.latin.endswith("y") != said.respelled.endswith("i"):
        doubt += 0.3
    return doubt


def _dense(a: Word, b: Word) -> Likeness | None:
    """Compare two words of one syllabic script, sign by sign."""
    longer = max(len(a.text), len(b.text))
    changed = raw_levenshtein_cutoff(a.text, b.text, 3)
    if changed * 2 >= longer:
        return None
    return Likeness(How.SPELLING_DIFFERS, SYLLABLE * changed, changed / longer)


def _initial(a: Word, b: Word) -> Likeness | None:
    if a.latin[:1] == b.latin[:1] and (len(a.latin) > 1 or len(b.latin) > 1):
        return Likeness(How.INITIAL, 0.0, 0.0)
    return None


def _spelled(a: Word, b: Word, length: int) -> Likeness | None:
    """Count the slips between two spellings, less where they sound the same."""
    typed = _slips(a.latin, b.latin)
    heard = _slips(a.respelled, b.respelled)
    short = min(len(a.latin), len(b.latin))
    if heard == 0:
        return Likeness(_across(a, b, How.SOUNDS_ALIKE), min(float(typed), 0.3), 0.04)
    if _another_name(a, b):
        return None
    slips = max(1.0, (typed + min(typed, heard)) / 2)
    if a.families and b.families:
        if slips >= 2:
            return None  # Hassan and Hussein are both known
        slips += BOTH_KNOWN
    length -= patronymic_ending(a.latin, b.latin)
    if a.consonants == b.consonants and len(a.consonants) > 2 and not (a.families and b.families):
        slips = min(slips, 0.4 + 0.4 * heard)
        return Likeness(_across(a, b, How.SOUNDS_ALIKE), slips, slips / length)
    bones = a.consonants.replace(".", "")
    if len(bones) > 2 and bones == b.consonants.replace(".", "") and not (a.families and b.families):
        slips = min(slips, 1.2 + 0.2 * heard)
    unwritten = (a.script in SOME_VOWELS) != (b.script in SOME_VOWELS)
    if unwritten and a.skeleton == b.skeleton and len(a.skeleton) > 2:
        return Likeness(How.SAME_IN_ANOTHER_SCRIPT, min(slips, 0.3 + 0.15 * heard), 0.05)
    if slips / length > PLAUSIBLE or (short <= 3 and slips >= 2 and short < length):
        return None
    return Likeness(How.SPELLING_DIFFERS, slips, slips / length)


def _another_name(a: Word, b: Word) -> bool:
    """Say whether the letters that two words differ by make another name, as no slip of a hand does."""
    if a.script != b.script:
        return False
    gender = of_other_gender(a.latin, b.latin) and not a.slavic
    return gender or is_relation(a.latin, b.latin) or begins_otherwise(a.latin, b.latin)


def _slips(one: str, other: str) -> int:
    """Return the letters to add, drop or change, two neighbors changing places being one slip."""
    count = raw_levenshtein_cutoff(one, other, MOST_SLIPS)
    return 1 if count == 2 and len(one) == len(other) and _swapped(one, other) else count


def _across(a: Word, b: Word, otherwise: How) -> How:
    return How.SAME_IN_ANOTHER_SCRIPT if a.script != b.script else otherwise


def _swapped(one: str, other: str) -> bool:
    """Say whether two words of one length differ by two neighboring letters changing places."""
    at = [i for i in range(len(one)) if one[i] != other[i]]
    return len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]


def consonants_apart(ours: list[str], theirs: list[str]) -> float:
    """Return what share of their consonants two words, or runs of words, differ in; 0 for an abjad."""
    sides = [[word_of(text) for text in side] for side in (ours, theirs)]
    if any(word.is_abjad for side in sides for word in side):
        return 0.0
    one, other = ("".join(word.consonants for word in side).replace(".", "") for side in sides)
    return raw_levenshtein_cutoff(one, other, MOST_SLIPS) / max(2, len(one), len(other))
