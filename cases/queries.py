"""Reads over cases."""

from datetime import date

from django.db.models import Case as When_
from django.db.models import Count, IntegerField, Min, Q, QuerySet, Value, When

from cases.access import visible_to
from cases.models import LIVE, OPEN, Case, Deadline, Status
from conflicts.queries import put_away, standing
from foundation.accounts.models import Office, Role, User
from screening.models import Band

URGENCY = When_(
    *(When(band=band, then=Value(rank)) for rank, band in enumerate(Band.values)), output_field=IntegerField()
)


def queue_for(user: User, *, status: str = "", on: date) -> QuerySet[Case]:
    """Return the cases someone sees, most urgent first: band, then score, then who waits longest.

    Each carries `next_date`, its next date still ahead.
    """
    cases = visible_to(user).exclude(matter_id__in=put_away()).select_related("applicant", "caseworker")
    cases = cases.filter(status=status) if status else cases.filter(closed_at=None)
    return cases.annotate(
        urgency=URGENCY,
        next_date=Min("deadlines__date", filter=Q(deadlines__date__gte=on, deadlines__status__in=LIVE)),
    ).order_by("urgency", "-score", "opened_at")


def counts_by_status(user: User) -> dict[str, int]:
    """Return {status: how many} of the cases someone sees."""
    rows = visible_to(user).exclude(matter_id__in=put_away()).values_list("status").annotate(n=Count("pk"))
    return {status: 0 for status in Status.values} | dict(rows)


def how_many(counts: dict[str, int], status: str) -> int:
    """Return how many cases of `counts_by_status` a queue has: of one status, or ("") all that are open."""
    return counts[status] if status else sum(counts[status] for status in OPEN)


def names_standing(case: Case) -> str:
    """Return how a case's names stand: clear, pending, unread, possible or confirmed."""
    return standing(case.matter_id)


def caseworkers_for(case: Case) -> list[User]:
    """Return who is told about a case: its caseworker, or every caseworker while it has none."""
    if case.caseworker:
        return [case.caseworker]
    return caseworkers_of(case.office)


def caseworkers_of(office: Office) -> list[User]:
    """Return every caseworker of an office who may sign in."""
    members = office.memberships.filter(role=Role.CASEWORKER, user__is_active=True)
    return [membership.user for membership in members.select_related("user")]


def deadlines_to_remind(office: Office, *, on: date, until: date) -> QuerySet[Deadline]:
    """Return live dates of an office's open cases between two days about which nobody was reminded yet."""
    return _unreminded(office).filter(date__gte=on, date__lte=until).order_by("date")


def hidden_deadlines(office: Office) -> QuerySet[Deadline]:
    """Return an office's live dates whose day is sealed and about which nobody was reminded yet."""
    return _unreminded(office).filter(hidden__isnull=False)


def _unreminded(office: Office) -> QuerySet[Deadline]:
    live = Deadline.objects.filter(office=office, reminded_at=None, case__closed_at=None, status__in=LIVE)
    return live.select_related("case__office", "case__caseworker")


def overdue_looks(office: Office, *, on: date) -> QuerySet[Case]:
    """Return an office's open cases nobody looked at before this day as was set, and nobody was reminded."""
    waiting = Case.objects.filter(office=office, closed_at=None, triaged_at=None, look_reminded_at=None)
    return waiting.filter(look_by__lt=on).select_related("office", "caseworker")
