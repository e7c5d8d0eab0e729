"""What happens to the day's work on a case: this app's events and their words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "casework.task_added": _("A task was added"),
    "casework.task_done": _("A task was done"),
    "casework.task_undone": _("A task is open again"),
    "casework.task_cancelled": _("A task was cancelled"),
    "casework.task_given": _("A task was given to somebody else"),
    "casework.try_noted": _("A try to reach somebody was written down"),
    "casework.try_struck": _("A try was struck out as a mistake"),
    "casework.appointment_made": _("An appointment was made"),
    "casework.appointment_ended": _("What became of an appointment was written down"),
    "casework.appointment_moved": _("An appointment was moved"),
    "casework.interpreter_booked": _("An interpreter was booked"),
    "casework.hearing_noted": _("A hearing was written down"),
    "casework.hearing_confirmed": _("A hearing was confirmed"),
    "casework.hearing_ended": _("What came of a hearing was written down"),
    "casework.small_task_asked": _("Help was asked for with a small task"),
    "casework.small_task_taken": _("Somebody took a small task"),
    "casework.small_task_given_back": _("A small task was given back"),
    "casework.small_task_lapsed": _("A small task was not done in its time, and waits again"),
    "casework.small_task_done": _("A small task was done"),
    "casework.small_task_withdrawn": _("A small task is not needed any more"),
    "casework.hours_logged": _("Hours were logged"),
    "casework.hours_changed": _("Logged hours were changed"),
    "casework.hours_struck": _("Logged hours were struck out"),
    "casework.mentioned": _("A note mentioned a colleague"),
}
