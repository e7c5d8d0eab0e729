"""Codes for people: why work is stuck, and why a person gave it up."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.work.line import DIED


class Why(models.TextChoices):
    """Why someone gave up a piece of work: a code, since it stands in the ledger for good."""

    DONE = "done", _("It was done another way")
    NOT_NEEDED = "not_needed", _("It is no longer needed")
    CANNOT = "cannot", _("It cannot be done")


AWAY = _("The other side did not answer.")
KEY = _("A sealed value could not be opened.")
ERRORS: dict[str, Any] = {
    DIED: _("The worker ended in the middle of it."),
    **dict.fromkeys(
        [
            "ConnectionRefusedError",
            "ConnectionResetError",
            "ConnectionError",
            "TimeoutError",
            "gaierror",
            "SMTPServerDisconnected",
            "SMTPConnectError",
        ],
        AWAY,
    ),
    "SMTPRecipientsRefused": _("The mail server does not take mail for this address."),
    "SMTPAuthenticationError": _("The mail server does not let us in."),
    "GatewayRefused": _("The text gateway does not take what we send."),
    "OperationalError": _("The database was busy or away."),
    "FileNotFoundError": _("A file that is needed is not there."),
    "CannotWork": _("The place where files are rebuilt could not be started."),
    **dict.fromkeys(["VaultError", "NoKey"], KEY),
}
OTHER = _("Something in the program failed.")


TO_DO: dict[str, Any] = {
    **dict.fromkeys(
        [code for code, words in ERRORS.items() if words is AWAY],
        _("See that the mail server or the gateway is up and answers, then try again."),
    ),
    **dict.fromkeys(["VaultError", "NoKey"], _("A key is missing: see docs/keys.md before you try again.")),
    "SMTPAuthenticationError": _("Correct the log-in at the mail server, then try again."),
    "GatewayRefused": _("See what the gateway's own log says: account, key, sender. Then try again."),
    "SMTPRecipientsRefused": _("Correct the address of this person, then try again, or give it up."),
    "OperationalError": _("Try again: the database answers by now."),
    DIED: _("Try again once. If it is stuck again, tell whoever runs the installation."),
}
ELSE = _(
    "Try again once. If it is stuck again, give it up, do it by hand, and tell whoever runs the program."
)


def to_do_words(code: str) -> str:
    """Return what a person can do about it."""
    return str(TO_DO.get(code, ELSE))


def error_words(code: str) -> str:
    """Return what went wrong, for a person; a code without words of its own is the program's failure."""
    return str(ERRORS.get(code, OTHER))
