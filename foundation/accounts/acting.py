"""Run one action for the person who sent a form or pressed a button: the same on every page of the staff."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.utils import timezone

from foundation.accounts.access import StaffRequest
from foundation.refused import Refused


@dataclass(frozen=True)
class Acted:
    """What came of it: what the action returned, or the HTTP status to show the page again with."""

    result: Any = None
    status: int = 0

    @property
    def is_done(self) -> bool:
        return not self.status


def act(
    request: StaffRequest,
    action: Callable[..., Any],
    *,
    form: forms.Form | None = None,
    done: str = "",
    field: str | None = None,
) -> Acted:
    """Run an action with a form's values and say that it is done, or say what was wrong.

    What was wrong is added to the form (to `field`, else to the whole), so that the page shown again holds
    what was typed; a button without a form gets a message. Never raises Refused.
    """
    if form is not None and not form.is_valid():
        return Acted(status=422)
    try:
        result = action(**(form.cleaned_data if form else {}), by=request.user, at=timezone.now())
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            form.add_error(field, str(refused))
        return Acted(status=refused.status)
    if done:
        messages.success(request, done)
    return Acted(result)
