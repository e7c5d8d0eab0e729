"""What cases do about events. A matter may have been erased since: its events then have nothing to change."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from cases import actions, wishes
from cases.access import holders_of
from cases.closing import asked_closing
from cases.holdings import CASES, hand_cases_over
from cases.inbox import next_things
from cases.looking import look_ahead
from cases.models import Case, CaseAccess, Decision, SecondLook, Step
from cases.queries import caseworkers_for, caseworkers_of
from cases.reminders import tell_closing, tell_seconds
from cases.seconds import let_go, note_done
from foundation.accounts.models import Office, User
from foundation.accounts.office import OWN_FIGURES
from foundation.events.ledger import on
from foundation.events.models import Event
from intake.actions import note_wish
from intake.models import Intake, Wish
from notifications.actions import notify_user
from notifications.models import Placed, Reason
from notifications.queries import add_details
from screening.models import Why

add_details(next_things)


@on("intake.submitted", key="cases.open-case")
def open_case(event: Event) -> None:
    """Open the case of an intake that was handed in."""
    intake = Intake.objects.select_related("office", "applicant").filter(pk=event.subject_id).first()
    if intake:
        actions.open_case(intake, by="system:open-case", at=timezone.now())


@on("conflicts.standing_changed", key="cases.screen-names")
def names_stand_anew(event: Event) -> None:
    """Screen a matter again when its names stand otherwise; each side of a pair has an event of its own.

    There is a case to find: opening one holds the matter's row until it commits (ADR 20).
    """
    for case in Case.objects.select_related("intake__office", "office").filter(
        matter_id=str(event.matter_id)
    ):
        actions.rescreen_case(case, by="system:rescreen", at=timezone.now(), why=Why.NAMES)


@on("accounts.office_changed", key="cases.own-figures")
def own_figures_changed(event: Event) -> None:
    """Go through an office's open cases once it changed a figure of the rules."""
    if not set(OWN_FIGURES).isdisjoint(event.data["fields"]):
        actions.note_changed_rules(at=timezone.now())


@on("conflicts.a_number_noted", key="cases.note-same-number")
def note_same_number(event: Event) -> None:
    """Look for other matters with an A-Number that was noted; a new case does so as it is opened."""
    for case in Case.objects.filter(matter_id=str(event.matter_id)):
        actions.note_same_person(case, by="system:same-number", at=timezone.now())


@on("accounts.user_disabled", key="cases.revoke-access-of-disabled")
def revoke_access_of_disabled(event: Event) -> None:
    """Take back every right to read a case from someone who was shut out."""
    for grant in CaseAccess.objects.filter(user_id=event.subject_id, revoked_at=None):
        actions.revoke_access(grant.case_id, user_id=grant.user_id, reason=grant.reason)


@on("accounts.user_disabled", key="cases.hand-over-of-disabled")
@on("accounts.handed_over", key="cases.hand-over")
def hand_over(event: Event) -> None:
    """Give the cases of somebody who goes to whom it was said, or to every caseworker's eyes."""
    to = (event.data.get("to") or {}).get(CASES)
    hand_cases_over(int(event.subject_id), to=to, by="system:hand-over", at=event.at)


@on("cases.filing_recorded", key="cases.rescreen-for-receipt")
@on("cases.filing_returned", key="cases.rescreen-for-return")
@on("cases.filing_removed", key="cases.rescreen-for-removal")
@on("cases.facts_changed", key="cases.rescreen-for-facts")
def rescreen_for_facts(event: Event) -> None:
    """Screen a case again after someone wrote down what it learned, or a receipt."""
    if case := _case(pk=event.subject_id):
        actions.rescreen_case(case, by="system:rescreen", at=timezone.now(), why=Why.FACTS)


@on("cases.band_raised", key="cases.tell-of-band")
def tell_of_band(event: Event) -> None:
    """Tell the caseworkers that a case became more urgent."""
    if case := _case(pk=event.subject_id):
        _tell(case, "band_raised", event)


@on("cases.dates_recounted", key="cases.tell-of-dates")
def tell_of_dates(event: Event) -> None:
    """Tell the caseworkers, and whoever holds the matter, that dates are new, moved or gone."""
    if case := _case(pk=event.subject_id):
        _tell(case, "dates_moved", event, *holders_of(case))


@on("conflicts.fenced", key="cases.second-look-at-fence")
@on("conflicts.fence_lifted", key="cases.second-look-at-lifting")
def have_fence_seen(event: Event) -> None:
    """Have a second person look at a ring-fence that was put up or lifted; it holds meanwhile."""
    case = _case(matter_id=str(event.matter_id))
    actor = User.objects.filter(pk=event.actor.removeprefix("user:")).first() if case else None
    if case and actor:
        step = Step.FENCED if event.name == "conflicts.fenced" else Step.UNFENCED
        note_done(case, step, details={"user": event.data["user"]}, by=actor, at=event.at)


@on("cases.second_asked", key="cases.tell-second-people")
@on("cases.look_asked", key="cases.tell-of-second-look")
def tell_second_people(event: Event) -> None:
    """Tell those who can be the second person that a step waits, or that one was taken."""
    look = SecondLook.objects.select_related("case__office").filter(pk=event.data["look"]).first()
    if look and look.decided_at is None:
        kind = "second_needed" if look.waits else "look_needed"
        tell_seconds(look.case, asked_by=look.asked_by_id, kind=kind, at=event.at)


@on("cases.closing_asked", key="cases.tell-closers")
def tell_closers(event: Event) -> None:
    """Tell those who can be the second person that somebody asks to close a case."""
    closing = asked_closing(case) if (case := _case(pk=event.subject_id)) else None
    if closing:
        tell_closing(closing, kind="second_needed", at=event.at)


@on("cases.second_decided", key="cases.tell-who-asked")
def tell_who_asked(event: Event) -> None:
    """Tell whoever asked for a step that a second person has decided."""
    case = _case(pk=event.subject_id)
    asker = User.objects.filter(pk=event.data["asked_by"], is_active=True).first()
    if case and asker and event.data["decision"] in (Decision.DONE, Decision.REFUSED):
        actions.tell_of(case, kind="second_decided", people=[asker], actor=event.actor, at=event.at)


@on("intake.urgent_left", key="cases.tell-of-urgent-form")
def tell_of_urgent_form(event: Event) -> None:
    """Tell the caseworkers that somebody in need of quick help left a form unfinished."""
    intake = Intake.objects.select_related("office").filter(pk=event.subject_id).first()
    for user in caseworkers_of(intake.office) if intake else ():
        link = reverse("workspace:unfinished", args=[event.subject_id])
        notify_user(user, kind="urgent_left", link=link, at=timezone.now())


@on("intake.answer_replaced", key="cases.rescreen-for-answer")
def rescreen_for_answer(event: Event) -> None:
    """Screen a case again when its person changed an answer, and tell the caseworkers."""
    case = _case(intake_id=event.subject_id)
    if case is None:
        return  # not opened yet: it will be read with the new answer
    actions.rescreen_case(case, by="system:rescreen", at=timezone.now(), why=Why.ANSWERS)
    _tell(case, "answer_changed", event)


@on("intake.urgent_told", key="cases.tell-of-urgent-answer")
def tell_of_urgent_answer(event: Event) -> None:
    """Tell the caseworkers that somebody whose form was sent told something that cannot wait."""
    if case := _case(intake_id=event.subject_id):
        _tell(case, "urgent_told", event)


@on("intake.asked", key="cases.tell-of-wish")
def tell_of_wish(event: Event) -> None:
    """Tell the caseworkers that somebody with a receipt asks for something."""
    if case := _case(intake_id=event.subject_id):
        _look_ahead(case)
        is_unsafe = event.data.get("kind") == Wish.Kind.UNSAFE
        _tell(case, "way_not_safe" if is_unsafe else "person_asks", event)


@on("intake.wish_taken_back", key="cases.tell-of-wish-taken-back")
def tell_of_wish_taken_back(event: Event) -> None:
    """Tell the caseworkers that somebody with a receipt wants no longer what they asked for."""
    if case := _case(matter_id=str(event.matter_id)):
        _look_ahead(case)
        if event.data.get("kind") == Wish.Kind.DELETE:
            let_go(case, Step.DELETE, at=event.at)
        _tell(case, "wish_taken_back", event)


@on("intake.papers_sent", key="cases.tell-of-papers")
def tell_of_papers(event: Event) -> None:
    """Tell the caseworkers that somebody whose form was sent sent papers."""
    if case := _case(intake_id=event.subject_id):
        _tell(case, "papers_sent", event)


@on("intake.paper_answered", key="cases.tell-of-paper-answer")
def tell_of_paper_answer(event: Event) -> None:
    """Tell the caseworkers, and whoever holds the matter, that an answer about papers waits for a look."""
    if case := _case(matter_id=str(event.matter_id)):
        _tell(case, "paper_answered", event, *holders_of(case))


@on("cases.papers_added", key="cases.tell-of-added-papers")
def tell_of_added_papers(event: Event) -> None:
    """Tell the caseworkers, and whoever holds the matter, that a colleague added papers."""
    if case := _case(pk=event.subject_id):
        _tell(case, "papers_added", event, *holders_of(case))


@on("files.taken_back", key="cases.tell-of-file-taken-back")
def tell_of_file_taken_back(event: Event) -> None:
    """Tell the caseworkers that somebody took a file back: it may not have been the person."""
    if case := _case(matter_id=str(event.matter_id)):
        _tell(case, "wish_taken_back", event)


@on("cases.triaged", key="cases.show-triaged")
@on("cases.seeking_counsel", key="cases.show-seeking")
@on("cases.back_in_triage", key="cases.show-back-in-triage")
@on("cases.represented", key="cases.show-represented")
@on("cases.counsel_withdrew", key="cases.show-given-back")
@on("cases.referred_out", key="cases.show-referred-out")
@on("cases.declined", key="cases.show-declined")
@on("cases.withdrawn", key="cases.show-withdrawn")
@on("cases.closed", key="cases.show-closed")
@on("cases.reopened", key="cases.show-reopened")
@on("cases.ending_told", key="cases.show-told")
def show_progress(event: Event) -> None:
    """Let the return page say how far the case is by now."""
    if case := _case(pk=event.subject_id):
        actions.show_progress(case, by="system:progress", at=event.at)


@on("intake.request_decided", key="cases.next-after-wish")
@on("intake.papers_asked", key="cases.next-after-asking")
@on("intake.question_asked", key="cases.next-after-question")
@on("intake.question_answered", key="cases.next-after-answer-to-question")
@on("intake.question_dropped", key="cases.next-after-dropping-question")
@on("intake.paper_answered", key="cases.next-after-answer")
@on("intake.paper_asked_again", key="cases.next-after-asking-again")
@on("intake.paper_accepted", key="cases.next-after-accepting")
@on("intake.paper_not_needed", key="cases.next-after-dropping")
@on("intake.paper_cannot_be_had", key="cases.next-after-giving-up")
def work_out_next(event: Event) -> None:
    """Work out what is next for a case whose person was asked for something, or answered."""
    if case := _case(matter_id=str(event.matter_id)):
        _look_ahead(case)


def _look_ahead(case: Case) -> None:
    if case.is_open:
        look_ahead(case, at=timezone.now())


@on("notifications.message_suppressed", key="cases.note-not-told")
def note_not_reached(event: Event) -> None:
    """Note on a case that its person could not be told; what goes to a colleague is of no case's matter."""
    case = _case(matter_id=str(event.matter_id))
    # Of what is over nobody has to be told, nor of what their page says.
    if case and event.data["reason"] not in (Reason.LATE, Reason.COURTESY):
        actions.note_not_reached(case, reason=event.data["reason"], by="system:mail", at=timezone.now())


@on("notifications.message_returned", key="cases.note-returned")
def note_returned(event: Event) -> None:
    """Note on a case that a message to its person did not arrive."""
    if case := _case(matter_id=str(event.matter_id)):
        actions.note_not_reached(case, reason=Reason.BOUNCED, by="system:mail", at=timezone.now())


@on("notifications.reply_received", key="cases.tell-of-reply")
def tell_of_reply(event: Event) -> None:
    """Tell the caseworkers that somebody wrote; that a way is not safe is their step for the same day."""
    case = _case(matter_id=str(event.matter_id))
    if case is None:
        if event.data["placed"] != Placed.YES:
            for user in caseworkers_of(Office.objects.get(pk=event.office_id or 0)):
                link = reverse("workspace:unplaced")
                notify_user(user, kind="reply_unplaced", link=link, at=timezone.now())
        return
    if event.data["asks"] == "unsafe" and case.is_open:
        note_wish(case.intake, kind=Wish.Kind.UNSAFE, at=event.at)
    _tell(case, "person_wrote", event)


@on("cases.deletion_confirmed", key="cases.delete-file")
def delete_matter(event: Event) -> None:
    """Erase the matter of someone who asked for it and was asked back."""
    if case := _case(pk=event.subject_id):
        wishes.delete_matter(case)


def _case(**which: Any) -> Case | None:
    """Return the case an event is about, or None once it is erased."""
    return Case.objects.select_related("caseworker", "office", "intake").filter(**which).first()


def _tell(case: Case, kind: str, event: Event, *others: User) -> None:
    """Tell the caseworkers of a case, and others, about what somebody else did."""
    people = [*caseworkers_for(case), *others]
    actions.tell_of(case, kind=kind, people=people, actor=event.actor, at=timezone.now())
