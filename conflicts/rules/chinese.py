"""Chinese names as they are spelled elsewhere: Mandarin in Wade-Giles, Cantonese, Korean."""

import re
from functools import cache, lru_cache

from conflicts.data import han_abroad, han_readings

LONGEST = 15
MONOSYLLABLE = 6  # letters of one syllable at most
INITIALS = {"b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "z": "ts"}
INITIALS |= {"c": "ts", "r": "j"}
FINALS = {"ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "ue": "ueh", "er": "erh"}
WHOLE = {"zi": "tzu", "ci": "tzu", "si": "ssu", "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih"}
WHOLE |= {"yi": "i", "yan": "yen", "ye": "yeh", "you": "yu", "yong": "yung", "yue": "yueh"}
WHOLE |= {
    "ge": "ko",
    "ke": "ko",
    "he": "ho",
    "gui": "kuei",
    "kui": "kuei",
    "duo": "to",
    "tuo": "to",
    "luo": "lo",
    "nuo": "no",
}
WHOLE |= {"zuo": "tso", "cuo": "tso", "suo": "so", "zhuo": "cho", "chuo": "cho", "ruo": "jo"}
PARTED = re.compile("([bpmfdtnlgkjqxrzcs]h?|)(.+)")


@cache
def _syllables() -> re.Pattern[str]:
    readings = sorted(set(han_readings().values()), key=len, reverse=True)
    return re.compile("|".join(readings))


@lru_cache(1 << 12)
def wade_giles(pinyin: str) -> str:
    """Return a word of one to three pinyin syllables in Wade-Giles, without marks; else nothing."""
    if len(pinyin) > LONGEST:
        return ""
    syllables = _syllables().findall(pinyin)
    if not 1 <= len(syllables) <= 3 or "".join(syllables) != pinyin:
        return ""
    return "".join(_respelled(syllable) for syllable in syllables)


# One syllable: what it begins with, and its rhyme.
SYLLABLE = re.compile(r"([^aeiouy]*[yw]?)([aeiouy]{1,3}[^aeiouy]{0,2})")
# Beginnings that are one sound in two spellings of it, or one sound to many speakers.
ONE_BEGINNING = ["bpfv", "dt", "gkhq", "jzcsx", "lrn", "yjh", "vw", "mn", "aeiouy"]


def begins_otherwise(one: str, other: str) -> bool:
    """Say whether two words of one syllable, or two of pinyin, differ in what a syllable begins with.

    Of such short words each is a name: Song, Tong and Yong; Guanghua, Guangfu.
    """
    a, b = _syllable(one), _syllable(other)
    if a and b:
        return a[1] == b[1] and not _one_beginning(a[0], b[0])
    first, second = _two_syllables(one), _two_syllables(other)
    if not first or not second:
        return False
    apart = [(x, y) for x, y in zip(first, second, strict=True) if x != y]
    return len(apart) == 1 and not _one_beginning(*apart[0])


@lru_cache(1 << 14)
def _syllable(word: str) -> tuple[str, str] | None:
    """Return what a word of one syllable begins with and its rhyme, or None for a longer one."""
    found = SYLLABLE.fullmatch(word) if len(word) <= MONOSYLLABLE else None
    return (found[1], found[2]) if found else None


@lru_cache(1 << 14)
def _two_syllables(word: str) -> tuple[str, ...]:
    """Return the syllables of a word of two in pinyin; nothing for any other word."""
    found = _syllables().findall(word) if len(word) <= LONGEST else []
    return tuple(found) if len(found) == 2 and "".join(found) == word else ()


def _one_beginning(one: str, other: str) -> bool:
    ours, theirs = one[:1], other[:1]
    return ours == theirs or any(ours in sounds and theirs in sounds for sounds in ONE_BEGINNING)


def _respelled(syllable: str) -> str:
    parted = PARTED.fullmatch(syllable)
    if syllable in WHOLE or not parted:
        return WHOLE.get(syllable, syllable)
    initial, final = parted.groups()
    return INITIALS.get(initial, initial) + FINALS.get(final, final)


# One spelling for each sound, after which aspirated consonants and the others are the same.
CANTONESE_CONSONANTS = {
    "gw|kw|qu": "kw",
    "ts|tz|ch|j|z|c": "c",
    "sh": "s",
    "ck|(?<!n)g": "k",
    "d": "t",
    "b": "p",
}
CANTONESE_VOWELS = {
    "ar$": "a",
    "or$": "o",
    "aa": "a",
    "ee": "i",
    "oo": "u",
    "ue": "u",
    "eu|oe": "e",
    "h$": "",
    "ei$": "i",
}
CANTONESE = [(re.compile(p), letters) for p, letters in (CANTONESE_CONSONANTS | CANTONESE_VOWELS).items()]


@lru_cache(1 << 12)
def cantonese(spelling: str) -> str:
    """Return a Cantonese word with one spelling for each sound, as no two offices agree on one."""
    for pattern, letters in CANTONESE:
        spelling = pattern.sub(letters, spelling)
    return spelling


def abroad(word: str) -> tuple[str, str]:
    """Return how Han characters are read in Hong Kong and, in hangul, in Korea; nothing if unknown."""
    in_hong_kong, in_korea = han_abroad()
    return _read(word, in_hong_kong), _read(word, in_korea)


def _read(word: str, readings: dict[str, str]) -> str:
    return "".join(map(readings.__getitem__, word)) if readings.keys() >= set(word) else ""
