"""The day's work on a case of the demo office: tasks, tries to reach somebody, an appointment."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cases.models import Case
from casework import actions
from casework.models import Interpreter, Meeting, Result, Task, Way
from foundation.accounts.models import Office, User
from foundation.calendar import add_business_days


def work_on(case: Case, *, cora: User, at: datetime) -> None:
    """Plan what is usual, with one task done; note two tries with the next one; make an appointment."""
    by: dict[str, Any] = {"by": cora, "at": at}
    actions.add_usual(case, **by)
    actions.finish_task(Task.objects.select_related("case__office").get(case=case, code="read_form"), **by)
    words: dict[str, Any] = {"words": "Ask the shelter for a letter", "due_on": case.office.today(at)}
    actions.add_task(case, **words, owner=cora, **by)
    actions.note_try(case, way=Way.CALL, result=Result.NO_ANSWER, tried_at=at - timedelta(days=2), **by)
    office = case.office
    next_try = in_office_hours(office, at, days=1, hour=16)
    again: dict[str, Any] = {"tried_at": at - timedelta(days=1), "next_try_at": next_try}
    actions.note_try(case, way=Way.CALL, result=Result.OTHER_PERSON, note="Call after four.", **again, **by)
    begins = in_office_hours(office, at, days=2, hour=10)
    meeting: dict[str, Any] = {"meeting": Meeting.OFFICE, "starts_at": begins, "minutes": 90}
    actions.make_appointment(case, **meeting, interpreter=Interpreter.TO_BOOK, **by)


def in_office_hours(office: Office, at: datetime, *, days: int, hour: int) -> datetime:
    """Return so many business days later at an hour of the office's clock, whenever the demo is filled."""
    day = add_business_days(office.today(at), days)
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(office.time_zone))
