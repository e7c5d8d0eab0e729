"""How a state looks on a page: its words, its tone and its shape, kept beside the choices of the model."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import models
from django.utils.translation import get_language

# What badges look like in static/css/app.css. Never color alone: the words say it too.
GOOD, WARN, BAD, QUIET = "good", "warn", "bad", "quiet"


@dataclass(frozen=True)
class Badge:
    """A state in words; `tone` is its class, `icon` names a shape of components/icon.html or is empty."""

    label: str
    tone: str = QUIET
    icon: str = ""


class BadgeChoices(models.TextChoices):
    """Choices that know how they look: a subclass says `tone`, and `icon` where it has a shape."""

    @property
    def tone(self) -> str:
        return QUIET

    @property
    def icon(self) -> str:
        return ""

    @property
    def badge(self) -> Badge:
        return _written(type(self), self.value, get_language())


@lru_cache(maxsize=4096)
def _written(of: type[BadgeChoices], value: str, _reader: str | None) -> Badge:
    """Write a badge once in each language, which is the active one: a list has one in each row."""
    choice = of(value)
    return Badge(str(choice.label), choice.tone, choice.icon)
