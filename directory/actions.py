"""What happens to the directory: organizations are written down, checked, taken out; whole lists come in."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from directory.models import DETAILS, DirectoryImport, Organization
from foundation.accounts.models import Office, Role, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused

KEEPERS = (Role.CASEWORKER, Role.ADMINISTRATOR)  # who keeps the directory


class NameTaken(Refused):
    status = 409
    message = _("The directory has an organization of this name already.")


class ChangedMeanwhile(Refused):
    status = 409
    message = _(
        "Somebody changed this organization while you did. Below stands what they wrote, and here what you"
        " typed. Save again to put yours in place of it."
    )


class AlreadyUsed(Refused):
    status = 409
    message = _("It cannot be undone any more: somebody changed, checked or named one of its organizations.")


class Undone(Refused):
    status = 409
    message = _("This import was undone already.")


@transaction.atomic
def add_organization(
    office: Office, *, is_checked: bool = False, by: User, at: datetime, **details: Any
) -> Organization:
    """Write an organization down; `details` are fields of DETAILS.

    Raises Forbidden for whoever does not keep the office's directory; NameTaken.
    """
    _keeps(by, office)
    checked = {"checked_on": office.today(at), "checked_by": by} if is_checked else {}
    organization = Organization(office=office, changed_at=at, **details, **checked)
    _save(organization)
    record("directory.organization_added", organization, by=by, at=at)
    return organization


@transaction.atomic
def change_organization(
    organization: Organization, *, seen: str, is_checked: bool, by: User, at: datetime, **details: Any
) -> None:
    """Change what is known of an organization, as of `seen`, the moment of its last change that was read.

    Raises Forbidden for whoever does not keep the directory; ChangedMeanwhile; NameTaken.
    """
    _keeps(by, organization.office)
    now = Organization.objects.select_for_update().get(pk=organization.pk)
    if version_of(now) != seen:
        raise ChangedMeanwhile
    changed = sorted(name for name, value in details.items() if getattr(now, name) != value)
    for name in changed:
        setattr(now, name, details[name])
    if changed:
        now.changed_at = now.used_at = at
        _save(now, only=[*changed, "changed_at", "used_at"])
        record("directory.organization_changed", now, by=by, at=at, data={"fields": changed})
    if is_checked:
        check_organization(now, by=by, at=at)


def version_of(organization: Organization) -> str:
    """Name the state of an organization that somebody read."""
    return organization.changed_at.isoformat()


@transaction.atomic
def check_organization(organization: Organization, *, by: User, at: datetime) -> None:
    """Note that somebody made sure today that all of it holds.

    Raises Forbidden for whoever does not keep the directory.
    """
    _keeps(by, organization.office)
    today = organization.office.today(at)
    Organization.objects.filter(pk=organization.pk).update(checked_on=today, checked_by=by, used_at=at)
    organization.checked_on, organization.checked_by = today, by
    record("directory.organization_checked", organization, by=by, at=at)


@transaction.atomic
def end_organization(organization: Organization, *, by: User, at: datetime) -> None:
    """Take an organization out: nobody is sent there any more. What was is kept.

    Raises Forbidden for whoever does not keep the directory.
    """
    _keeps(by, organization.office)
    if Organization.objects.filter(pk=organization.pk, ended_at=None).update(ended_at=at, used_at=at):
        record("directory.organization_ended", organization, by=by, at=at)


@transaction.atomic
def bring_back(organization: Organization, *, by: User, at: datetime) -> None:
    """Bring back an organization that was taken out; it counts as checked when it last was.

    Raises Forbidden for whoever does not keep the directory; NameTaken.
    """
    _keeps(by, organization.office)
    now = Organization.objects.select_for_update().get(pk=organization.pk)
    if now.ended_at is None:
        return
    now.ended_at, now.used_at = None, at
    _save(now, only=["ended_at", "used_at"])
    record("directory.organization_brought_back", organization, by=by, at=at)


@transaction.atomic
def import_organizations(
    office: Office, *, rows: Iterable[Mapping[str, Any]], by: User, at: datetime
) -> DirectoryImport:
    """Take in a list at once: each row holds the fields of DETAILS, and `checked_on` or None.

    Raises Forbidden for whoever does not keep the directory; NameTaken where one of them is there already.
    """
    _keeps(by, office)
    batch = DirectoryImport.objects.create(office=office, imported_by=by, imported_at=at)
    count = sum(_take_in(batch, row) for row in rows)
    record("directory.list_imported", batch, by=by, at=at, data={"organizations": count})
    return batch


def _take_in(batch: DirectoryImport, row: Mapping[str, Any]) -> int:
    """Write one organization of a list down; the day it was checked counts as whoever imports it says."""
    details = {name: row[name] for name in DETAILS}
    day: date | None = row["checked_on"]
    checked = {"checked_on": day, "checked_by": batch.imported_by} if day else {}
    made = {"office": batch.office, "imported": batch, "changed_at": batch.imported_at}
    _save(Organization(**made, **details, **checked))
    return 1


@transaction.atomic
def undo_import(batch: DirectoryImport, *, by: User, at: datetime) -> None:
    """Take back all that an import brought in, while nothing of it was changed, checked or named to anybody.

    Raises Forbidden for whoever does not keep the directory; Undone; AlreadyUsed.
    """
    _keeps(by, batch.office)
    theirs = Organization.objects.select_for_update().filter(imported=batch)
    if any(one.used_at for one in theirs):
        raise AlreadyUsed
    if not DirectoryImport.objects.filter(pk=batch.pk, undone_at=None).update(undone_by=by, undone_at=at):
        raise Undone
    theirs.filter(ended_at=None).update(ended_at=at)
    record("directory.import_undone", batch, by=by, at=at)


def note_used(organizations: Iterable[Organization], *, at: datetime) -> None:
    """Note that organizations were named to somebody: the import they came by stands from now on."""
    ids = [organization.pk for organization in organizations]
    Organization.objects.filter(pk__in=ids, used_at=None).update(used_at=at)


def _save(organization: Organization, *, only: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            organization.save(force_insert=only is None, update_fields=only)
    except IntegrityError as error:
        raise NameTaken from error


def _keeps(by: User, office: Office) -> None:
    if not by.has_role(*KEEPERS) or by.office != office:
        raise Forbidden
