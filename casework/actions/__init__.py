"""What happens to the day's work on a case, as one list; each file beside this one holds one subject."""

from casework.actions.appointments import (
    book_interpreter,
    end_appointment,
    make_appointment,
    move_appointment,
)
from casework.actions.ending import end_work, let_go_of
from casework.actions.hearings import end_hearing, note_hearing
from casework.actions.notes import write_note
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
    "add_task",
    "add_unsent",
    "add_usual",
    "book_interpreter",
    "cancel_task",
    "end_appointment",
    "end_hearing",
    "end_work",
    "finish_task",
    "give_task",
    "let_go_of",
    "make_appointment",
    "move_appointment",
    "note_hearing",
    "note_try",
    "reopen_task",
    "strike_try",
    "write_note",
]
