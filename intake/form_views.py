"""The form itself, one page at a time: answered, skipped, stopped, checked, handed in."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from foundation.accounts.access import public
from foundation.files.receiving import receives_files
from intake import actions
from intake.closing import SHARED
from intake.door import answer, check, take_documents
from intake.progress import call_after
from intake.promises import promise, promise_look
from intake.questionnaire.path import BY_NUMBER, FIRST, REVIEW
from intake.receipts import grouped
from intake.views import (
    READ_BY,
    RECEIPT,
    before_consent,
    close_soon,
    lost,
    public_door,
    sheet_of,
    this_office,
)


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Go on where the form was left on this device, or begin with the first question."""
    sheet = sheet_of(request, purpose="go on")
    if sheet is None:
        return redirect("intake:page", FIRST[0].number)
    return HttpResponseRedirect(public_door(request).next(sheet))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def show_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show one page of the form, or save it and go on."""
    page = BY_NUMBER.get(number)
    if page is None:
        raise Http404
    if page.is_first:
        return before_consent(request, page)
    if page is REVIEW:
        return redirect("intake:review")
    sheet = sheet_of(request, purpose="own form")
    return answer(request, sheet, page, public_door(request)) if sheet else lost(request)


@receives_files
@public
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """Take photos and PDFs, several at once; nothing here needs a file."""
    sheet = sheet_of(request, purpose="own form")
    return take_documents(request, sheet, public_door(request)) if sheet else lost(request)


@public
@require_safe
def talk(request: HttpRequest) -> HttpResponse:
    """Show whom to call at once; the form stays open."""
    sheet = sheet_of(request, purpose="own form")
    if sheet is None:
        return lost(request)
    context = {"office": sheet.intake.office, "sheet": sheet, "place": public_door(request).next(sheet)}
    return render(request, "intake/talk.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """Let someone stop here: with a receipt to come back by, or with all they wrote deleted."""
    sheet = sheet_of(request, purpose="own form")
    if sheet is None:
        return lost(request)
    if request.method == "POST" and not sheet.by_receipt:
        if request.POST.get("press") == "delete":
            actions.discard_draft(sheet.intake, at=timezone.now())
            request.session.flush()
            return render(request, "intake/deleted.html")
        receipt = actions.give_receipt(sheet.intake, at=timezone.now())
        request.session[RECEIPT] = asdict(receipt)
        return redirect("intake:receipt")
    context = {
        "sheet": sheet,
        "has_receipt": bool(sheet.intake.locator),
        "expires_at": sheet.intake.expires_at,
        "place": public_door(request).next(sheet),
        "office": sheet.intake.office,
        "is_shared": bool(request.session.get(SHARED)),
    }
    return render(request, "intake/stop.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Show all answers, let the person change any, and take them in once."""
    sheet = sheet_of(request, purpose="own review")
    if sheet is None:
        return lost(request)
    if sheet.intake.submitted_at:
        return redirect("intake:mine")
    return check(request, sheet, public_door(request))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt until the person says they have it, then forget it."""
    numbers = request.session.get(RECEIPT)
    if not numbers:
        return redirect("intake:return")
    if request.method == "POST":
        return _put_away(request, sent=bool(numbers.get("sent")))
    context = {
        "locator": grouped(numbers.get("locator", "")),
        "secret": grouped(numbers.get("secret", "")),
        "is_sent": numbers.get("sent"),
        "words_sent": promise("sent"),
        **_next(numbers.get(READ_BY)),
    }
    return render(request, "intake/receipt.html", context)


def _next(kept: str | None) -> dict[str, Any]:
    """Return what a page needs that says what happens next; `kept` is the promised day out of a session."""
    day = parse_date(kept or "")
    return {"promise_look": promise_look(day), "call_after": call_after(day), "office": this_office()}


def _put_away(request: HttpRequest, *, sent: bool) -> HttpResponse:
    """Forget the numbers; an unfinished form may go on, on a device that is the person's own or not."""
    if sent or request.POST.get("press") == "stop":
        is_shared, day = bool(request.session.get(SHARED)), request.session[RECEIPT].get(READ_BY)
        request.session.flush()
        if is_shared or day:
            close_soon(request)
        if day:
            request.session[READ_BY] = day
        return redirect("intake:thanks" if sent else "landing")
    del request.session[RECEIPT]
    return redirect("intake:start")


@public
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say what comes next once the receipt has been put away."""
    return render(request, "intake/thanks.html", _next(request.session.get(READ_BY)))
