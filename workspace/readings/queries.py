"""Who opened what, out of the access records: by person and by case, each page view as one line."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access import visible_to
from cases.models import Case
from foundation.accounts.models import Membership, Office, Role, User
from foundation.events.models import AccessRecord
from workspace.history.queries import names_of
from workspace.listing import case_address
from workspace.readings.words import group_words, why_words

OPENED, READINGS = "opened", ("opened", "broken", "denied")
ON_CARD, SHOWN, MOST = 5, 100, 3000  # lines on the case page, on its own page; records of one day


@dataclass(frozen=True)
class Reading:
    """What one page view opened of one matter, or of a list; `is_refused`: nothing of it was shown."""

    at: datetime
    who: str
    what: str
    whose: str
    address: str
    why: str
    is_refused: bool


@dataclass(frozen=True)
class Reader:
    """Somebody whose readings one may see, and how many people's matters they opened today."""

    id: int
    name: str
    role: str
    today: int


@dataclass(frozen=True)
class DayOfReader:
    """One day of one person's readings. `opened` people's matters by themselves, `listed` people in lists."""

    reader: Reader
    day: date
    before: date
    after: date | None
    opened: int
    listed: int
    readings: list[Reading]
    is_cut: bool


# --- whose -----------------------------------------------------------------------------------------


def watched_by(user: User, office: Office) -> QuerySet[Membership]:
    """Return whose readings someone may see: a security officer or administrator everyone's, a caseworker
    those of both.

    And everyone their own: so nobody is watched by themself alone.
    """
    members = office.memberships.select_related("user").order_by("roles", "user__name")
    if user.has_role(Role.ADMINISTRATOR, Role.SECURITY):
        return members
    return members.filter(Q(roles__overlap=[Role.ADMINISTRATOR, Role.SECURITY]) | Q(user=user))


def readers_of(user: User, office: Office, *, at: datetime) -> list[Reader]:
    """Return everybody whose readings someone may see, with how much they opened today."""
    today = _of_day(office, office.today(at)).filter(action=OPENED)
    counts = dict(today.values_list("actor").annotate(Count("matter_id", distinct=True)).order_by())
    return [
        Reader(
            member.user_id,
            member.user.name,
            member.roles_in_words,
            counts.get(f"user:{member.user_id}", 0),
        )
        for member in watched_by(user, office)
    ]


def _of_day(office: Office, day: date) -> QuerySet[AccessRecord]:
    zone = ZoneInfo(office.time_zone)
    begins, ends = (datetime.combine(each, time.min, zone) for each in (day, day + timedelta(days=1)))
    return AccessRecord.objects.filter(office_id=office.pk, at__gte=begins, at__lt=ends)


# --- by person -------------------------------------------------------------------------------------


def day_of(member: Membership, *, user: User, day: date, today: date) -> DayOfReader:
    """Return what somebody opened on one day, newest first, as another may see it."""
    office, actor = member.office, f"user:{member.user_id}"
    newest = _of_day(office, day).filter(actor=actor, action__in=READINGS).order_by("-at", "-seq")
    records = list(newest[: MOST + 1])
    opened = [record for record in records if record.action == OPENED]
    return DayOfReader(
        reader=Reader(member.user_id, member.user.name, member.roles_in_words, 0),
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < today else None,
        opened=len({record.matter_id for record in opened if record.matter_id} - {office.matter_id}),
        listed=len({matter for record in opened for matter in record.matter_ids or ()}),
        readings=_readings(records[:MOST], user=user, office=office),
        is_cut=len(records) > MOST,
    )


# --- by case ---------------------------------------------------------------------------------------


def readings_of_case(case: Case) -> list[Reading]:
    """Return who of the staff opened a case, or had its name in a list, newest first."""
    theirs = Q(matter_id=case.matter_id) | Q(matter_ids__contains=[case.matter_id])
    return _newest(case, AccessRecord.objects.filter(theirs), SHOWN)


def _newest(case: Case, records: QuerySet[AccessRecord], most: int) -> list[Reading]:
    return _in_lines(case, _enough(records, most), most)


def _enough(records: QuerySet[AccessRecord], most: int) -> list[AccessRecord]:
    """Return staff's newest readings: a page view leaves a dozen or more, and so many lines are shown."""
    staff = records.filter(role__in=Role.values, action__in=READINGS)
    return list(staff.order_by("-seq")[: most * 20])


def _in_lines(
    case: Case, listed: list[AccessRecord], most: int, names: dict[str, str] | None = None
) -> list[Reading]:
    return _lines(listed, {case.matter_id: case}, case.office, names)[:most]


def last_records(case: Case, *, user: User) -> list[AccessRecord] | None:
    """Return the newest records of who else opened a case; None for whoever does not see that."""
    if not user.has_role(Role.CASEWORKER, Role.ADMINISTRATOR):
        return None
    others = AccessRecord.objects.filter(matter_id=case.matter_id).exclude(actor=f"user:{user.pk}")
    return _enough(others, ON_CARD)


def last_readings(case: Case, records: list[AccessRecord], names: dict[str, str]) -> list[Reading]:
    """Put the newest records of a case in words; `names` are those of their actors."""
    return _in_lines(case, records, ON_CARD, names)


# --- in words --------------------------------------------------------------------------------------


def _readings(records: Iterable[AccessRecord], *, user: User, office: Office) -> list[Reading]:
    """Put records in words, with the references of the cases somebody may see."""
    listed = list(records)
    matters = {record.matter_id for record in listed if record.matter_id}
    cases = {case.matter_id: case for case in visible_to(user).filter(matter_id__in=matters)}
    return _lines(listed, cases, office)


def _lines(
    listed: list[AccessRecord],
    cases: dict[uuid.UUID, Case],
    office: Office,
    names: dict[str, str] | None = None,
) -> list[Reading]:
    """Put records in words, those of one page view about the same matter or list into one line."""
    names = names_of(record.actor for record in listed) if names is None else names
    return [
        _reading(list(views), names, cases, office)
        for _key, views in groupby(
            listed,
            key=lambda one: (one.request_id or one.seq, one.actor, one.action == "denied", _whose(one)),
        )
    ]


def _whose(record: AccessRecord) -> Any:
    """Return what records of one page view must share to be one line: the matter, or that it is a list."""
    return record.matter_id or "list"


def _reading(
    records: list[AccessRecord], names: dict[str, str], cases: dict[uuid.UUID, Case], office: Office
) -> Reading:
    first = records[0]
    case = cases.get(first.matter_id) if first.matter_id else None
    return Reading(
        at=first.at,
        who=names.get(first.actor, first.actor),
        what=_listed(group_words(record.group) for record in records if record.group),
        whose=case.reference if case else _no_case(records, office),
        address=case_address(case.pk) if case else "",
        why=_listed(why_words(record.purpose) for record in records if record.purpose),
        is_refused=first.action == "denied",
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _no_case(records: list[AccessRecord], office: Office) -> str:
    """Say whose it was where it leads to no case."""
    matter_id, people = records[0].matter_id, {m for record in records for m in record.matter_ids or ()}
    if people:
        return ngettext("a list with %d person", "a list with %d people", len(people)) % len(people)
    if matter_id == office.matter_id:
        return _("what belongs to the office")
    return _("a form that was not sent, or a case you do not see") if matter_id else ""
