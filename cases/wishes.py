"""What a person asks for with their receipt, once staff made sure it is them: an end, a deletion."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.access import holders_of, is_caseworker_of
from cases.ending import end_case, lock_case
from cases.models import Case, HowTold, SecondLook, Status, Step
from cases.queries import names_standing
from cases.seconds import Decided, ask_second, done_by_two, let_go, note_done
from cases.telling import note_told
from conflicts.actions import keep_stub
from conflicts.queries import CLEAR
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.events.models import Event
from foundation.files.erasing import erase_matters
from foundation.refused import Forbidden, Refused
from intake.actions import check_how, close_wish, open_story, withdraw_intake
from intake.models import Wish, WishStatus


class NotClear(Refused):
    status = 409
    message = _("First the conflict check must be clear.")


class MustKeep(Refused):
    status = 409
    message = _("This file must be kept: a legal hold, or the file of a represented client.")


@transaction.atomic
def decide_wish(
    case: Case, *, wish_id: uuid.UUID, confirmed: bool, how: str = "", by: User, at: datetime
) -> None:
    """Note that a wish was confirmed with the person, and how, or that it was not; do what the wish asks.

    A withdrawal acts at once. A deletion ends the case at once too, and erases it, which nothing undoes,
    once a second person has looked; the wish stays open until then. Raises Forbidden; MustKeep where the
    matter may not be deleted; LawyerFirst while a lawyer holds the case; Refused where nobody says how the
    person was known; CaseOver where it ended meanwhile; NothingToTell where somebody noted meanwhile that
    they know; Decided where the wish is open no more.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    lock_case(case.pk)
    case.refresh_from_db(fields=["status", "closed_at", "told_at", "legal_hold"])
    wish = Wish.objects.select_related("intake__applicant").get(pk=wish_id, intake=case.intake)
    if confirmed and wish.kind == Wish.Kind.DELETE:
        _ask_to_delete(case, wish, how, by=by, at=at)
        return
    if confirmed and wish.kind == Wish.Kind.WITHDRAW:
        _end(case, by=by, at=at)
    if wish.kind == Wish.Kind.DELETE:
        let_go(case, Step.DELETE, at=at)
    close_wish(wish, confirmed=confirmed, how=how, by=by, at=at)


def _ask_to_delete(case: Case, wish: Wish, how: str, *, by: User, at: datetime) -> None:
    check_how(wish, how)
    if wish.status != WishStatus.OPEN:
        raise Decided
    if not may_be_deleted(case):
        raise MustKeep
    _end(case, by=by, at=at)
    ask_second(case, Step.DELETE, details={"wish": str(wish.pk), "how": how}, by=by, at=at)


@done_by_two(Step.DELETE)
def delete_by_two(look: SecondLook, details: dict[str, Any], *, by: User, at: datetime) -> None:
    """Delete a matter as its person wishes: confirmed with them by one, looked at by a second.

    Raises Decided where the wish was taken back or decided meanwhile; MustKeep; LawyerFirst; CaseOver;
    NothingToTell; Refused where nobody says how the person was known.
    """
    case = look.case
    wish = Wish.objects.select_related("intake__applicant").get(pk=details["wish"], intake=case.intake)
    if wish.status != WishStatus.OPEN:
        raise Decided
    if not may_be_deleted(case):
        raise MustKeep
    close_wish(wish, confirmed=True, how=details["how"], by=by, at=at)
    _end(case, by=by, at=at)
    record("cases.deletion_confirmed", case, by=by, at=at)


def _end(case: Case, *, by: User, at: datetime) -> None:
    """End a case because its person asks for it. Raises LawyerFirst while a lawyer holds it."""
    if case.is_open:
        end_case(case, Status.CLOSED, event="cases.withdrawn", by=by, at=at)
    if case.must_be_told:  # they were asked about it just now
        note_told(case, how=HowTold.OWN_WISH, by=by, at=at)
    if case.intake.status == "submitted":
        withdraw_intake(case.intake, by=by, at=at)


def may_be_deleted(case: Case) -> bool:
    """Tell whether nothing says that the matter must be kept.

    A client's matter belongs to a representation that was (ABA Model Rules 1.15, 1.16(d)); a legal hold is
    an order not to destroy.
    """
    was_client = Event.objects.filter(name="cases.represented", subject_id=str(case.pk)).exists()
    return not case.legal_hold and not was_client and not holders_of(case)


@transaction.atomic
def invite_story(case: Case, *, by: User, at: datetime) -> None:
    """Open the question about their own words, once nothing of the conflict check stands against it.

    Raises Forbidden for whoever is no caseworker of it, or once it is over; NotClear before its names are
    clear.
    """
    if not is_caseworker_of(by, case) or not case.is_open:
        raise Forbidden
    if not may_hear_story(case):
        raise NotClear
    open_story(case.intake, by=by, at=at)


def may_hear_story(case: Case) -> bool:
    """Tell whether the names of this matter were compared and nothing is left to decide."""
    return names_standing(case) == CLEAR


@transaction.atomic
def set_legal_hold(case: Case, *, on: bool, by: User, at: datetime) -> None:
    """Put a matter under a legal hold, or lift it: nothing of it is deleted meanwhile. A second looks after.

    Raises Forbidden for whoever is no caseworker of the case.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    if Case.objects.filter(pk=case.pk).exclude(legal_hold=on).update(legal_hold=on):
        case.legal_hold = on
        record("cases.hold_set" if on else "cases.hold_lifted", case, by=by, at=at)
        note_done(case, Step.HELD if on else Step.RELEASED, details={}, by=by, at=at)


@transaction.atomic
def delete_matter(case: Case) -> None:
    """Erase all of a person's matter: rows, documents, key. The ledger keeps ids and codes, and the conflict
    check the names."""
    lock_case(case.pk)
    case.refresh_from_db()
    if may_be_deleted(case):
        keep_stub(case.matter, at=timezone.now())
        erase_matters([case.matter_id])
