"""Tries of passwords, codes and passkeys: slowed for strangers, apart for whoever holds the account.

Apart are a session that is open, a browser the account was signed in with before (devices.py), and passkeys.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import limits, slowing
from foundation.accounts.devices import tries_of
from foundation.accounts.models import User
from foundation.database.principal import Principal, acting_as
from foundation.events.ledger import record


class TooMany(forms.ValidationError):
    """The next try has to wait: `seconds` says for how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{_('Somebody tried this too often.')} {wait_words(seconds)}", code="too_many")
        self.seconds = seconds


def wait_words(seconds: int) -> str:
    """Return the sentence that says for how long to wait, in seconds or in whole minutes."""
    if seconds < 120:
        return ngettext("Try again in %d second.", "Try again in %d seconds.", seconds) % seconds
    minutes = -(-seconds // 60)
    return ngettext("Try again in %d minute.", "Try again in %d minutes.", minutes) % minutes


class Tries:
    """The tries of one account by one request. `way`: "password", "code" or "passkey"."""

    def __init__(self, request: HttpRequest, *, user: User | None, way: str, email: str = "") -> None:
        self.name = "sign-in" if way == "password" else "second-factor"
        self.user, self.way = user, way
        self.key = f"{way}:{user.email if user else email}:{_apart(request, user)}"

    def check(self) -> None:
        """Count one try. Raises TooMany where it has to wait."""
        if wait := slowing.next_try_in(self.name, self.key):
            raise TooMany(wait)

    def failed(self, *, at: datetime) -> None:
        """Tell the holder, once a day, when the tries that are free are used up."""
        first = slowing.is_first_wait(self.name, self.key)
        if self.user and first and limits.allows("told-of-tries", self.user.pk):
            stranger = Principal("gate", "anonymous", office_id=self.user.office_id)
            with acting_as(stranger):
                record("accounts.tries_slowed", self.user, by="anonymous", at=at, data={"way": self.way})

    def passed(self) -> None:
        """Forgive what was wrong before."""
        limits.forget(self.name, self.key)


def _apart(request: HttpRequest, user: User | None) -> str:
    """Return what sets a request's tries apart from a stranger's: the open session, or the known browser."""
    row = getattr(request.session, "row", None)
    if user and row is not None and row.user_id == user.pk:
        return f"session:{row.pk}"
    return tries_of(request, user)


def seconds_of(form: Any) -> int:
    """Return for how long a form that was refused has to wait; 0 where that is not why."""
    waits = (
        error.seconds
        for errors in form.errors.as_data().values()
        for error in errors
        if isinstance(error, TooMany)
    )
    return max(waits, default=0)
