"""How long each class of kept thing is kept: one table, read from what the sweeps themselves read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from cases.runs import TRIES_KEPT
from conflicts.actions.ending import REMOVED_KEPT
from conflicts.actions.searches import KEPT as SEARCHES_KEPT
from foundation.accounts.models import Office
from foundation.files.actions import INCOMING_KEPT

# Who says how long.
OFFICE, PROGRAM, PERSON = "office", "program", "person"


@dataclass(frozen=True)
class KeptLine:
    """One class: how long, who decides that, and the task that deletes it ("": nothing does by itself)."""

    what: Any
    how_long: str
    decides: str
    sweep: str = ""

    @property
    def who(self) -> str:
        return {
            OFFICE: _("Your office chooses"),
            PROGRAM: _("The program says"),
            PERSON: _("The person and two of the staff decide"),
        }[self.decides]


def kept_lines(office: Office) -> list[KeptLine]:
    """Return every class of kept thing, the shortest first."""
    return [*_swept(office), *_kept()]


def _swept(office: Office) -> Iterator[KeptLine]:
    """What goes by itself."""
    yield KeptLine(_("Names that staff looked for"), spoken(SEARCHES_KEPT), PROGRAM, "conflicts.names.sweep")
    yield KeptLine(
        _("Files of a request that broke off"),
        spoken(INCOMING_KEPT),
        PROGRAM,
        "foundation.files.tasks.sweep_incoming",
    )
    yield KeptLine(
        _("The empty row of a name that was taken away, unless somebody decided on it"),
        spoken(REMOVED_KEPT),
        PROGRAM,
        "conflicts.tasks.tidy",
    )
    yield KeptLine(
        _("Forms that nobody sends, with all that was told and sent"),
        spoken(office.keeps_drafts),
        OFFICE,
        "intake.tasks.delete_expired_drafts",
    )
    yield KeptLine(
        _("Tries of other figures, without names"),
        spoken(TRIES_KEPT),
        PROGRAM,
        "cases.tasks.forget_old_tries",
    )


def _kept() -> Iterator[KeptLine]:
    """What stays until somebody decides, or for good."""
    until = _("Until the person asks for deletion and a second person looked; never under a legal hold")
    yield KeptLine(
        _("What was sent: answers, story, files, dates, notes, letters, messages, screenings"), until, PERSON
    )
    yield KeptLine(_("Closed, declined and handed-over cases"), until, PERSON)
    yield KeptLine(
        _("Accounts, changes of the office, words and versions, the directory, the library"),
        _("For good: they say who did what, and name nobody who seeks help"),
        PROGRAM,
    )
    yield KeptLine(
        _("The ledger and who opened what"),
        _("For good: codes and ids, also of what was deleted"),
        PROGRAM,
    )


def spoken(span: timedelta) -> str:
    """Return a span in words."""
    if span < timedelta(hours=1):
        minutes = span.seconds // 60
        return _("Minutes: %(n)d") % {"n": minutes}
    return _("Days: %(n)d") % {"n": span.days}


@dataclass(frozen=True)
class Held:
    """How many cases a legal hold keeps, whatever else is said; and how many are over."""

    on_hold: int
    over: int


def held(office: Office) -> Held:
    cases = Case.objects.filter(office=office)
    return Held(cases.filter(legal_hold=True).count(), cases.filter(closed_at__isnull=False).count())
