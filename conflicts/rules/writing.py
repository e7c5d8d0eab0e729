"""From a name as typed to its words, and from a word in any script to Latin letters.

Everything of rigour is reached from here, through its Rust core alone: the package around the core
imports normality and with it ICU, which has to be compiled, and the core's tagger holds 430 MB.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rigour._core import codepoint_script, maybe_ascii, tokenize_name

from conflicts.data import han_forms, han_readings

LONGEST_NAME = 400  # letters; the longest name on the lists this was tried with has 76
MOST_WORDS = 16

DENSE = {"Han", "Hangul", "Hiragana", "Katakana"}
ABJADS = {"Arabic", "Hebrew", "Syriac"}

# Digits that stand for letters: a slip of the finger, of a scanner, or on purpose.
DIGITS = str.maketrans("013456789", "oieasgtbg")

ARABIC_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ئ": "ي", "ے": "ي"}
    | {"ک": "ك", "ګ": "گ", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ؤ": "و", "ء": "", "ـ": "", "ں": "ن"}
)
# The consonants of an abjad in single Latin letters: S is sh or ch, x is kh (after ALA-LC, simplified).
# T, D, Z and K are said one way in Arabic and another in Persian, Urdu or Pashto (`sounds.READINGS`).
ARABIC = str.maketrans(
    {"ا": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "T", "ج": "j", "چ": "S", "ح": "h", "خ": "x", "د": "d"}
    | {"ذ": "Z", "ر": "r", "ز": "z", "ژ": "j", "س": "s", "ش": "S", "ص": "s", "ض": "D", "ط": "t", "ظ": "Z"}
    | {"ع": "'", "غ": "g", "ف": "f", "ق": "K", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h"}
    | {"و": "w", "ي": "y", "ټ": "t", "ډ": "d", "ړ": "r", "ږ": "j", "ښ": "S", "ڼ": "n", "ځ": "z", "څ": "s"}
    | {"ٹ": "t", "ڈ": "d", "ڑ": "r"}
)
NO_ARTICLE = ("الله", "الياس", "الهام", "الماس", "البرت", "الكس", "الفريد")
HEBREW = str.maketrans(
    {"א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t", "י": "y"}
    | {"כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "'", "פ": "f"}
    | {"ף": "f", "צ": "ts", "ץ": "ts", "ק": "k", "ר": "r", "ש": "S", "ת": "t"}
)

# Consonants whose Unicode names differ from what a passport writes.
ETHIOPIC = {"HH": "h", "SZ": "s", "X": "h", "KX": "h", "GLOTTAL ": "", "PHARYNGEAL ": "", "TH": "t"}
ETHIOPIC |= {"PH": "p", "TZ": "ts", "C": "ch", "DD": "d", "GG": "g", "QH": "q"}
ETHIOPIC_VOWELS = {"A": "e", "U": "u", "I": "i", "AA": "a", "EE": "e", "E": "", "O": "o", "OA": "o"}
ETHIOPIC_VOWELS |= {"WA": "wa", "WI": "wi", "WAA": "wa", "WEE": "we", "WE": "w"}
SYLLABLE = re.compile(r"(GLOTTAL |PHARYNGEAL |[B-DF-HJ-NP-TVX-Z]*)(W?[AEIOU]+)$")

INDIC_LETTERS = {"CA": "cha", "CHA": "cha", "SSA": "sha", "TTA": "ta", "TTHA": "tha", "DDA": "da"}
INDIC_LETTERS |= {"DDHA": "dha", "NNA": "na", "NYA": "na", "NGA": "nga", "LLA": "la", "VOCALIC R": "ri"}
INDIC_LETTERS |= {"AA": "a", "II": "i", "UU": "u", "KHHA": "kha", "GHHA": "ga", "DDDHA": "ra", "YYA": "ya"}
NUKTA = {"j": "z", "ph": "f", "d": "r", "dh": "r"}
VOCALIC = re.compile("[aeiou]+$")

INDIC_BLOCKS = re.compile("[\u0900-\u0dff]")
INDIC_NOT_WORD = re.compile("[^\\w\u0900-\u0dff]+")

SURNAMES_OF_TWO = {
    "欧阳",
    "歐陽",
    "司马",
    "司馬",
    "上官",
    "诸葛",
    "諸葛",
    "夏侯",
    "皇甫",
    "东方",
    "令狐",
    "慕容",
}
SURNAMES_OF_TWO_HANGUL = {"남궁", "황보", "제갈", "선우", "독고", "사공", "서문"}


class UnusableName(ValueError):
    """A name that cannot be compared; the message is for the person who typed it."""


def words_of(name: str) -> list[str]:
    """Return the words of a name, lower case, in their own scripts, or raise UnusableName."""
    if len(name) > LONGEST_NAME:
        raise UnusableName(f"This is longer than {LONGEST_NAME} letters. Enter only the name.")
    words = _split(_tidy(name))
    words = [part for word in words for part in _parted(_plain(word), alone=len(words) == 1)]
    words = [word for word in words if any(letter.isalpha() for letter in word)][:MOST_WORDS]
    if not any(len(word) > 1 or script_of(word) in DENSE for word in words):
        raise UnusableName("There is no name here to compare: write at least one word of two letters.")
    return words


def _tidy(name: str) -> str:
    """Drop what cannot be stored or seen, and set apart words that ran together."""
    text = name.encode("utf-8", "ignore").decode().replace("\0", " ").replace(".", " ")
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text)


def _split(text: str) -> list[str]:
    """Split at everything but letters; rigour's tokenizer takes the vowel signs of India for accents."""
    if INDIC_BLOCKS.search(text):
        return INDIC_NOT_WORD.split(re.sub("[\u200c\u200d]", "", text))
    return list(tokenize_name(text, 1))


def _plain(word: str) -> str:
    """Return one word in lower case, with the variants of Arabic letters made one."""
    word = unicodedata.normalize("NFC", word).casefold()
    if word.isascii():
        return word if word.isalpha() or word.isdigit() else word.translate(DIGITS)
    if script_of(word) == "Arabic":
        # The article goes: Latin spellings write it as a word of its own. إلياس does not begin with one.
        word = word.translate(ARABIC_SAME)
        return (
            word[2:] if word.startswith("ال") and len(word) > 3 and not word.startswith(NO_ARTICLE) else word
        )
    return word


def _parted(word: str, *, alone: bool) -> list[str]:
    """Set the family name apart in a Chinese, Japanese or Korean name written in one piece."""
    if not alone or word.isascii() or not 2 <= len(word) <= 5:
        return [word]
    script = script_of(word)
    if script == "Hangul":
        cut = 2 if word[:2] in SURNAMES_OF_TWO_HANGUL else 1
    elif script == "Han":
        cut = 2 if word[:2] in SURNAMES_OF_TWO or len(word) == 4 else 1
    else:
        return [word]
    return [word[:cut], word[cut:]] if len(word) > cut else [word]


@lru_cache(1 << 14)
def script_of(word: str) -> str:
    """Return the script of a word's first letter, such as Latin, Arabic or Han."""
    if word.isascii():
        return "Latin"
    for character in word:
        script = codepoint_script(ord(character))
        if script and script not in {"Common", "Inherited"}:
            return script
    return "Common"


def one_form(word: str) -> str:
    """Return a word with its Chinese and Japanese characters in one form: 偉 and 伟 are one."""
    return word if word.isascii() or script_of(word) != "Han" else word.translate(_han_table())


@cache
def _han_table() -> dict[int, str]:
    return str.maketrans(han_forms())


@lru_cache(1 << 14)
def latin(word: str) -> str:
    """Return a word in the letters a-z; from an abjad only its consonants, S for sh and x for kh.

    A script without a table (Thai, Khmer …) stays as it is and is compared with itself.
    """
    if word.isascii():
        return word
    # A sign without a letter to its name would leave nothing, and nothing is like nothing.
    return _in_latin(word, script_of(word)) or word


def _in_latin(word: str, script: str) -> str:
    if script == "Arabic":
        return word.translate(ARABIC)
    if script == "Hebrew":
        return word.translate(HEBREW)
    if script == "Ethiopic":
        return "".join(_ethiopic(character) for character in word)
    if script == "Han":
        return "".join(han_readings().get(character, character) for character in word)
    if script in {"Hiragana", "Katakana"}:
        return "".join(_kana(character) for character in word)
    if script in INDIC:
        return _indic(word)
    return re.sub(r"[^a-z]", "", maybe_ascii(word).casefold())


INDIC = {"Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam"}


def _ethiopic(character: str) -> str:
    """Write one Ethiopic syllable as passports do, from its Unicode name; the sixth order has no vowel."""
    name = unicodedata.name(character, "").removeprefix("ETHIOPIC SYLLABLE ")
    syllable = SYLLABLE.fullmatch(name)
    if not syllable:
        return ""
    consonant, vowel = syllable.groups()
    if consonant.endswith(" ") and vowel == "A":
        return "a"  # the first order of the two guttural signs is said a, not e
    if consonant.endswith(" ") and vowel == "E":
        return "i"
    return ETHIOPIC.get(consonant, consonant.lower()) + ETHIOPIC_VOWELS.get(vowel, vowel.lower())


def _kana(character: str) -> str:
    name = unicodedata.name(character, "")
    return name.rsplit(" ", 1)[-1].lower() if "LETTER" in name else ""


@dataclass(slots=True)
class _Syllable:
    """A consonant with its vowel; `written` unless it is the vowel a letter has by itself."""

    consonant: str
    vowel: str = ""
    written: bool = False


def _indic(word: str) -> str:
    """Write an Indic word in Latin letters from the Unicode names of its letters and signs.

    The vowel a letter carries by itself is not said at the end, nor between two said ones (Hindi's schwa
    deletion: Ram, not Rama; Tendulkar, not Tendulakara), but after two consonants it is (Rajendra).
    """
    syllables: list[_Syllable] = []
    for character in unicodedata.normalize("NFD", word):
        _add_indic(syllables, *unicodedata.name(character, "").partition(" ")[2].split(" ", 1))
    for i in range(len(syllables) - 1, 0, -1):
        _unsay(syllables, i)
    return "".join(syllable.consonant + syllable.vowel for syllable in syllables)


def _add_indic(syllables: list[_Syllable], kind: str = "", sound: str = "") -> None:
    """Add a letter to the syllables, or change the last one as a sign says."""
    last = syllables[-1] if syllables else None
    if kind == "LETTER":
        text = INDIC_LETTERS.get(sound, sound.lower())
        vowel = VOCALIC.search(text)
        cut = vowel.start() if vowel else len(text)
        syllables.append(_Syllable(text[:cut], text[cut:], written=cut == 0))
    elif last is None:
        return
    elif kind == "VOWEL":
        sound = sound.removeprefix("SIGN ")
        last.vowel, last.written = INDIC_LETTERS.get(sound, sound.lower()[:2]), True
    elif sound == "VIRAMA":
        last.vowel, last.written = "", True
    elif sound == "NUKTA":
        last.consonant = NUKTA.get(last.consonant, last.consonant)
    elif sound in {"ANUSVARA", "CANDRABINDU", "BINDI", "TIPPI"}:
        last.vowel, last.written = last.vowel + "n", True


def _unsay(syllables: list[_Syllable], i: int) -> None:
    """Drop the unwritten vowel of a syllable where it is not said."""
    syllable, before = syllables[i], syllables[i - 1]
    if syllable.written or not syllable.consonant or not before.vowel:
        return
    if i == len(syllables) - 1 or (syllables[i + 1].consonant and syllables[i + 1].vowel):
        syllable.vowel = ""
