"""Mandarin in Wade-Giles, the spelling of Taiwan and of older papers, from pinyin."""

import re
from functools import cache, lru_cache

from conflicts.data import han_readings

LONGEST = 15
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


def _respelled(syllable: str) -> str:
    parted = PARTED.fullmatch(syllable)
    if syllable in WHOLE or not parted:
        return WHOLE.get(syllable, syllable)
    initial, final = parted.groups()
    return INITIALS.get(initial, initial) + FINALS.get(final, final)
