"""What stands at the ends of names: Slavic patronymics and family names, linked words, genders.

Of Belarusian and Ukrainian the spelling differs from Russian in the letters too: Uladzimiravich is
Vladimirovich.
"""

import re
from functools import lru_cache

from conflicts.rules.sounds import ARTICLE, respelled, without_vowels

SLAVIC = re.compile(
    r"(?:[aeioy][vuw](?:a|ich|ych|icz|itch|na)?|[iy]n[ay]?|sk(?:[iy][iyj]?|aya|aia|aja|a)|[iy]ch|icz"
    r"|nk[oau]u?v?|c[hz]uk|[iy][iy])$"
)
FEMININE = re.compile(r"(?<=ov|ev|ou|in|yn|aw|ow|uv)a$|(?<=sk)(?:aya|aia|aja|a)$")
MASCULINE = re.compile(r"(?<=sk)(?:[iy][iyj]?)$")
SPELLINGS = [
    (re.compile(r"^u(?=[^aeiouy])"), "v"),
    (re.compile(r"(?<=[aeioy])[uw](?=$|[^aeiouy])"), "v"),
    (re.compile(r"dz(?=[aeiyj])"), "d"),
    (re.compile(r"ts(?=[eiyj])"), "t"),
    (re.compile(r"(?<![kcsz])h"), "g"),
    (re.compile(r"kh"), "g"),
    (re.compile(r"[jy](?=[aeiou])"), ""),
    (re.compile(r"j"), "i"),
]


@lru_cache(1 << 14)
def slavic(word: str) -> str:
    """Return the consonants, in one spelling, of a Latin word that ends like a Slavic name; else nothing."""
    if len(word) < 5 or not SLAVIC.search(word):
        return ""
    word = MASCULINE.sub("", FEMININE.sub("", word))
    for pattern, letters in SPELLINGS:
        word = pattern.sub(letters, word)
    return without_vowels(respelled(word)).replace("v.", "v").rstrip(".")


PATRONYMIC = re.compile(r"[aeoiy]+[vuw](?:ich|ych|icz|na)$")


def patronymic_ending(one: str, other: str) -> int:
    """Return how many letters of two patronymics are the ending, which says nothing of the father's name."""
    a, b = PATRONYMIC.search(one), PATRONYMIC.search(other)
    return min(len(a[0]), len(b[0])) if a and b else 0


# Words that are written on to a name or left out: Shafiq is Shafiqullah, Akhund is Akhundzada.
LINKED = re.compile(
    r"(?<=...)(?:ullah|ollah|allah|ulla|uddin|eddin|eddine|udin|zada|zadeh|zade|zai|zay|pour|khel|oglu|kyzy)$"
)
SERVANT = re.compile(r"^[aeiou]bd[aeiou]+[lrstdnz](?=[a-z]{4})")


def without_link(word: str) -> str:
    """Return a word without what is often left off, an article, Abd or an ending; nothing if it has none."""
    stem = LINKED.sub("", word)
    if stem == word and len(word) > 5:
        stem = SERVANT.sub("", ARTICLE.sub("", word))
    return stem if stem != word else ""


LONG = 7  # letters of a word to which one more is sooner a slip than another name


def is_relation(one: str, other: str) -> bool:
    """Say whether one word is the other with the -i of belonging: Hamid and Hamidi, Zahid and Zahedi."""
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if (
        not 3 < len(shorter) < LONG
        or shorter[-1] in "aeiouy"
        or longer[-1] not in "iy"
        or longer[-2] != shorter[-1]
    ):
        return False
    return without_vowels(longer[:-1]) == without_vowels(shorter)


def of_other_gender(one: str, other: str) -> bool:
    """Say whether two words differ by the ending of a woman's name alone: Mario and Maria."""
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer == shorter + "a" and shorter[-1] not in "aeiouy" and len(shorter) > 3
    if len(one) < 4 or one[:-1] != other[:-1] or one[-2] == "k":  # Kovalenka is Kovalenko in Belarusian
        return False
    return {one[-1], other[-1]} in ({"a", "o"}, {"a", "e"})


# What is left off the beginning of Yoruba and Igbo names, and off the end of Igbo ones: Adebayo, Chukwuemeka.
BEGINS = re.compile(
    r"^(?:ade(?:to|o)?|oluwa|olu|ola|omo|baba|iya|temi|ayo|ife|oyin|akin|ogun|aya|ewa"
    r"|nwa|chukwu|chuku|chi|obi|eze|ugo|ike)(?=[a-z]{4})"
)
ENDS = re.compile(
    r"(?<=[a-z]{3})(?:chukwu|chuku|oluwa)$|(?<=[a-z]{4})(?:deep|dip|preet|jit|jeet|inder|meet|want|bir|veer)$"
)
PET_MARK = "~"
# Pet forms that Portuguese, Spanish and Italian make of any name.
PET = re.compile(r"(?<=[a-zçãõáéíóúñ]{3})(?:z?inh[oa]|zit[oa]|c?it[oa]s?|ec?it[oa]|ett[oa]|ucci[oa])s?$")


def short_forms(word: str) -> frozenset[str]:
    """Return what a rule of its language makes of a name, as `short_of` compares it: Bayo of Adebayo."""
    found = {BEGINS.sub("", word), ENDS.sub("", word)}
    stem = PET.sub("", word)
    if stem != word and len(stem) > 2:
        found.add(stem.rstrip("aeou") + PET_MARK)
    return frozenset(short for short in found if short != word and len(short) > 3)


def short_of(shorts: frozenset[str], shorter: str) -> bool:
    """Say whether a name is among the short forms of another, or what its pet form is made of."""
    return bool(shorts) and (shorter in shorts or shorter.rstrip("aeous") + PET_MARK in shorts)
