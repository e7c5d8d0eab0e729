"""What follows when an answer was replaced, something stands on the return page, a file was taken back."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse

from foundation.accounts.models import Membership, Role
from foundation.events.ledger import on
from foundation.events.models import Event
from foundation.files.models import Upload
from foundation.files.uploads import erase_upload
from intake.answering import IDENTITY, follow_answers
from intake.asked import tell_of_papers
from intake.models import ENDED, AskedPaper, AskedStatus, Intake, Posting, Status, Step
from intake.questionnaire.earlier import page_of
from notifications.actions import notify_applicant, notify_user
from notifications.kinds import POSTED
from notifications.models import Message, Reach
from notifications.queries import reach_of

ONE_DAY = timedelta(days=1)
# The steps of which the person hears; of an ending once a person told them. That a lawyer has it is told as
# news of its own (cases.represented): not twice.
TOLD_STEPS = {Step.READING: "went_on", **dict.fromkeys(ENDED, "ended")}
HEARS_OF_SHORTAGE = [Role.ADMINISTRATOR, Role.CASEWORKER]


@on("intake.answer_replaced", key="intake.follow-answers")
def follow_answer(event: Event) -> None:
    """Carry a name, a birth date or a citizenship that was changed to the person's own row."""
    if page_of(event.data["page"]) in IDENTITY:
        intake = Intake.objects.select_related("office").filter(pk=event.subject_id).first()
        if intake:  # it may have been erased since
            follow_answers(intake)


@on("intake.submitted", key="intake.tell-received")
def tell_received(event: Event) -> None:
    """Tell the person that their form arrived; in a burst nobody is written to.

    Forms are anybody's to send, to any number or address: one of them is written to once a day.
    """
    intake = _intake(event)
    if intake and intake.applicant and not intake.in_burst and not _was_told(intake, at=event.at):
        _tell(intake, "received", event)


def _was_told(intake: Intake, *, at: datetime) -> bool:
    """Tell whether the number or address of a form had a message of another form within a day."""
    reach = reach_of(intake.matter_id)
    indexes = {name: getattr(reach, name, None) for name in ("phone_index", "email_index")}
    same = [Q(**{name: value}) for name, value in indexes.items() if value]
    if not same:
        return False
    others = Reach.objects.filter(reduce(or_, same)).exclude(matter_id=intake.matter_id).values("matter_id")
    told = Message.objects.filter(matter_id__in=others, kind="received", queued_at__gt=at - ONE_DAY)
    return told.exists()


@on("intake.progress_noted", key="intake.tell-of-progress")
def tell_of_progress(event: Event) -> None:
    """Tell the person that their matter went on, or that what a person told them stands on their page."""
    kind = TOLD_STEPS.get(event.data["step"])
    if kind and (intake := _intake(event)) and intake.applicant:
        _tell(intake, kind, event)


def _intake(event: Event) -> Intake | None:
    return Intake.objects.select_related("applicant", "office").filter(pk=event.subject_id).first()


def _tell(intake: Intake, kind: str, event: Event) -> None:
    if person := intake.applicant:
        notify_applicant(person.pk, matter=intake.matter, kind=kind, language=person.language, at=event.at)


@on("intake.posted", key="intake.tell-of-posting")
def tell_of_posting(event: Event) -> None:
    """Tell the person, in the way that is safe, that words wait for them; the words themselves stay here."""
    posting = Posting.objects.select_related("intake__applicant").filter(pk=event.subject_id).first()
    if posting and (person := posting.intake.applicant):
        notify_applicant(person.pk, matter=posting.matter, kind=POSTED, language=person.language, at=event.at)


@on("intake.papers_asked", key="intake.tell-of-asked-papers")
@on("intake.paper_asked_again", key="intake.tell-of-asked-again")
@on("intake.spoken_alone", key="intake.tell-of-asked-once-alone")
def tell_of_asked(event: Event) -> None:
    """Tell the person that we ask for something, where their return page shows what."""
    matter = {"matter_id": str(event.matter_id)}
    wanted = AskedPaper.objects.filter(**matter, status=AskedStatus.ASKED, on_page=True)
    intake = Intake.objects.select_related("applicant").filter(**matter).first()
    if intake and event.data.get("on_page", 1) and wanted.exists():
        tell_of_papers(intake, at=event.at)


@on("intake.room_short", key="intake.tell-of-shortage")
def tell_office_of_shortage(event: Event) -> None:
    """Tell the administrators and caseworkers, before it is full, that very much comes in."""
    members = Membership.objects.filter(office_id=event.office_id or 0, user__is_active=True)
    for member in members.filter(roles__overlap=HEARS_OF_SHORTAGE).select_related("user"):
        notify_user(member.user, kind="room_short", link=reverse("workspace:bursts"), at=event.at)


@on("files.taken_back", key="intake.erase-taken-back")
def erase_taken_back(event: Event) -> None:
    """Erase a file that was taken back where it was sent, before the form was; later it stays for staff."""
    upload = Upload.objects.select_related("original", "rebuilt").filter(pk=event.subject_id).first()
    if upload is None or event.data.get("by_receipt", True):
        return
    if Intake.objects.filter(matter_id=str(event.matter_id), status=Status.DRAFT).exists():
        erase_upload(upload, by="system:taken-back")
