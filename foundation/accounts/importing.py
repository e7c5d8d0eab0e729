"""Staff bring a list as a table: the page shows what would come of it, and one press on that does it."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.http import HttpResponse
from django.shortcuts import redirect

from foundation.accounts.access import StaffRequest
from foundation.accounts.acting import act
from foundation.forms import posted
from foundation.sheets import BadLine, NotAList, SheetForm


class ReadSheet(Protocol):
    """A list as it was read: nothing of it comes in while any line is bad."""

    @property
    def bad(self) -> list[BadLine]: ...

    @property
    def may_come_in(self) -> bool: ...


Read = TypeVar("Read", bound=ReadSheet)


def import_sheet(
    request: StaffRequest,
    *,
    read: Callable[[str], Read],
    take_in: Callable[[Read], Callable[..., Any]],
    done: Callable[[Read], str],
    show: Callable[..., HttpResponse],
    back: str,
) -> HttpResponse:
    """Show what a list would do; the second press, on what is shown, does it.

    `read` reads its text and may raise NotAList; `take_in` returns the action that brings in what was read,
    and `done` what is said of it. `show(request, form, status=, text=, read=)` renders the page that `back`
    names.
    """
    form = SheetForm(posted(request), request.FILES or None)
    if not form.is_bound:
        return show(request, form)
    if not form.is_valid():
        return show(request, form, status=422)
    try:
        text = form.sheet()
        found = read(text)
    except NotAList as refused:
        form.add_error(None, str(refused))
        return show(request, form, status=422)
    if request.POST.get("press") != "import" or not found.may_come_in:
        return show(request, form, text=text, read=found, status=422 if found.bad else 200)
    acted = act(request, take_in(found), done=done(found))
    if acted.is_done:
        return redirect(back)
    return show(request, form, text=text, read=found, status=acted.status)
