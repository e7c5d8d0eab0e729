"""How long each class of kept thing is kept: one table, read from what the sweeps themselves read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Case
from cases.runs import TRIES_KEPT
from conflicts.actions.ending import REMOVED_KEPT
from conflicts.actions.searches import KEPT as SEARCHES_KEPT
from foundation.accounts.models import Office
from foundation.files.actions import INCOMING_KEPT

# Who says how long.
OFFICE, PROGRAM, PERSON, OPERATOR = "office", "program", "person", "operator"


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
            OPERATOR: _("Whoever runs the machine chooses"),
        }[self.decides]


Lines = Callable[[], Iterable[KeptLine]]
_of_others: list[Lines] = []


def also_kept(lines: Lines) -> None:
    """Have an upper app's classes stand in the table, before what stays."""
    _of_others.append(lines)


def kept_lines(office: Office) -> list[KeptLine]:
    """Return every class of kept thing: what goes by itself, what upper apps sweep, what stays."""
    return [*_swept(office), *(line for lines in _of_others for line in lines()), *_kept()]


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
    ages: Sequence[tuple[str, int]]


# How long ago a case ended, in years; a lawyer says from which on its person should be asked.
YEARS = (1, 3, 7)


def held(office: Office, *, at: datetime) -> Held:
    cases = Case.objects.filter(office=office)
    over = cases.filter(closed_at__isnull=False)
    return Held(cases.filter(legal_hold=True).count(), over.count(), list(_by_age(over, at=at)))


def _by_age(over: QuerySet[Case], *, at: datetime) -> Iterator[tuple[str, int]]:
    """Yield how many cases ended within so many years, and how many before all of them."""
    until = at
    for years in YEARS:
        since = at - timedelta(days=365 * years)
        counted = over.filter(closed_at__gt=since, closed_at__lte=until)
        yield _("Ended within years: %(n)d") % {"n": years}, counted.count()
        until = since
    yield _("Ended before that"), over.filter(closed_at__lte=until).count()
