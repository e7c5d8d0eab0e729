"""Whom a note names: `@Cora` or `@Cora Demo`, where one person alone is called so."""

import re
from collections.abc import Iterable

from foundation.accounts.models import User

AT = re.compile(r"(?<!\w)@(\w[\w'’.-]*(?:[ \u00a0]\w[\w'’.-]*){0,3})")


def mentioned(text: str, people: Iterable[User]) -> list[User]:
    """Return those of these people whom a text mentions, each once, in its order."""
    listed = list(people)
    found = [_called(words, listed) for words in AT.findall(text)]
    return list({one.pk: one for one in found if one}.values())


def unknown_in(text: str, people: Iterable[User]) -> list[str]:
    """Return the first words of mentions that mean nobody, or more than one."""
    listed = list(people)
    return [f"@{words.split()[0]}" for words in AT.findall(text) if _called(words, listed) is None]


def _called(words: str, people: list[User]) -> User | None:
    """Return whom words mean: the longest name they begin with, else the one person with that first name."""
    said = words.casefold()
    whole = [
        one for one in people if said == one.name.casefold() or said.startswith(f"{one.name.casefold()} ")
    ]
    if whole:
        return max(whole, key=lambda one: len(one.name))
    first = said.split()[0].rstrip(".,'’-")
    named = [one for one in people if one.name.casefold().split()[:1] == [first]]
    return named[0] if len(named) == 1 else None
