"""The one kind of expected failure: something the person may not or cannot do now."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action was refused for a reason fit to show.

    Subclasses live beside the action that raises them. `message` is translated; `status` is the HTTP
    status of the answer (422 unless the subclass says otherwise).
    """

    status = 422
    message: Any = _("That cannot be done.")

    def __init__(self, message: Any = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Forbidden(Refused):
    """The person may see the thing but not do this to it."""

    status = 403
    message = _("You may not do this.")
