"""Take in a list of practitioners: invite who is new, change who is there, and undo all of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.actions import invite_person, withdraw_invitation
from foundation.accounts.models import Office, Role, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from referrals.models import PanelEntry, PanelImport, Practitioner
from referrals.panel import change_practitioner
from referrals.panel_reading import PanelRow


class Undone(Refused):
    status = 409
    message = _("This import was undone already.")


@transaction.atomic
def import_panel(office: Office, *, rows: Iterable[PanelRow], by: User, at: datetime) -> PanelImport:
    """Take in a list at once.

    Raises Forbidden for whoever is no administrator of the office; AlreadyHere; NoRole never.
    """
    _administers(by, office)
    batch = PanelImport.objects.create(office=office, imported_by=by, imported_at=at)
    for row in rows:
        _take_in(batch, row, by=by, at=at)
    record("referrals.panel_imported", batch, by=by, at=at, data={"lines": batch.entries.count()})
    return batch


def _take_in(batch: PanelImport, row: PanelRow, *, by: User, at: datetime) -> None:
    kept = {"office": batch.office, "batch": batch, "details": row.details}
    if row.practitioner is None:
        roles = [Role.ATTORNEY]
        invitation = invite_person(batch.office, email=row.email, name=row.name, roles=roles, by=by, at=at)
        PanelEntry.objects.create(**kept, invitation=invitation)
        return
    before = {name: getattr(row.practitioner, name) for name in row.details}
    PanelEntry.objects.create(**kept, practitioner=row.practitioner, before=before)
    change_practitioner(row.practitioner, by=by, at=at, **row.details)


@transaction.atomic
def undo_panel_import(batch: PanelImport, *, by: User, at: datetime) -> int:
    """Withdraw the invitations nobody accepted, put back the profiles nobody changed since; return the rest.

    Raises Forbidden for whoever is no administrator of the office; Undone.
    """
    _administers(by, batch.office)
    if not PanelImport.objects.filter(pk=batch.pk, undone_at=None).update(undone_by=by, undone_at=at):
        raise Undone
    entries = batch.entries.select_related("invitation", "practitioner__office", "practitioner__user")
    left = sum(not _put_back(entry, by=by, at=at) for entry in entries)
    record("referrals.panel_import_undone", batch, by=by, at=at, data={"left": left})
    return left


def _put_back(entry: PanelEntry, *, by: User, at: datetime) -> bool:
    """Undo one line; False where its person came in, or their profile was changed again since."""
    if entry.invitation:
        withdraw_invitation(entry.invitation, by=by, at=at)
        return entry.invitation.accepted_at is None
    one: Practitioner | None = entry.practitioner
    if one is None or any(getattr(one, name) != value for name, value in entry.details.items()):
        return False
    change_practitioner(one, by=by, at=at, **entry.before)
    return True


def give_imported_profile(practitioner: Practitioner, *, at: datetime) -> None:
    """Give somebody who accepted an invitation the profile that the list brought, and no verification."""
    entries = PanelEntry.objects.filter(
        office=practitioner.office,
        invitation__email=practitioner.user.email,
        invitation__accepted_at__isnull=False,
        batch__undone_at=None,
    )
    entry = entries.order_by("-batch__imported_at").first()
    if entry is None:
        return
    for name, value in entry.details.items():
        setattr(practitioner, name, value)
    practitioner.save(update_fields=list(entry.details))
    data = {"fields": sorted(entry.details)}
    record("referrals.practitioner_changed", practitioner, by="system:panel", at=at, data=data)


def _administers(by: User, office: Office) -> None:
    if not by.has_role(Role.ADMINISTRATOR) or by.office != office:
        raise Forbidden
