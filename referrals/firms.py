"""Firms: made, renamed, ended; who is in one, who answers for it, who stands by whom."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cases.granting import call
from foundation.accounts.models import Office, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from referrals.access import answers_for, check_leads_panel
from referrals.models import Firm, Offer, OfferStatus, PanelImport, Practitioner


class FirmNameTaken(Refused):
    status = 409
    message = _("There is a firm of this name already.")


class StillInIt(Refused):
    status = 409
    message = _("Somebody is in this firm still. Take everybody out of it first.")


class FirmOver(Refused):
    message = _("This firm was ended. Choose another, or open it again.")


class NoFirm(Refused):
    message = _("Only somebody of a firm can answer for it. Choose their firm first.")


class NotTheirMentor(Refused):
    message = _("Choose somebody else of the panel as mentor, who can sign in.")


@transaction.atomic
def open_firm(office: Office, *, name: str, by: User, at: datetime, batch: PanelImport | None = None) -> Firm:
    """Make a firm. Raises Forbidden for whoever does not lead the panel; FirmNameTaken."""
    check_leads_panel(by, office)
    firm = Firm(office=office, name=name, batch=batch)
    _save(firm, insert=True)
    record("referrals.firm_opened", firm, by=by, at=at)
    return firm


@transaction.atomic
def rename_firm(firm: Firm, *, name: str, by: User, at: datetime) -> None:
    """Give a firm another name. Raises Forbidden for whoever does not lead the panel; FirmNameTaken."""
    check_leads_panel(by, firm.office)
    if firm.name == name:
        return
    firm.name = name
    _save(firm)
    record("referrals.firm_renamed", firm, by=by, at=at)


@transaction.atomic
def end_firm(firm: Firm, *, by: User, at: datetime) -> None:
    """Let nobody join a firm any more. Raises Forbidden for whoever does not lead the panel; StillInIt."""
    check_leads_panel(by, firm.office)
    live = Firm.objects.select_for_update().filter(pk=firm.pk, ended_at=None).first()
    if live and live.people.exists():
        raise StillInIt
    if live:
        Firm.objects.filter(pk=firm.pk).update(ended_at=at)
        record("referrals.firm_ended", firm, by=by, at=at)


@transaction.atomic
def reopen_firm(firm: Firm, *, by: User, at: datetime) -> None:
    """Let people join an ended firm again. Raises Forbidden for whoever does not lead the panel."""
    check_leads_panel(by, firm.office)
    if Firm.objects.filter(pk=firm.pk, ended_at__isnull=False).update(ended_at=None):
        record("referrals.firm_reopened", firm, by=by, at=at)


@transaction.atomic
def place_practitioner(
    practitioner: Practitioner,
    *,
    firm: Firm | None,
    coordinates: bool,
    mentor: Practitioner | None,
    by: User,
    at: datetime,
) -> None:
    """Say in which firm a practitioner is, whether they answer for it, and who is their mentor.

    What is offered to them stays theirs; a coordinator of the earlier firm sees it no more from now on.
    Raises Forbidden for whoever does not lead the panel; FirmOver; NoFirm; NotTheirMentor.
    """
    check_leads_panel(by, practitioner.office)
    if firm and (firm.office_id != practitioner.office_id or not _is_live(firm)):
        raise FirmOver
    if coordinates and firm is None:
        raise NoFirm
    if mentor and not _can_mentor(mentor, practitioner):
        raise NotTheirMentor
    new = {"firm": firm, "coordinates": coordinates, "mentor": mentor}
    before = {"firm": practitioner.firm_id, "mentor": practitioner.mentor_id}
    changed = sorted(name for name, value in new.items() if getattr(practitioner, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(practitioner, name, new[name])
    practitioner.save(update_fields=changed)
    after = {"firm": practitioner.firm_id, "mentor": practitioner.mentor_id}
    data = {"fields": changed, "before": before, "after": after}
    record("referrals.practitioner_placed", practitioner, by=by, at=at, data=data)


def _is_live(firm: Firm) -> bool:
    """Tell whether a firm has not ended, and let it not end before this transaction does."""
    return Firm.objects.select_for_update().filter(pk=firm.pk, ended_at=None).first() is not None


def _can_mentor(mentor: Practitioner, practitioner: Practitioner) -> bool:
    return (
        mentor.pk != practitioner.pk
        and mentor.office_id == practitioner.office_id
        and (mentor.pk == practitioner.mentor_id or mentor.user.is_active)
    )


@transaction.atomic
def set_accepting(practitioner: Practitioner, *, accepting: bool, by: User, at: datetime) -> None:
    """Let somebody of one's firm take new cases, or none for now; they are told.

    Raises Forbidden for whoever is not the coordinator of their firm.
    """
    if not answers_for(by, practitioner):
        raise Forbidden
    if call("sec.set_accepting(%s, %s)", [practitioner.pk, accepting]):
        event = "referrals.resumed_for" if accepting else "referrals.paused_for"
        record(event, practitioner, by=by, at=at)


@transaction.atomic
def leave_firm_work(user_id: int, *, by: str, at: datetime) -> None:
    """Let somebody who goes coordinate nothing and mentor nobody any more."""
    for one in Practitioner.objects.filter(user=user_id, coordinates=True).select_related("office"):
        Practitioner.objects.filter(pk=one.pk).update(coordinates=False)
        record("referrals.coordinator_left", one, by=by, at=at, data={"firm": one.firm_id})
    for one in Practitioner.objects.filter(mentor__user=user_id).select_related("office"):
        Practitioner.objects.filter(pk=one.pk).update(mentor=None)
        record("referrals.mentor_left", one, by=by, at=at)


def firm_named(office: Office, name: str) -> Firm | None:
    """Return an office's firm of a name, ended or not, whatever its capitals; None for "" too."""
    return Firm.objects.filter(office=office, name__iexact=name).first() if name else None


def coordinators_of(firm_id: int | None) -> list[User]:
    """Return who answers for a firm and may sign in."""
    rows = Practitioner.objects.filter(firm=firm_id, coordinates=True, user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("user__name")] if firm_id else []


def open_offers_of(practitioner: Practitioner) -> int:
    """Return how many offers wait for the answer of a practitioner."""
    return Offer.objects.filter(practitioner=practitioner, status=OfferStatus.OPEN).count()


def _save(firm: Firm, *, insert: bool = False) -> None:
    try:
        with transaction.atomic():
            firm.save(force_insert=insert, update_fields=None if insert else ["name"])
    except IntegrityError as error:
        raise FirmNameTaken from error
