"""A calendar as other programs read it (RFC 5545): titles and times, and nothing that says whose."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from workspace.feed.queries import Entry

NEUTRAL = "-//case dates//EN"  # whoever looks over a shoulder reads no word of asylum
EACH = timedelta(hours=1)  # how often a program may ask again


def as_file(entries: Iterable[Entry], *, at: datetime) -> bytes:
    """Return entries as a calendar file; moments carry their zone with its rules for summer time."""
    calendar = Calendar()
    calendar.add("prodid", NEUTRAL)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Dates of my cases"))
    calendar.add("refresh-interval", EACH, parameters={"value": "DURATION"})
    for one in entries:
        calendar.add_component(_event(one, at=at))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(one: Entry, *, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.kind}-{one.id}")
    event.add("dtstamp", at)
    event.add("summary", one.title)
    event.add("class", "PRIVATE")
    if one.starts_at is None:
        event.add("dtstart", one.day)
        event.add("transp", "TRANSPARENT")  # a day by which something is done keeps nobody busy
        return event
    start = one.starts_at.astimezone(ZoneInfo(one.zone))
    event.add("dtstart", start)
    if one.minutes:
        # Reckoned as a moment: across a change of the clocks an hour stays an hour.
        event.add("dtend", (one.starts_at + timedelta(minutes=one.minutes)).astimezone(ZoneInfo(one.zone)))
    return event
