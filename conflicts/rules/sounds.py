"""How a word sounds: spellings that different languages use for one sound made one."""

import re
from itertools import islice, product

# Longest first. Transliterations of the same sound: French dj and ou, German sch and tsch, Polish sz and cz,
# English oo and ee, the gh, kh, dh and th of Arabic and Persian, the x and hs of Chinese.
SPELLINGS = {"tsch": "c", "shch": "s", "dzh": "j", "ksh": "x", "sch": "s", "tch": "c"}
SPELLINGS |= {
    "kh": "k",
    "gh": "g",
    "ph": "f",
    "sh": "s",
    "ch": "c",
    "zh": "j",
    "dj": "j",
    "dh": "d",
    "th": "t",
}
SPELLINGS |= {"cz": "c", "sz": "s", "ck": "k", "ts": "z", "tz": "z", "ks": "x", "hs": "s"}
SPELLINGS |= {
    "ou": "u",
    "oo": "u",
    "ee": "i",
    "ie": "i",
    "iy": "i",
    "ij": "i",
    "ii": "i",
    "eo": "o",
    "eu": "u",
}
SPELLINGS |= {"ei": "ai", "ey": "ai", "ay": "ai", "q": "k", "w": "v", "y": "i"}
PATTERN = re.compile("|".join(sorted(SPELLINGS, key=len, reverse=True)))
CHINESE_X = re.compile("^(x|hs)")
DOUBLED = re.compile(r"(.)\1+")
VOWELS = re.compile(r"[aeiou]+")
SOFT_C = re.compile(r"c(?=[eiy])")
HARD_C = re.compile(r"c(?![h])")

# The same consonants as `writing.ARABIC` gives, from Latin spelling.
TO_ABJAD = {"tsch": "S", "tch": "S", "sch": "S", "sh": "S", "ch": "S", "kh": "x", "gh": "g", "dh": "d"}
TO_ABJAD |= {"th": "t", "ph": "f", "dj": "g", "zh": "g", "dzh": "g", "j": "g", "ck": "k", "q": "k"}
TO_ABJAD |= {"x": "ks", "ts": "ts"}
ABJAD_PATTERN = re.compile("|".join(sorted(TO_ABJAD, key=len, reverse=True)))
ABJAD_DROPS = re.compile(r"(?<!^)[aeiouwyv']+|^['aeiou]+")


def respelled(text: str) -> str:
    """Return Latin text with one spelling for each sound, vowels kept, doubled letters single."""
    text = ABD.sub("abd", CHINESE_X.sub("s", text))
    text = SOFT_C.sub("s", text)
    text = HARD_C.sub("k", text)
    text = PATTERN.sub(lambda match: SPELLINGS[match[0]], text)
    text = DOUBLED.sub(r"\1", text)
    return text[:-1] if len(text) > 3 and text.endswith("h") else text


# Abd with its article, which takes on the letter that follows: Abdul Rahim, Abdurrahim, Abdirahim.
ABD = re.compile(r"^abd(?:ou|[aeiou])(?:l(?=[^aeiou])|([rstdnz])(?=\1)|(?=[rstdnz]))?(?=..)")


def somali(text: str) -> str:
    """Return a Somali word as others spell it: its c is ain, its x a deep h; nothing for other words."""
    if not SOMALI.search(text) or "ch" in text or "ck" in text:
        return ""
    text = re.sub(r"(?<=[aeiou])c(?=[aeiou])|c", "", text.replace("x", "h"))
    return text if len(text) > 2 else ""


SOMALI = re.compile(r"^[cx][aeiou]|[aeiou]c(?:[aou]|ii|ee|$|d|l|m)|[aeiou]x(?:[aeiou]|$|m|d)")


def without_vowels(respelling: str) -> str:
    """Return a respelling with every run of vowels as one dot, none at the end."""
    return VOWELS.sub(".", respelling).rstrip(".")


# What a letter of an abjad may be said as, in Arabic first.
READINGS = {"T": "ts", "D": "dz", "Z": "zd", "K": "kg"}
MOST_READINGS = 4
# The article written on to a word, as French and Egyptian spelling do: Eldin, Essaadi.
ARTICLE = re.compile(r"^(?:[aeu]l(?=[^aeiou]..)|[ae]l(?=a..)|[ae](?=([stdrnz])\1))")


def skeletons(text: str, *, abjad: bool) -> tuple[str, ...]:
    """Return the consonants that an abjad would write, in each reading of the word, the likeliest first."""
    if abjad:
        choices = product(*(READINGS.get(letter, letter) for letter in text))
        readings = ["".join(choice) for choice in islice(choices, MOST_READINGS)]
    else:
        readings = [text, ARTICLE.sub("", text), text.replace("zh", "z'h")]
    return tuple(
        dict.fromkeys(bones for text in readings if (bones := _skeleton(text, abjad=abjad)) or not abjad)
    )


def _skeleton(text: str, *, abjad: bool) -> str:
    """Return the consonants that an abjad would write, with what it writes doubtfully left out.

    w, y and v go (Arabic writes them with its long vowels) unless they begin the word; a vowel at the
    beginning is `a` whichever it is, for alif and ain carry any.
    """
    if not abjad:
        text = CHINESE_X.sub("s", text)
        text = ABJAD_PATTERN.sub(lambda match: TO_ABJAD[match[0]], SOFT_C.sub("s", text))
        text = text.replace("c", "k")
    else:
        text = text.replace("j", "g")  # Egypt says g what the others say j
    begins = "a" if text[:1] in "aeiou'" else text[:1].replace("v", "w")
    rest = ABJAD_DROPS.sub("", text[1:]) if len(text) > 1 else ""
    rest = re.sub(r"[aeiouwyv']", "", rest).replace("p", "b")
    bones = DOUBLED.sub(r"\1", begins.replace("p", "b") + rest)
    return bones[:-1] if len(bones) > 2 and bones.endswith("h") else bones
