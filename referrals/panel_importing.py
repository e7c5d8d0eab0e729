"""Take in a list of practitioners: invite who is new, change who is there, and undo all of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.actions import invite_person, withdraw_invitation
from foundation.accounts.models import Office, Role, User
from foundation.events.ledger import record
from foundation.refused import Refused
from referrals import firms
from referrals.access import check_administers
from referrals.models import Firm, PanelEntry, PanelImport, Practitioner
from referrals.panel import change_practitioner
from referrals.panel_reading import PanelRow, value_of


class Undone(Refused):
    status = 409
    message = _("This import was undone already.")


@transaction.atomic
def import_panel(office: Office, *, rows: Iterable[PanelRow], by: User, at: datetime) -> PanelImport:
    """Take in a list at once; a firm that the office does not have yet is made.

    Raises Forbidden for whoever is no administrator of the office; AlreadyHere; FirmOver for one that was
    ended meanwhile; NoRole, FirmNameTaken, NoFirm, NotTheirMentor never.
    """
    check_administers(by, office)
    batch = PanelImport.objects.create(office=office, imported_by=by, imported_at=at)
    for row in rows:
        _settle_firm(row.details, batch, by=by, at=at)
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
    before = {name: value_of(row.practitioner, name) for name in row.details}
    PanelEntry.objects.create(**kept, practitioner=row.practitioner, before=before)
    _give(row.practitioner, row.details, by=by, at=at)


def _settle_firm(details: dict[str, Any], batch: PanelImport, *, by: User, at: datetime) -> None:
    """Make the firm that a line names, where the office has none of that name; name it as the office does."""
    if name := details.get("firm"):
        firm = firms.firm_named(batch.office, name)
        firm = firm or firms.open_firm(batch.office, name=name, batch=batch, by=by, at=at)
        details["firm"] = firm.name


def _give(one: Practitioner, details: dict[str, Any], *, by: User, at: datetime) -> None:
    """Give a practitioner what a line says of them; whoever changes firm coordinates the new one no more."""
    said = {name: value for name, value in details.items() if name != "firm"}
    change_practitioner(one, by=by, at=at, **said)
    if "firm" in details and value_of(one, "firm") != details["firm"]:
        firm = firms.firm_named(one.office, details["firm"])
        firms.place_practitioner(one, firm=firm, coordinates=False, mentor=one.mentor, by=by, at=at)


@transaction.atomic
def undo_panel_import(batch: PanelImport, *, by: User, at: datetime) -> int:
    """Withdraw the invitations nobody accepted, put back the profiles nobody changed since; return the rest.

    A firm that it made ends with it, once nobody is in it.
    Raises Forbidden for whoever is no administrator of the office; Undone; FirmOver, NoFirm, NotTheirMentor,
    StillInIt never.
    """
    check_administers(by, batch.office)
    if not PanelImport.objects.filter(pk=batch.pk, undone_at=None).update(undone_by=by, undone_at=at):
        raise Undone
    entries = batch.entries.select_related("invitation", "practitioner__office", "practitioner__user")
    left = sum(not _put_back(entry, by=by, at=at) for entry in entries)
    for firm in Firm.objects.filter(batch=batch, people=None, ended_at=None):
        firms.end_firm(firm, by=by, at=at)
    record("referrals.panel_import_undone", batch, by=by, at=at, data={"left": left})
    return left


def _put_back(entry: PanelEntry, *, by: User, at: datetime) -> bool:
    """Undo one line; False where its person came in, or their profile was changed again since."""
    if entry.invitation:
        withdraw_invitation(entry.invitation, by=by, at=at)
        return entry.invitation.accepted_at is None
    one: Practitioner | None = entry.practitioner
    if one is None or any(value_of(one, name) != value for name, value in entry.details.items()):
        return False
    earlier = firms.firm_named(one.office, entry.before.get("firm", ""))
    if earlier and earlier.ended_at:
        return False
    _give(one, entry.before, by=by, at=at)
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
    firm = firms.firm_named(practitioner.office, entry.details.get("firm", ""))
    details = {**entry.details, "firm": firm if firm and not firm.ended_at else None}
    for name, value in details.items():
        setattr(practitioner, name, value)
    practitioner.save(update_fields=list(details))
    data = {"fields": sorted(details)}
    record("referrals.practitioner_changed", practitioner, by="system:panel", at=at, data=data)
