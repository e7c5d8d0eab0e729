"""The usual tasks in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

TASKS: dict[str, Any] = {
    "read_form": _("Read what they told us"),
    "call_person": _("Call the person at a safe time"),
    "book_interpreter": _("Book an interpreter"),
    "ask_papers": _("Ask for their papers"),
    "check_names": _("See that the names are clear"),
    "hearing_notice": _("Get the notice of hearing"),
    "check_eoir": _("Look the hearing up at the court"),
    "address_court": _("See that the court has their address"),
    "entry_papers": _("Get proof of the day they came"),
    "address_uscis": _("See that USCIS has their address"),
}
# What a person has to tell since no message does it (casework/handlers.py, idling.py), by the reason.
UNSENT: dict[str, Any] = {
    "by_call": _("Call the person at a safe time: something could not be written to them"),
    "through": _("Reach the person through somebody they trust: something could not be written to them"),
    "in_person": _("Have it ready for when they come: something could not be written to them"),
    "plain": _("Tell the person of a day that is near: the message could not say it"),
    "silence": _("Tell the person how it stands: they have heard nothing from us for weeks"),
    "otherwise": _("Tell the person another way: a message to them could not go"),
}
WORDS = TASKS | {f"unsent_{reason}": words for reason, words in UNSENT.items()}
