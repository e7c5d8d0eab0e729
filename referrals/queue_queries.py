"""Which queue fits a case, and which cases would stand in a queue now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.facts import Known
from cases.models import Case, Status
from cases.queries import cases_of, most_urgent_first
from foundation.accounts.models import User
from foundation.badges import Badge
from referrals.models import Assignment, Queue
from referrals.queries import need_from, need_of, needs_of
from referrals.rules import Need, QueueFit, QueueTakes, queue_fit
from screening.models import Band

MOST = 100  # cases that a preview goes through
ASKS: dict[str, Any] = {
    "states": _("another state"),
    "languages": _("another language"),
    "tracks": _("another kind of case"),
    "bands": _("another urgency"),
    "held": _("whether they are held"),
    "children": _("their age"),
}


@dataclass(frozen=True)
class QueueChoice:
    """An open queue as the caseworker picks it: `words` says how the case fits."""

    queue: Queue
    fits: bool
    words: str


def queues_for(case: Case, *, on: date, known: Known | None = None) -> list[QueueChoice]:
    """Return the office's open queues, those the case fits first, then by name; `known` is open already."""
    queues = list(Queue.objects.filter(office=case.office_id, closed_at=None).order_by("name"))
    need = None
    if any(queue.takes for queue in queues):
        need = need_from(case, known, on=on) if known else need_of(case, on=on)
    choices = [_choice(queue, need) for queue in queues]
    return sorted(choices, key=lambda choice: not choice.fits)


def _choice(queue: Queue, need: Need | None) -> QueueChoice:
    if need is None or not queue.takes:
        return QueueChoice(queue, True, "")
    fit = queue_fit(QueueTakes(**queue.takes), need)
    return QueueChoice(queue, fit.fits, fit_words(fit))


def fit_words(fit: QueueFit) -> str:
    """Put how a case fits a queue into words."""
    if fit.misses:
        why = ", ".join(str(ASKS[code]) for code in fit.misses)
        return _now("does not fit: %(why)s") % {"why": why}
    if fit.unknown:
        why = ", ".join(str(ASKS[code]) for code in fit.unknown)
        return _now("may fit; not known yet: %(why)s") % {"why": why}
    return _now("fits")


@dataclass(frozen=True)
class WouldStand:
    """A case that would stand in a queue now; `words` says what is not known of it yet."""

    case: Case
    band: Badge
    words: str


@dataclass(frozen=True)
class Preview:
    """Who would stand in a queue, of `of` cases that wait for a lawyer; `is_cut` where more wait."""

    rows: list[WouldStand]
    of: int
    is_cut: bool


def preview_of(takes: dict[str, Any], *, user: User, on: date) -> Preview:
    """Return which of the cases that wait for a lawyer a queue would take, the most urgent first."""
    held = Assignment.objects.filter(case=OuterRef("pk"), ended_at=None)
    waiting = (
        cases_of(user).filter(status__in=(Status.IN_TRIAGE, Status.SEEKING_COUNSEL)).exclude(Exists(held))
    )
    cases = list(most_urgent_first(waiting)[: MOST + 1])
    looked = cases[:MOST]
    needs = needs_of(looked, on=on, purpose="queue preview")
    fits = [(case, queue_fit(QueueTakes(**takes), needs[case.pk])) for case in looked]
    rows = [WouldStand(case, Band(case.band).badge, fit_words(fit)) for case, fit in fits if fit.fits]
    return Preview(rows, len(looked), len(cases) > MOST)
