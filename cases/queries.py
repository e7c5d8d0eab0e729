"""Reads over cases."""

import uuid
from collections.abc import Collection
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from cases.access import visible_to
from cases.facts import deadline_facts_of, known_of
from cases.models import LIVE, Case, Deadline
from cases.rules.track import Track, proposed_track
from conflicts.queries import put_away, standing
from foundation.accounts.models import Office, Role, User
from intake.bursts import aside, in_burst
from intake.models import AskedPaper, AskedStatus, Wish, WishStatus


def cases_of(user: User) -> QuerySet[Case]:
    """Return the cases of someone's lists: those they see, of every status, none put away or put aside."""
    return visible_to(user).exclude(matter_id__in=put_away()).exclude(matter_id__in=aside())


def few_with(codes: Collection[str], most: int = 1000) -> list[uuid.UUID] | None:
    """Return which of the office's open cases have all these codes, None where there are more than `most`.

    By the index of codes, which row policies keep a plain statement from (cases/sql.py). For those who see
    the office's cases; what they are fenced off is not among them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.few_with(%s, %s)", [list(codes), most])
        found: list[uuid.UUID] | None = cursor.fetchone()[0]
    return found


def queue_for(user: User) -> QuerySet[Case]:
    """Return the open cases someone sees, most urgent first."""
    return most_urgent_first(cases_of(user).filter(closed_at=None))


def most_urgent_first(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return cases in order: band, then score, then who waits longest."""
    return cases.select_related("applicant", "caseworker").order_by("urgency_place", "opened_at", "pk")


def of_a_burst(user: User) -> QuerySet[Case]:
    """Return the open cases of someone's lists whose forms were marked as of a burst, the newest first."""
    marked = cases_of(user).filter(closed_at=None, intake__in=in_burst(user.office_id or 0).order_by())
    return marked.select_related("intake", "applicant").order_by("-intake__submitted_at")


def untold(user: User) -> QuerySet[Case]:
    """Return the cases someone sees that ended and whose people nobody told yet, the oldest first."""
    ended = cases_of(user).filter(closed_at__isnull=False, told_at=None)
    return ended.select_related("applicant").order_by("closed_at")


def asked_wishes(user: User) -> QuerySet[Wish]:
    """Return what people asked for with their receipts and nobody decided yet, the oldest first."""
    theirs = visible_to(user).order_by().values("intake")
    return Wish.objects.filter(status=WishStatus.OPEN, intake__in=theirs).order_by("asked_at")


def papers_to_look_at(user: User) -> QuerySet[Case]:
    """Return the open cases someone sees whose people answered about papers, until somebody looked."""
    answered = AskedPaper.objects.filter(status=AskedStatus.ANSWERED).order_by().values("intake")
    return visible_to(user).filter(closed_at=None, intake__in=answered).order_by("opened_at")


def failed_by_rules(user: User) -> QuerySet[Case]:
    """Return the open cases someone sees that the rules cannot be run over, the longest first."""
    failed = cases_of(user).filter(closed_at=None, rules_failed_at__isnull=False)
    return failed.order_by("rules_failed_at")


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
    members = office.memberships.filter(roles__contains=[Role.CASEWORKER], user__is_active=True)
    return [membership.user for membership in members.select_related("user")]


def deadlines_to_remind(office: Office, *, on: date, until: date) -> QuerySet[Deadline]:
    """Return live dates of an office's open cases between two days about which nobody was reminded yet."""
    return _unreminded(office).filter(date__gte=on, date__lte=until).order_by("date")


def hidden_deadlines(office: Office) -> QuerySet[Deadline]:
    """Return an office's live dates whose day is sealed and about which nobody was reminded yet."""
    return _unreminded(office).filter(hidden__isnull=False)


def _unreminded(office: Office) -> QuerySet[Deadline]:
    live = Deadline.objects.filter(office=office, reminded_at=None, case__closed_at=None, status__in=LIVE)
    return live.exclude(matter_id__in=aside()).select_related("case__office", "case__caseworker")


def overdue_looks(office: Office, *, on: date) -> QuerySet[Case]:
    """Return an office's open cases nobody looked at before this day as was set, and nobody was reminded."""
    waiting = Case.objects.filter(office=office, closed_at=None, triaged_at=None, look_reminded_at=None)
    waiting = waiting.filter(look_by__lt=on).exclude(matter_id__in=aside())
    return waiting.select_related("office", "caseworker")


def track_of(case: Case, *, on: date, purpose: str) -> Track:
    """Return the track that what is known of a case points to, with its reason; nothing is written."""
    known = known_of([case], purpose=purpose)[case.pk]
    says_no = known.answers.get("has_court") == "no"
    return proposed_track(deadline_facts_of(known, on=on), says_no_court=says_no)
