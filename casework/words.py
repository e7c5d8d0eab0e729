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
