"""The digest of a day and of a week: counts and where they lead, never a name. Worked out when it is sent.

Whether one is written is taken once for each day or week, so that two clocks write one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from foundation.accounts.models import Membership, User
from foundation.calendar.business_days import is_business_day
from notifications.actions import mail_user
from notifications.data import told_kinds
from notifications.hours import zone_of
from notifications.kinds import DAY_DIGEST, WEEK_DIGEST
from notifications.models import Channel, Message
from notifications.preference_models import How, Preference
from notifications.preferences import GROUPS, choosable, preference_of

HOUR = 8  # of their own clock, from which on a digest is written
BACK = timedelta(days=8)  # how far the first digest of a day looks back


@dataclass(frozen=True)
class Line:
    """One line of a digest: what, how often, and the path where it is seen."""

    words: Any
    count: int
    path: str


Lines = Callable[[User, datetime], Iterable[Line]]
_weekly: list[Lines] = []


def add_weekly(lines: Lines) -> Lines:
    """Let an app above say what of its own waits for somebody, as counts; lines of nothing are left out."""
    if lines not in _weekly:
        _weekly.append(lines)
    return lines


def lines_of(message: Message) -> str | None:
    """Return a digest's lines in the active language, "" where nothing waits; None for other messages."""
    if message.kind not in (DAY_DIGEST, WEEK_DIGEST) or message.user is None:
        return None
    made = (
        _day(message.user, message) if message.kind == DAY_DIGEST else _week(message.user, message.queued_at)
    )
    return "\n".join(f"- {one.words}: {one.count}\n  {settings.SITE_URL}{one.path}" for one in made)


def _week(user: User, at: datetime) -> Iterator[Line]:
    for lines in _weekly:
        yield from (one for one in lines(user, at) if one.count)


def _day(user: User, message: Message) -> Iterator[Line]:
    """Yield how many messages of each group in the digest came since the last one and are not read."""
    digests = Message.objects.filter(user=user, kind=DAY_DIGEST, queued_at__lt=message.queued_at)
    last = digests.order_by("-queued_at").values_list("queued_at", flat=True).first()
    unread = _unread(user, since=last or message.queued_at - BACK, until=message.queued_at)
    known, counts = told_kinds(), dict.fromkeys(choosable(), 0)
    for kind in unread.values_list("kind", flat=True):
        group = known[kind].group if kind in known else ""
        counts[group] = counts.get(group, 0) + 1
    wants = preference_of(user)
    for group, count in counts.items():
        if count and group and wants.how(group) == How.DIGEST:
            yield Line(GROUPS[group], count, reverse("notifications:inbox"))


def _unread(user: User, *, since: datetime, until: datetime) -> Any:
    told = Message.objects.filter(user=user, channel=Channel.IN_APP, read_at=None)
    return told.filter(queued_at__gt=since, queued_at__lte=until)


# --- when one is written --------------------------------------------------------------------------


@transaction.atomic
def write_digests(*, at: datetime) -> int:
    """Write the digests that are due by each colleague's own clock, each once; return how many."""
    members = Membership.objects.filter(user__is_active=True).select_related("user", "office").order_by("pk")
    known = {row.user_id: row for row in Preference.objects.all()}
    written = 0
    for member in members:
        member.user.keep_membership(member)
        wants = known.get(member.user_id) or _begin(member, at)
        today, hour = _clock(wants, member, at)
        if hour >= HOUR and is_business_day(today):
            written += _write_day(wants, member.user, today, at) + _write_week(wants, member.user, today, at)
    return written


def _begin(member: Membership, at: datetime) -> Preference:
    """Begin to count the weeks of somebody who chose nothing yet, from the next one on."""
    begun = {"week_told_on": member.office.today(at)}
    return Preference.objects.get_or_create(user=member.user, defaults=begun)[0]


def _clock(wants: Preference, member: Membership, at: datetime) -> tuple[date, int]:
    local = at.astimezone(zone_of(wants.zone) or ZoneInfo(member.office.time_zone))
    return local.date(), local.hour


def _write_day(wants: Preference, user: User, today: date, at: datetime) -> int:
    has_any = How.DIGEST in wants.hows.values()
    if not has_any or not _taken(wants, "day_told_on", today):
        return 0
    if not _unread(user, since=at - BACK, until=at).exists():
        return 0
    mail_user(user, kind=DAY_DIGEST, at=at)
    return 1


def _write_week(wants: Preference, user: User, today: date, at: datetime) -> int:
    monday = today - timedelta(days=today.weekday())
    if not wants.wants_week or not _taken(wants, "week_told_on", monday):
        return 0
    if not any(_week(user, at)):
        return 0
    mail_user(user, kind=WEEK_DIGEST, at=at)
    return 1


def _taken(wants: Preference, column: str, day: date) -> bool:
    """Tell whether the digest of a day is ours to write: of two who ask one is told yes."""
    before = Q(**{column: None}) | Q(**{f"{column}__lt": day})
    return bool(Preference.objects.filter(before, pk=wants.pk).update(**{column: day}))
