"""Run one action with a form's values: the same for every page that holds a form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.utils import timezone

from foundation.accounts.access import StaffRequest
from foundation.refused import Refused


def act(request: StaffRequest, form: Any, action: Callable[..., Any], done: str) -> int | None:
    """Run the action and say so, or put what was wrong into the form.

    Returns None when it is done, else the HTTP status to show the page again with.
    """
    if not form.is_valid():
        return 422
    try:
        action(**form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return refused.status
    messages.success(request, done)
    return None
