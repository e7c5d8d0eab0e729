"""Cut text into the word pieces MiniLM knows, as BERT's uncased tokenizer does."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parents[1] / "data" / "minilm" / "vocab.txt"
UNKNOWN, FIRST, LAST = 100, 101, 102
LONGEST_WORD = 100
MOST = 256  # pieces of a text that are looked at, first and last mark included
ASCII_MARKS = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"


def pieces(text: str) -> list[int]:
    """Return the numbers of a text's pieces, between the marks of its beginning and end."""
    numbers: list[int] = []
    for word in _words(text):
        numbers += _of_word(word)
        if len(numbers) >= MOST - 2:
            break
    return [FIRST, *numbers[: MOST - 2], LAST]


@cache
def _vocabulary() -> dict[str, int]:
    lines = VOCABULARY.read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def _words(text: str) -> list[str]:
    """Return words and marks in lower case, without accents and control characters."""
    plain = unicodedata.normalize("NFD", text.lower())
    kept = []
    for char in plain:
        kind = unicodedata.category(char)
        if kind == "Mn" or char in "\0\ufffd" or (kind.startswith("C") and char not in "\t\n\r"):
            continue
        alone = kind.startswith("P") or (char.isascii() and _ascii_mark(char)) or _ideograph(char)
        kept.append(f" {char} " if alone else char)
    return "".join(kept).split()


@lru_cache(maxsize=512)
def _ascii_mark(char: str) -> bool:
    return bool(re.match(f"[{ASCII_MARKS}]", char))


def _ideograph(char: str) -> bool:
    return char > "\u33ff" and bool(re.match(f"[{IDEOGRAPHS}]", char))


@lru_cache(maxsize=65536)
def _of_word(word: str) -> tuple[int, ...]:
    """Return the longest pieces that make up a word, or one mark for a word that has none."""
    if len(word) > LONGEST_WORD:
        return (UNKNOWN,)
    known, numbers, start = _vocabulary(), [], 0
    while start < len(word):
        prefix = "##" if start else ""
        for end in range(len(word), start, -1):
            number = known.get(prefix + word[start:end])
            if number is not None:
                numbers.append(number)
                start = end
                break
        else:
            return (UNKNOWN,)
    return tuple(numbers)
