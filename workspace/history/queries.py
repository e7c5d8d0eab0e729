"""The ledger in words a caseworker understands: what happened, when, by whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.events.models import Event
from foundation.events.registry import words_of
from notifications.models import Reason
from screening.models import Why


@dataclass(frozen=True)
class Entry:
    """One event as shown: its words, its code, when, and who; `why` is its reason, where it has one.

    `case` and `reference` lead to the case that it is of, where the reader may open it.
    """

    words: Any
    code: str
    at: datetime
    who: Any
    why: str = ""
    case: Any = None
    reference: str = ""


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of those of the actors who are people: "user:7" to a name. One statement."""
    ids = {int(actor.removeprefix("user:")) for actor in actors if actor.startswith("user:")}
    return {f"user:{user.pk}": user.name for user in User.objects.filter(pk__in=ids)}


def entries(
    events: Iterable[Event],
    names: dict[str, str] | None = None,
    *,
    cases: Mapping[Any, tuple[Any, str]] | None = None,
) -> list[Entry]:
    """Put events into words, with the names of those who acted, looked up where they are not given.

    `cases` are those that the reader may open, by their matters: (id, reference).
    """
    events = list(events)
    names = names_of(event.actor for event in events) if names is None else names
    return [
        Entry(
            words_of(event.name),
            event.name,
            event.at,
            names.get(event.actor) or _other(event.actor),
            _why(event),
            *(cases or {}).get(event.matter_id, (None, "")),
        )
        for event in events
    ]


def _why(event: Event) -> str:
    """Return why a message was not sent or a case screened again; every other event says all there is."""
    if event.name == "screening.screened":
        return str(dict(Why.choices).get(event.data.get("why"), ""))
    if event.name not in ("cases.person_not_told", "notifications.message_suppressed"):
        return ""
    reason = event.data["reason"]
    return str(dict(Reason.choices).get(reason, reason))


def _other(actor: str) -> Any:
    """Name an actor who is not a signed-in person."""
    return _("the applicant") if actor == "applicant" else _("the system")
