"""Hand a person over: another organization is asked, says yes, is given the names, and the case ends."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from cases.closing import is_urgent
from cases.models import Case, Status
from conflicts.queries import CLEAR, UNCLEAR, standing_until_done, standings
from directory.actions import note_used
from directory.models import Organization
from foundation.accounts.actions import hash_of
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from referrals.access import is_caseworker_of, may_refer
from referrals.anonymous import telling_parts
from referrals.links import ANSWERED, LinkOver, sealed_for_link, token_for
from referrals.models import (
    CAME_BACK,
    LIVE_HAND_OVERS,
    Assignment,
    HandOver,
    HandOverStatus,
    SentHow,
    ToldOf,
)
from referrals.queries import names_on_file
from referrals.refusals import TellsWho


class NamesStand(Refused):
    message = _(
        "The names of this case are not clear, so nothing of it may go out. Tell the person where they can"
        " go: that discloses nothing."
    )


class AlreadyAsked(Refused):
    status = 409
    message = _("An organization is asked already. Take that back first, or wait for its answer.")


class NotInDirectory(Refused):
    message = _("This organization was taken out of the directory.")


class NoAddress(Refused):
    message = _("The directory has no e-mail for referrals of this organization. Call them instead.")


class BadConsent(Refused):
    message = _("The person cannot have said yes on a day that has not come.")


class NobodyReached(Refused):
    message = _("This is urgent: speak with a person there, and write down with whom, before the case ends.")


class NoYes(Refused):
    status = 409
    message = _("The organization has not said yes, or this was taken back.")


@transaction.atomic
def ask_receiver(
    case: Case,
    *,
    organization: Organization,
    summary: str,
    consent_how: str,
    consent_on: date,
    sent_how: str,
    days: int,
    by: User,
    at: datetime,
) -> HandOver:
    """Ask an organization whether it takes a person, by a link that shows `summary` for so many days.

    Raises Forbidden for whoever may not refer the case, or for an organization elsewhere; CaseOver;
    LawyerFirst while a lawyer holds it; NamesStand while the names are not clear; AlreadyAsked;
    NotInDirectory; NoAddress; BadConsent; TellsWho where the summary has a name or number on file.
    """
    if not may_refer(by, case) or organization.office_id != case.office_id:
        raise Forbidden
    cases.lock_open(case.pk)
    _may_be_asked(case, organization, sent_how=sent_how)
    if consent_on > case.office.today(at):
        raise BadConsent
    _tells_nobody(case, summary)
    pk = uuid4()
    asked = HandOver.objects.create(
        pk=pk,
        **case.matter.columns,
        case=case,
        organization=organization,
        receiver=organization.name,
        consent_how=consent_how,
        consent_on=consent_on,
        sent_how=sent_how,
        summary=summary,
        shown=sealed_for_link(pk, summary),
        token_hash=hash_of(token_for(pk)),
        asked_by=by,
        asked_at=at,
        expires_at=at + timedelta(days=days),
    )
    note_used([organization], at=at)
    cases.take_case(case, by=by)
    data = {"case": str(case.pk), "organization": organization.pk, "how": str(sent_how)}
    record("referrals.hand_over_asked", asked, by=by, at=at, data=data)
    return asked


def _may_be_asked(case: Case, organization: Organization, *, sent_how: str) -> None:
    if Assignment.objects.filter(case=case, ended_at=None).exists():
        raise cases.LawyerFirst
    if standing_until_done(case.matter_id) != CLEAR:
        raise NamesStand
    if HandOver.objects.filter(case=case, status__in=LIVE_HAND_OVERS).exists():
        raise AlreadyAsked
    if organization.ended_at:
        raise NotInDirectory
    if sent_how == SentHow.EMAIL and not organization.email:
        raise NoAddress


def _tells_nobody(case: Case, summary: str) -> None:
    """Refuse a summary that has a name, a number or an address in it, and say which."""
    if found := telling_parts(summary, names_on_file(case)):
        words = _("The summary tells who it is. Take out: %(parts)s") % {"parts": ", ".join(found)}
        raise TellsWho(words)


@transaction.atomic
def note_phone_answer(
    hand_over: HandOver, *, says: str, why: str, spoke_with: str, by: User, at: datetime
) -> None:
    """Write down what a receiver answered over the telephone, and who there said so.

    Raises Forbidden for whoever is no caseworker of the case; CaseOver; LinkOver where nothing is asked any
    more.
    """
    _hold(hand_over, by)
    if hand_over.status != HandOverStatus.ASKED or not hand_over.expires_at or hand_over.expires_at <= at:
        raise LinkOver
    _reached(hand_over, spoke_with, by=by, at=at)
    data = {"case": str(hand_over.case_id), **({"why": why} if why else {})}
    status = HandOverStatus(says)
    answer = {"refusal": why, "answered_at": at, "answered_by": by, "shown": ""}
    HandOver.LIFE.move(hand_over, status, by=by, event=ANSWERED[status], data=data, **answer)


@transaction.atomic
def give_names(hand_over: HandOver, *, how: str, spoke_with: str, by: User, at: datetime) -> None:
    """Note by which way the receiver learned who it is, and end the case: the person is handed over.

    Raises Forbidden for whoever is no caseworker of the case; NoYes; NamesStand; NobodyReached for an urgent
    case; LawyerFirst; CaseOver once it is over; Stale where somebody was faster.
    """
    _hold(hand_over, by)
    case = hand_over.case
    if hand_over.status != HandOverStatus.ACCEPTED:
        raise NoYes
    if standing_until_done(case.matter_id) != CLEAR:
        raise NamesStand
    if spoke_with.strip():
        _reached(hand_over, spoke_with, by=by, at=at)
    case.refresh_from_db(fields=["status", "closed_at", "band", "legal_hold"])
    if not hand_over.reached_at and is_urgent(case, on=case.office.today(at)):
        raise NobodyReached
    given = {"given_how": how, "given_by": by, "given_at": at}
    data = {"case": str(case.pk), "how": str(how)}
    HandOver.LIFE.move(
        hand_over, HandOverStatus.DONE, by=by, event="referrals.names_given", data=data, **given
    )
    cases.end_case(case, Status.REFERRED_OUT, event="cases.referred_out", by=by, at=at)


def _hold(hand_over: HandOver, by: User) -> None:
    """Refuse whoever does not work on the case; hold it, and read the hand-over as it is now."""
    if not is_caseworker_of(by, hand_over.case):
        raise Forbidden
    cases.lock_open(hand_over.case_id)
    hand_over.refresh_from_db(fields=["status", "expires_at", "reached_at"])


def _reached(hand_over: HandOver, spoke_with: str, *, by: User, at: datetime) -> None:
    hand_over.contact, hand_over.reached_by, hand_over.reached_at = spoke_with, by, at
    hand_over.save(update_fields=["contact", "reached_by", "reached_at"])


@transaction.atomic
def rescind_hand_over(hand_over: HandOver, *, by: User, at: datetime) -> None:
    """Take a link back, answered with yes or not yet; it then says only that it is over.

    Raises Forbidden for whoever is no caseworker of the case; CaseOver; NotAllowed where nothing is asked any
    more; Stale where the answer came meanwhile.
    """
    _hold(hand_over, by)
    _end(hand_over, HandOverStatus.RESCINDED, by=by, event="referrals.hand_over_rescinded", at=at)


@transaction.atomic
def note_answer_seen(hand_over: HandOver, *, by: User, at: datetime) -> None:
    """Note that a caseworker read that nobody there takes the person, and goes on otherwise.

    Raises Forbidden for whoever is no caseworker of the case.
    """
    if not is_caseworker_of(by, hand_over.case):
        raise Forbidden
    came_back = HandOver.objects.filter(pk=hand_over.pk, status__in=CAME_BACK, seen_at=None)
    if came_back.update(seen_by=by, seen_at=at):
        data = {"case": str(hand_over.case_id)}
        record("referrals.hand_over_seen", hand_over, by=by, at=at, data=data)


def _end(hand_over: HandOver, status: str, *, by: User | str, event: str, at: datetime) -> None:
    data = {"case": str(hand_over.case_id)}
    HandOver.LIFE.move(hand_over, status, by=by, event=event, data=data, answered_at=at, shown="")


@transaction.atomic
def take_back_links(case: Case, *, by: User | str, at: datetime, ends_representation: bool = False) -> None:
    """Take back what is asked of a case that ends, whatever the way."""
    for live in HandOver.objects.filter(case=case, status__in=LIVE_HAND_OVERS):
        _end(live, HandOverStatus.RESCINDED, by=by, event="referrals.hand_over_rescinded", at=at)


@transaction.atomic
def take_back_open_links(matter_ids: Iterable[UUID | str], *, by: str, at: datetime) -> int:
    """Take back the links of matters that nobody answered yet; return how many."""
    asked = HandOver.objects.filter(matter_id__in=list(matter_ids), status=HandOverStatus.ASKED)
    for case_id in sorted(set(asked.values_list("case_id", flat=True))):
        cases.lock_case(case_id)
    links = list(asked.all())
    for link in links:
        _end(link, HandOverStatus.RESCINDED, by=by, event="referrals.hand_over_rescinded", at=at)
    return len(links)


def take_back_links_of_unclear(matter_id: UUID | str, *, by: str, at: datetime) -> int:
    """Take back the open link of a matter whose names may be on two sides now; return how many."""
    key = UUID(str(matter_id))
    return take_back_open_links([key], by=by, at=at) if standings([key])[key] in UNCLEAR else 0


def expire_hand_overs(*, at: datetime) -> int:
    """End every link whose time ran out, and return how many: they come back to the caseworker."""
    with transaction.atomic():
        due = HandOver.objects.filter(status=HandOverStatus.ASKED, expires_at__lte=at)
        pairs = list(due.values_list("pk", "case_id"))
    return sum(_expire(pk, case_id, at=at) for pk, case_id in pairs)


@transaction.atomic
def _expire(pk: UUID, case_id: UUID, *, at: datetime) -> bool:
    """End one link whose time ran out; False if somebody answered it meanwhile."""
    cases.lock_case(case_id)
    late = HandOver.objects.filter(pk=pk, status=HandOverStatus.ASKED, expires_at__lte=at).first()
    if late:
        event = "referrals.hand_over_expired"
        _end(late, HandOverStatus.EXPIRED, by="system:offers", event=event, at=at)
    return late is not None


# --- where a person can go themselves ---------------------------------------------------------------


@transaction.atomic
def note_told_of(case: Case, *, organizations: Iterable[Organization], by: User, at: datetime) -> None:
    """Note which organizations the person of a case is told of. Nothing is sent there.

    Raises Forbidden for whoever is no caseworker of it, and for an organization elsewhere.
    """
    listed = list(organizations)
    if not is_caseworker_of(by, case) or any(one.office_id != case.office_id for one in listed):
        raise Forbidden
    there = set(case.told_of.values_list("organization", flat=True))
    new = [one for one in listed if one.pk not in there]
    for one in new:
        ToldOf.objects.create(**case.matter.columns, case=case, organization=one, noted_by=by, noted_at=at)
    note_used(new, at=at)
    if new:
        ids = [one.pk for one in new]
        data = {"case": str(case.pk), "organizations": ids}
        record("referrals.told_of", case, by=by, at=at, data=data)


@transaction.atomic
def decline_with_help(
    case: Case, *, reason: str, organizations: Iterable[Organization], by: User, at: datetime
) -> None:
    """Decline a case in triage, and note which other organizations its person is told of.

    Raises Forbidden for whoever may not triage it; ReasonNeeded without a reason; HandOffNeeded for a
    critical case, which is handed to somebody first; CaseOver once it is over.
    """
    note_told_of(case, organizations=organizations, by=by, at=at)
    cases.decline_case(case, reason=reason, by=by, at=at)
