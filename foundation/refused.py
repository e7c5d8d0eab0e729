"""The one kind of expected failure: something the person may not or cannot do now."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action was refused for a reason fit to show.

    Subclasses live beside the action that raises them. `message` is translated; `status` is the HTTP
    status of the answer (422 unless the subclass says otherwise), `seconds` after how long it may be tried
    again, where that helps.
    """

    status, seconds = 422, 0
    message: Any = _("That cannot be done.")

    def __init__(self, message: Any = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Busy(Refused):
    """More people came at once than the machine can serve; nothing was changed."""

    status, seconds = 503, 15
    message = _("Many people are here at once. Please go back and try again in a minute.")


class Forbidden(Refused):
    """The person may see the thing but not do this to it."""

    status = 403
    message = _("You may not do this.")
