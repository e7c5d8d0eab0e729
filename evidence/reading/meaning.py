"""Whether the letters of a page mean anything: a PDF without character maps shows words and says none."""

import re
import unicodedata

FEWEST_LETTERS, FEWEST_WORDS = 40, 30
MOST_ODD = 0.2  # of the letters
ODD = {"Co", "Cn", "Cc", "Cs"}  # private, unassigned, control, halves
WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[a-zß-öø-ÿ]+", re.IGNORECASE)
# Some of these stand in any thirty words of these languages.
COMMON = frozenset(
    word
    for words in (
        "the of and to in a is was for on that with as by at from he she it are were not be",
        "de la le les et des en un une que du est pour dans par sur el los las y del se con por una es",
        "o os e do da em um uma para com no na dos das não der die und den von zu das mit im ist",
        "ve bir bu için di il che per non i w z je v do och att det som på av jag",
    )
    for word in words.split()
)


def is_garbled(letters: str, errors: int) -> bool:
    """Tell whether a page's letters have no meaning. `errors` counts those the file maps to nothing."""
    shown = [letter for letter in letters if not letter.isspace()]
    if len(shown) < FEWEST_LETTERS:
        return False
    odd = sum(unicodedata.category(letter) in ODD or letter == "\ufffd" for letter in shown)
    return max(odd, errors) > MOST_ODD * len(shown) or _is_salad(letters)


def _is_salad(text: str) -> bool:
    """Tell whether words of Latin letters are none of any language: "7KH GRFWRUV" for "The doctors"."""
    words = [word.lower() for word in WORD.findall(text)]
    latin = [word for word in words if LATIN.fullmatch(word)]
    if len(latin) < FEWEST_WORDS or len(latin) < 0.7 * len(words):
        return False
    known = sum(word in COMMON for word in latin)
    return known < 0.02 * len(latin) and _vowels(latin) < 0.22


def _vowels(words: list[str]) -> float:
    letters = "".join(words)
    return sum(letter in "aeiouyàâäéèêëíîïóôöúùûü" for letter in letters) / len(letters)
