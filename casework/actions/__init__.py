"""What happens to the day's work on a case, as one list; each file beside this one holds one subject."""

from casework.actions.appointments import (
    book_interpreter,
    end_appointment,
    make_appointment,
    move_appointment,
)
from casework.actions.ending import end_work, let_go_of
from casework.actions.hearings import end_hearing, note_hearing
from casework.actions.hours import change_hours, log_hours, strike_hours
from casework.actions.notes import write_note
from casework.actions.small import (
    Can,
    ask_small_task,
    finish_small_task,
    give_small_task_back,
    offer_late_again,
    take_small_task,
    withdraw_small_task,
)
from casework.actions.tasks import (
    add_task,
    add_unsent,
    add_usual,
    cancel_task,
    finish_task,
    give_task,
    reopen_task,
)
from casework.actions.tries import note_try, strike_try

__all__ = [
    "Can",
    "add_task",
    "add_unsent",
    "add_usual",
    "ask_small_task",
    "book_interpreter",
    "cancel_task",
    "change_hours",
    "end_appointment",
    "end_hearing",
    "end_work",
    "finish_small_task",
    "finish_task",
    "give_small_task_back",
    "give_task",
    "let_go_of",
    "log_hours",
    "make_appointment",
    "move_appointment",
    "note_hearing",
    "note_try",
    "offer_late_again",
    "reopen_task",
    "strike_hours",
    "strike_try",
    "take_small_task",
    "withdraw_small_task",
    "write_note",
]
