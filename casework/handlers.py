"""What the day's work does when a case ends or somebody goes."""

from cases.access import visible_to
from cases.closing import tries_are_counted_by
from cases.ending import before_end
from cases.models import Case
from casework.actions import add_unsent, end_work, let_go_of
from casework.actions.ending import count_tries
from casework.idling import weekly_lines
from casework.models import SmallTask
from casework.reminding import appointment_line, hearing_line
from foundation.accounts.models import User
from foundation.events.ledger import on
from foundation.events.models import Event
from notifications.actions import notify_user
from notifications.digests import add_weekly
from notifications.models import Reason
from notifications.particulars import add_particulars

# Reasons after which nobody goes after the person: they want an end, it is over, or stands on their page.
NOBODYS = (Reason.STOPPED, Reason.LATE, Reason.LEFT, Reason.NOT_THEIRS, Reason.COURTESY)
before_end(end_work)
add_particulars("hearing_soon", hearing_line)
add_particulars("appointment_soon", appointment_line)
tries_are_counted_by(count_tries)
add_weekly(weekly_lines)


@on("accounts.user_disabled", key="casework.let-go-of-disabled")
@on("accounts.handed_over", key="casework.let-go")
def let_go(event: Event) -> None:
    """Leave the tasks of somebody who goes to the caseworkers of their cases."""
    let_go_of(int(event.subject_id))


@on("notifications.message_returned", key="casework.task-for-returned")
@on("notifications.message_suppressed", key="casework.task-for-unsent")
def do_unsent(event: Event) -> None:
    """Give a person to do what a message could not; nothing where the person wants none or it is over."""
    case = Case.objects.select_related("caseworker", "office").filter(matter_id=str(event.matter_id)).first()
    if case and case.is_open and (reason := event.data.get("reason", "")) not in NOBODYS:
        add_unsent(case, reason=reason, by="system:unsent", at=event.at)


@on("notifications.message_plain", key="casework.task-for-plain")
def tell_the_day(event: Event) -> None:
    """Give a person to tell the day that a message was not allowed to say."""
    case = Case.objects.select_related("caseworker", "office").filter(matter_id=str(event.matter_id)).first()
    if case and case.is_open:
        add_unsent(case, reason="plain", by="system:unsent", at=event.at)


@on("casework.small_task_taken", key="casework.tell-taken")
@on("casework.small_task_given_back", key="casework.tell-given-back")
@on("casework.small_task_lapsed", key="casework.tell-lapsed")
@on("casework.small_task_done", key="casework.tell-done")
def tell_who_asked(event: Event) -> None:
    """Tell whoever asked for help what became of it."""
    one = SmallTask.objects.select_related("asked_by", "case").filter(pk=event.subject_id).first()
    if one and one.case.is_open:
        notify_user(one.asked_by, kind="small_task_moved", link=one.case.get_absolute_url(), at=event.at)


@on("casework.mentioned", key="casework.tell-mentioned")
def tell_mentioned(event: Event) -> None:
    """Tell whom a note mentions, as far as they still see the case."""
    case = Case.objects.filter(pk=event.subject_id).first()
    if case is None:
        return
    for one in User.objects.filter(pk__in=event.data["people"], is_active=True):
        if visible_to(one).filter(pk=case.pk).exists():
            notify_user(one, kind="mentioned", link=case.get_absolute_url(), at=event.at)
