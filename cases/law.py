"""What people do with the law files: name who checks them, and check a row against its source."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.data import deadline_rules
from cases.models import LawCheck, LawReader
from foundation.accounts.models import Office, Role, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class NotAnAttorney(Refused):
    message = _("Only an attorney of this office can be named.")


class NoSuchRow(Refused):
    message = _("There is no such row in the law files.")


class NotYet(Refused):
    message = _("This day has not come yet: check the date.")


@transaction.atomic
def name_law_reader(user: User, *, by: User, at: datetime) -> LawReader:
    """Let an attorney of the administrator's office check the law files; named already, nothing changes.

    Raises Forbidden where the namer is no administrator, NotAnAttorney where the named is none of the office.
    """
    office = _administered(by)
    if not user.is_active or not user.has_role(Role.ATTORNEY) or user.office != office:
        raise NotAnAttorney
    named, is_new = LawReader.objects.get_or_create(
        office=office, user=user, ended_at=None, defaults={"named_by": by, "named_at": at}
    )
    if is_new:
        record("cases.law_reader_named", office, by=by, at=at, data={"user": user.pk})
    return named


@transaction.atomic
def end_law_reader(reader: LawReader, *, by: User, at: datetime) -> None:
    """Let someone check the law files no more; their checks stay.

    Raises Forbidden to anyone but the office's administrators.
    """
    office = _administered(by)
    if reader.office_id != office.pk:
        raise Forbidden
    if LawReader.objects.filter(pk=reader.pk, ended_at=None).update(ended_at=at):
        record("cases.law_reader_ended", office, by=by, at=at, data={"user": reader.user_id})


@transaction.atomic
def check_law(
    row: str, *, checked_on: date, against: str, still_right: bool, by: User, at: datetime
) -> LawCheck:
    """Record that a row was looked at against a page; it shows beside the row for this office from now on.

    Raises Forbidden for anyone not named, NoSuchRow, and NotYet for a day ahead.
    """
    office = by.office
    if office is None or not is_law_reader(by):
        raise Forbidden
    if row not in deadline_rules():
        raise NoSuchRow
    if checked_on > office.today(at):
        raise NotYet
    check = LawCheck.objects.create(
        office=office,
        row=row,
        checked_by=by,
        checked_on=checked_on,
        against=against,
        still_right=still_right,
        recorded_at=at,
    )
    record("cases.law_checked", office, by=by, at=at, data={"row": row, "still_right": still_right})
    return check


def is_law_reader(user: User) -> bool:
    """Tell whether this person was named to check the law files of their office, and still is."""
    named = LawReader.objects.filter(user=user, office=user.office, ended_at=None)
    return user.has_role(Role.ATTORNEY) and named.exists()


def latest_checks(office: Office) -> dict[str, LawCheck]:
    """Return the newest check of each row that this office's attorneys recorded, {row: check}."""
    newest = LawCheck.objects.filter(office=office).order_by("row", "-checked_on", "-recorded_at")
    return {check.row: check for check in newest.distinct("row").select_related("checked_by")}


def _administered(by: User) -> Office:
    if by.office is None or not by.has_role(Role.ADMINISTRATOR):
        raise Forbidden
    return by.office
