"""Which events there are. Every app lists its own in its `events.py`, with the words people read:

    EVENTS = {"cases.opened": _("The case was opened")}

A name is "app.past_tense" and never changes, since the ledger keeps it for ever. The words say what
happened without saying who: history pages set the time and the person beside them. `EVERYDAY`, beside
`EVENTS`, holds what a thing's own history shows and the office's page leaves out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from foundation.house import our_apps


class UnknownEvent(LookupError):
    """No app lists this event in its events.py."""

    def __init__(self, name: str) -> None:
        app = name.partition(".")[0]
        super().__init__(f"No app knows the event {name!r}: list it, with its words, in {app}/events.py.")


@dataclass(frozen=True)
class Kind:
    """One kind of event: its name, its words (translated when shown), whether it comes all day long."""

    name: str
    words: str | Promise
    everyday: bool = False


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind of event by its name, as the apps list them."""
    return {kind.name: kind for app in our_apps() for kind in _listed_by(app)}


def _listed_by(app: str) -> Iterator[Kind]:
    """Yield what one app lists; raises ImproperlyConfigured when it lists another app's event."""
    if not find_spec(f"{app}.events"):
        return
    listed = import_module(f"{app}.events")
    prefix = f"{app.rpartition('.')[2]}."
    for everyday, words in ((False, listed.EVENTS), (True, getattr(listed, "EVERYDAY", {}))):
        for name in words:
            if not name.startswith(prefix):
                raise ImproperlyConfigured(f"{app}/events.py lists {name!r}, which is not its own.")
            yield Kind(name, words[name], everyday)


def known(name: str) -> str:
    """Return the name of an event that some app lists; raises UnknownEvent otherwise."""
    if name not in kinds():
        raise UnknownEvent(name)
    return name


def words_of(name: str) -> str | Promise:
    """Return the words for an event, or its name when it was recorded by code that is gone."""
    kind = kinds().get(name)
    return kind.words if kind else name


def everyday() -> list[str]:
    """Return the names of the events an office's page leaves out."""
    return [kind.name for kind in kinds().values() if kind.everyday]
