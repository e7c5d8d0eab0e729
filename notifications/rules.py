"""What an office's own words of a message must be like: nothing missing, nothing that tells a stranger."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notifications.data import Telling, telling

BRACED = re.compile(r"\{([a-z_]*)\}")
FIELDS = ("link", "phone")
LONGEST = 2  # text messages: of more, the pieces may come in any order
# What one text message holds (GSM 03.38 and UCS-2, 3GPP TS 23.038), alone and as one of several.
PLAIN, WIDE = (160, 153), (70, 67)
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€")  # take the room of two
# How much of a message a locked phone shows, about: a subject in one line, a text in two.
SUBJECT, FIRST_LINE = 40, 90


@dataclass(frozen=True)
class Problem:
    """What is wrong with some words: a code, and what it is about."""

    code: str
    what: str = ""


@dataclass(frozen=True)
class LockScreen:
    """A message as a locked phone shows it; `texts` is how many text messages it takes."""

    subject: str
    line: str
    texts: int


def problems(
    title: str, body: str, *, needs_link: bool, names: Iterable[str], phone: str, is_short: bool
) -> Iterator[Problem]:
    """Yield all that keeps words from being used; nothing where they are fit.

    `names` are those that must not stand in it: the office's and its people's. `is_short`: it may go as a
    text message.
    """
    text = f"{title}\n{body}"
    named = BRACED.findall(text)
    unknown = [name for name in named if name not in FIELDS]
    yield from (Problem("unknown", f"{{{name}}}") for name in dict.fromkeys(unknown))
    if set("{}") & set(BRACED.sub("", text)):
        yield Problem("stray")
    if BRACED.findall(title) or "\n" in title.strip():
        yield Problem("title")
    if needs_link != ("link" in named):
        yield Problem("link" if needs_link else "no_link")
    if "phone" in named and not phone:
        yield Problem("phone")
    yield from (Problem("tells", word) for word in told_in(text))
    yield from (Problem("name", name) for name in names if name and _says(plain(name), plain(text)))
    if is_short and texts_of(fill(body, phone=phone)) > LONGEST:
        yield Problem("long")


def told_in(text: str) -> list[str]:
    """Return each listed word that a text says, in any language: words of one stand in another, too."""
    said = plain(text)
    return [one.word for one in telling() if re.search(_pattern(one), said)]


def _says(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _pattern(one: Telling) -> str:
    word = re.escape(plain(one.word))
    return {"begins": rf"\b{word}", "whole": rf"\b{word}\b", "inside": word}[one.how]


def plain(text: str) -> str:
    """Return a text as words are compared: small letters, no accents, vowel signs, odd spaces or marks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    kept = (char for char in parts if unicodedata.category(char) not in ("Mn", "Cf"))
    return " ".join("".join(kept).replace("ـ", "").split())


def fill(body: str, *, phone: str = "", link: str = "") -> str:
    """Put the office's phone and the message's address in the place of their braces."""
    return body.replace("{phone}", phone).replace("{link}", link)


def texts_of(text: str) -> int:
    """Return how many text messages some words take."""
    is_wide = any(char not in GSM and char not in TWICE for char in text)
    if is_wide:
        length, (alone, several) = len(text.encode("utf-16-be")) // 2, WIDE
    else:
        length, (alone, several) = len(text) + sum(char in TWICE for char in text), PLAIN
    return 1 if length <= alone else -(-length // several)


def lock_screen(title: str, body: str) -> LockScreen:
    """Return what a locked phone shows of a message."""
    line = " ".join(body.split())
    return LockScreen(_cut(title.strip(), SUBJECT), _cut(line, FIRST_LINE), texts_of(body))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
