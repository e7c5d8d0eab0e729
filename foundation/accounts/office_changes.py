"""Change what an office says of itself: at once or on a day set ahead, on record, and to be undone."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office, OfficeChange, Role, User
from foundation.accounts.office import CHANGED_ON_RECORD
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class ChangedMeanwhile(Refused):
    status = 409
    message = _(
        "Somebody changed this meanwhile. What stands now is written beside each box that differs;"
        " save again to put what you typed in its place."
    )


class DayGone(Refused):
    message = _("This day is over. Choose today, a later day, or none.")


class NotWaiting(Refused):
    status = 409
    message = _("This change does not wait any more.")


class MovedOn(Refused):
    status = 409
    message = _("This was changed again since. Write what it should be on the page itself.")


@transaction.atomic
def change_office(
    office: Office,
    *,
    by: User,
    at: datetime,
    seen: str = "",
    starts_on: date | None = None,
    **details: Any,
) -> OfficeChange | None:
    """Change an office, or leave it for the morning of a day; None where nothing differs.

    `seen` is the mark of what stood there of these details when the page was opened (`mark_of`), "" where
    nobody looked.
    Raises Forbidden for whoever is no administrator of it; ChangedMeanwhile where something of it is
    different now; DayGone.
    """
    _check_administers(office, by)
    now = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    before, after = said_by(now), {name: _plain(value) for name, value in details.items()}
    if seen and seen != mark_of(now, details):
        raise ChangedMeanwhile
    fields = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    today = office.today(at)
    if starts_on and starts_on < today:
        raise DayGone
    if not fields:
        return None
    change = OfficeChange(office=now, fields=fields, changed_by=by, changed_at=at, starts_on=starts_on)
    if starts_on is None or starts_on == today:
        _apply(change, by=by, at=at)
    else:
        change.save(force_insert=True)
        record("accounts.office_change_planned", change, by=by, at=at, data={"fields": sorted(fields)})
    office.refresh_from_db()
    return change


@transaction.atomic
def undo_change(change: OfficeChange, *, by: User, at: datetime) -> OfficeChange | None:
    """Put back what a change replaced.

    Raises Forbidden; NotWaiting before its day; MovedOn; ChangedMeanwhile and DayGone never.
    """
    office = change.office
    _check_administers(office, by)
    if change.applied_at is None:
        raise NotWaiting
    now = said_by(Office.objects.select_for_update(of=("self",)).get(pk=office.pk))
    if any(now[name] != after for name, (_before, after) in change.fields.items()):
        raise MovedOn
    return change_office(
        office, by=by, at=at, **{name: _typed(name, before) for name, (before, _a) in change.fields.items()}
    )


@transaction.atomic
def drop_change(change: OfficeChange, *, by: User, at: datetime) -> None:
    """Call off a change that waits for its day. Raises Forbidden; NotWaiting."""
    _check_administers(change.office, by)
    waiting = OfficeChange.objects.filter(pk=change.pk, applied_at=None, dropped_at=None)
    if not waiting.update(dropped_by=by, dropped_at=at):
        raise NotWaiting
    record("accounts.office_change_dropped", change, by=by, at=at)


def apply_due_changes(*, at: datetime) -> int:
    """Make every change whose day has come, oldest first; return how many."""
    made = 0
    waiting = OfficeChange.objects.filter(applied_at=None, dropped_at=None).select_related("office")
    with transaction.atomic():
        due = list(waiting.order_by("starts_on", "changed_at").values_list("pk", flat=True))
    for pk in due:
        with transaction.atomic():
            change = waiting.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if change and change.starts_on and change.starts_on <= change.office.today(at):
                _apply(change, by="system:office-changes", at=at)
                made += 1
    return made


def waiting_changes(office: Office) -> list[OfficeChange]:
    """Return what waits for its day, the nearest first."""
    changes = office.changes.filter(applied_at=None, dropped_at=None).select_related("changed_by")
    return list(changes.order_by("starts_on", "changed_at"))


def made_changes(office: Office, *, at_most: int = 20) -> list[OfficeChange]:
    """Return what took effect, newest first."""
    changes = office.changes.filter(applied_at__isnull=False).select_related("changed_by")
    return list(changes.order_by("-applied_at")[:at_most])


def said_by(office: Office) -> dict[str, Any]:
    """Return all of an office that is changed on record, as a form or a row in JSON keeps it."""
    return {name: _plain(getattr(office, name)) for name in CHANGED_ON_RECORD}


def mark_of(office: Office, names: Iterable[str]) -> str:
    """Return what tells whether something of an office is different by now: a hash of these fields."""
    said = said_by(office)
    shown = {name: said[name] for name in names}
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def _apply(change: OfficeChange, *, by: User | str, at: datetime) -> None:
    """Write the new values; what stood there until now is what counts as before."""
    office = Office.objects.select_for_update(of=("self",)).get(pk=change.office_id)
    before = said_by(office)
    change.fields = {name: [before[name], after] for name, (_before, after) in change.fields.items()}
    for name, (_before, after) in change.fields.items():
        setattr(office, name, _typed(name, after))
    office.save(update_fields=list(change.fields))
    change.applied_at = at
    change.save()
    record("accounts.office_changed", change, by=by, at=at, data={"fields": change.fields})


def _check_administers(office: Office, by: User) -> None:
    if not by.has_role(Role.ADMINISTRATOR) or by.office != office:
        raise Forbidden


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    field: Any = Office._meta.get_field(name)
    return field.to_python(value) if isinstance(value, str) else value
