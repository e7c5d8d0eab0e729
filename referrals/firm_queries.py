"""Firms as pages show them: who is in one, who answers for it, and what is offered to its people."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from conflicts.queries import CLEAR, CONFIRMED, PENDING, POSSIBLE
from foundation.accounts.models import Office, User
from foundation.badges import Badge
from foundation.vault.opening import open_many
from referrals.access import list_standing, people_of
from referrals.models import Firm, Offer, OfferStatus, Practitioner
from referrals.panel_queries import PanelRow, panel_on, panel_row_on
from referrals.queries import shown_with
from screening.models import Band

# How the names of an offer stand beside the own list of whom it was put to; the list itself stays theirs.
LIST_WORDS: dict[str, Any] = {
    PENDING: _("Their own list was not compared yet."),
    CLEAR: _("Nobody on their own list is like these names."),
    POSSIBLE: _("Somebody on their own list may be meant: they must look at it themselves."),
    CONFIRMED: _("They have a conflict by their own list: decline, or move the offer."),
}


@dataclass(frozen=True)
class FirmOffer:
    """An open offer to somebody of a firm: `names` says how far the names are checked."""

    id: uuid.UUID
    band: Badge
    expires_at: datetime
    names: str


@dataclass(frozen=True)
class Person:
    """Somebody of a firm as its coordinator sees them."""

    row: PanelRow
    is_self: bool
    offers: list[FirmOffer] = field(default_factory=list)


def people_with_offers(user: User, office: Office, *, on: date, at: datetime) -> list[Person]:
    """Return the people somebody answers for, with what is offered to each, the first to run out on top."""
    offers, look = _open_offers(user, at=at), panel_on(office, on=on)
    return [
        Person(panel_row_on(one, look), one.user_id == user.pk, offers.get(one.pk, []))
        for one in shown_with(people_of(user))
    ]


def _open_offers(user: User, *, at: datetime) -> dict[int, list[FirmOffer]]:
    open_ones = Offer.objects.filter(status=OfferStatus.OPEN, expires_at__gt=at)
    rows = list(open_ones.filter(practitioner__in=people_of(user)).order_by("expires_at"))
    opened = open_many(rows, "summary", purpose="offers")
    found: dict[int, list[FirmOffer]] = {}
    for row in rows:
        if row.pk in opened:  # not of a case that they are kept off
            band = Band(opened[row.pk].summary["band"]).badge
            shown = FirmOffer(row.pk, band, row.expires_at, names_state(row))
            found.setdefault(row.practitioner_id, []).append(shown)
    return found


def names_state(offer: Offer) -> str:
    """Say how far the names of an open offer are checked, without saying a name."""
    seen = _("Nobody looked at the names yet.")
    if offer.names_shown_at and offer.firm_shown_at:
        seen = _("They and a coordinator looked at the names.")
    elif offer.names_shown_at:
        seen = _("They looked at the names.")
    elif offer.firm_shown_at:
        seen = _("A coordinator looked at the names.")
    return f"{seen} {LIST_WORDS[list_standing(offer)]}"


def colleagues_of(offer: Offer, *, on: date) -> list[Practitioner]:
    """Return to whom of the same firm an offer may be moved, as far as the panel says."""
    others = Practitioner.objects.filter(firm=offer.practitioner.firm_id).exclude(pk=offer.practitioner_id)
    return [one for one in others.select_related("user", "office") if one.may_be_asked(on=on)]


@dataclass(frozen=True)
class FirmRow:
    """A firm with how many are in it and who answers for them."""

    firm: Firm
    people: int
    coordinators: str


def firm_rows(office: Office) -> list[FirmRow]:
    """Return an office's firms, those that go on first."""
    rows: Any = Firm.objects.filter(office=office).annotate(n=Count("people"))
    named: dict[int, list[str]] = {}
    answering = Practitioner.objects.filter(office=office, user__is_active=True).filter(
        Q(coordinates=True, firm__isnull=False)
    )
    for one in answering.select_related("user").order_by("user__name"):
        named.setdefault(one.firm_id or 0, []).append(one.user.name)
    ordered = sorted(rows, key=lambda firm: (firm.ended_at is not None, firm.name))
    return [FirmRow(firm, firm.n, ", ".join(named.get(firm.pk, []))) for firm in ordered]
