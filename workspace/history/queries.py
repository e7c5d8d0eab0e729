"""The ledger in words a caseworker understands: what happened, when, by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.events.models import Event

HAPPENED: dict[str, Any] = {
    "accounts.invited": _("Someone was invited"),
    "accounts.invitation_withdrawn": _("An invitation was withdrawn"),
    "accounts.invitation_accepted": _("An invitation was accepted"),
    "accounts.user_disabled": _("Someone was shut out"),
    "accounts.user_enabled": _("Someone may sign in again"),
    "accounts.password_changed": _("A password was changed"),
    "accounts.factor_added": _("A second step was added to a sign-in"),
    "accounts.factor_removed": _("A second step was removed from a sign-in"),
    "accounts.codes_made": _("New recovery codes were made"),
    "intake.submitted": _("The answers were sent"),
    "intake.typed": _("A caseworker took the answers down"),
    "intake.receipt_made": _("A receipt was made; earlier ones ended"),
    "intake.answer_replaced": _("An answer was changed with the receipt"),
    "intake.asked": _("Somebody with the receipt asked for something"),
    "intake.request_decided": _("A wish was confirmed or not"),
    "intake.spoken_alone": _("Someone spoke with the person alone"),
    "intake.story_opened": _("The person was invited to tell their story"),
    "intake.urgent_left": _("An urgent form was left unfinished"),
    "intake.withdrawn": _("The person does not want help any more"),
    "cases.withdrawn": _("The case was closed: the person asked for it"),
    "cases.deletion_confirmed": _("The person's answers are being deleted"),
    "cases.hold_set": _("A legal hold was set"),
    "cases.hold_lifted": _("A legal hold was lifted"),
    "conflicts.asked": _("The names were put to the conflict check"),
    "conflicts.answered": _("The conflict check answered"),
    "conflicts.hit_found": _("Two names that may be one person were found"),
    "conflicts.hit_decided": _("A person decided about two names"),
    "conflicts.hit_superseded": _("Two names are compared anew: one has changed"),
    "conflicts.check_decided": _("The conflict check was decided"),
    "conflicts.party_added": _("Someone was added to the matter"),
    "conflicts.party_removed": _("Someone was taken off the matter"),
    "conflicts.a_number_noted": _("The A-Number was noted"),
    "conflicts.own_list_added": _("A practitioner put names on their own list"),
    "conflicts.own_list_removed": _("A practitioner took a name off their own list"),
    "conflicts.fenced": _("Someone was kept off the matter"),
    "conflicts.fence_lifted": _("Someone was let back to the matter"),
    "conflicts.merged": _("Two requests were put together: one person asked twice"),
    "conflicts.parted": _("Two requests were taken apart again"),
    "files.received": _("A file was sent"),
    "files.rebuilt": _("A file was rebuilt without what could harm"),
    "files.refused": _("A file was not taken"),
    "files.retried": _("A file was put back in line"),
    "screening.screened": _("The answers were screened"),
    "screening.confirmed": _("A person confirmed the screening"),
    "screening.overridden": _("A person departed from the screening"),
    "cases.opened": _("The case was opened"),
    "cases.taken": _("A caseworker took the case"),
    "cases.triaged": _("Triage was recorded"),
    "cases.band_raised": _("The urgency rose by itself"),
    "cases.band_set": _("A person set the urgency"),
    "cases.facts_changed": _("Facts of the case were written down"),
    "cases.dates_recounted": _("Dates of the case changed"),
    "cases.deadline_confirmed": _("A date was confirmed"),
    "cases.deadline_waived": _("A date was waived"),
    "cases.deadline_done": _("A date was marked done"),
    "cases.deadline_reopened": _("A date was opened again"),
    "cases.deadline_gone": _("A date no longer applies"),
    "cases.deadline_returned": _("A date applies again"),
    "cases.judge_date_set": _("A judge's date was entered"),
    "cases.judge_date_removed": _("A judge's date was removed"),
    "cases.note_added": _("A note was added"),
    "cases.seeking_counsel": _("The case began to seek counsel"),
    "cases.represented": _("The person is represented"),
    "cases.counsel_withdrew": _("The case was given back"),
    "cases.referred_out": _("The person was handed to another organization"),
    "cases.declined": _("The case was declined"),
    "cases.access_granted": _("Someone was given access to the case"),
    "cases.access_revoked": _("Someone's access to the case ended"),
    "vault.alarm_raised": _("Someone opened unusually many files within an hour"),
    "referrals.case_referred": _("The case was put into a queue"),
    "referrals.referral_offered": _("The referral was put to a practitioner"),
    "referrals.referral_requeued": _("The referral went back into the queue"),
    "referrals.referral_placed": _("The referral was placed"),
    "referrals.case_returned": _("The referral was returned"),
    "referrals.offer_made": _("An offer was made"),
    "referrals.names_shown": _("The names were read for the conflict check"),
    "referrals.offer_accepted": _("The offer was accepted"),
    "referrals.offer_declined": _("The offer was declined"),
    "referrals.offer_expired": _("The offer ran out"),
    "referrals.offer_rescinded": _("The offer was taken back"),
    "evidence.document_added": _("A source was added to the library"),
    "evidence.details_confirmed": _("A source's details were confirmed"),
    "evidence.claim_point_added": _("A point to prove was written down"),
    "evidence.passage_cited": _("A passage was cited"),
    "evidence.citation_withdrawn": _("A citation was withdrawn"),
    "evidence.link_asked": _("A page was asked for"),
    "evidence.link_kept": _("A page was fetched into the library"),
    "evidence.link_refused": _("A page could not be fetched"),
    "evidence.source_assessed": _("A source was assessed"),
    "evidence.recognition_asked": _("Pages were to be read by text recognition"),
    "evidence.recognized": _("Pages were read by text recognition"),
    "evidence.collection_made": _("A collection was started"),
    "evidence.source_drifted": _("A source is no longer as it was kept"),
}


@dataclass(frozen=True)
class Entry:
    """One event as shown: its words, its code, when, and who."""

    words: Any
    code: str
    at: datetime
    who: Any


def entries(events: Iterable[Event]) -> list[Entry]:
    """Put events into words, with the names of those who acted."""
    events = list(events)
    ids = {int(event.actor.removeprefix("user:")) for event in events if event.actor.startswith("user:")}
    names = {f"user:{user.pk}": user.name for user in User.objects.filter(pk__in=ids)}
    return [
        Entry(
            HAPPENED.get(event.name, event.name),
            event.name,
            event.at,
            names.get(event.actor) or _other(event.actor),
        )
        for event in events
    ]


def _other(actor: str) -> Any:
    """Name an actor who is not a signed-in person."""
    return _("the applicant") if actor == "applicant" else _("the system")
