"""Why an exhibit cannot be bound, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.files.words import reason_words

REASONS: dict[str, Any] = {
    "redaction_not_found": _("Words that are to be taken out do not stand in its text: mark a box instead."),
    "redaction_page": _("A box is on a page that it does not have."),
    "redaction_failed": _("Something was left under a box, so nothing was bound."),
    "no_such_page": _("A page was chosen that it does not have."),
    "gone": _("Its file is not there any more."),
    "no_packet": _("This is no volume of a packet."),
    "pages_missing": _("It has not as many pages as it says."),
    "given_up": _("The building was given up."),
}


def why(reason: str) -> str:
    """Return why an exhibit cannot be bound, or a file is no packet."""
    return str(REASONS[reason]) if reason in REASONS else str(reason_words(reason))
