"""The form itself, one page at a time: answered, skipped, stopped, checked, handed in."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.access import public
from foundation.database.principal import applicant, become
from foundation.files.receiving import receives_files
from intake import actions
from intake.closing import SHARED
from intake.door import answer, check, take_documents
from intake.form_map import map_of
from intake.models import Intake
from intake.progress import call_after
from intake.promises import promise, promise_look
from intake.queries import as_uuid
from intake.questionnaire.path import BY_NUMBER, FIRST, REVIEW, WHO_FILLS
from intake.questionnaire.reading import shown_amount
from intake.receipts import grouped
from intake.told import printed_figures
from intake.views import (
    IN_REST,
    READ_BY,
    RECEIPT,
    before_consent,
    close_soon,
    lost,
    open_session,
    public_door,
    sheet_of,
    this_office,
)
from intake.what_to_do import what_to_do


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
    if page is REVIEW:
        return redirect("intake:review")
    sheet = sheet_of(request, purpose="own form") if page.key in WHO_FILLS or not page.is_first else None
    if page.is_first and (sheet is None or page not in sheet.before):
        return before_consent(request, page)
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
def show_map(request: HttpRequest) -> HttpResponse:
    """Show the map: the sections of the form, what is done of each, about how long the rest takes."""
    sheet = sheet_of(request, purpose="own form")
    if sheet is None:
        return lost(request)
    if sheet.is_sent:
        return redirect("intake:mine")
    door = public_door(request)
    context = {
        "sheet": sheet,
        "office": sheet.intake.office,
        "form_map": map_of(sheet, page_url=door.page_url),
        "place": door.next(sheet),
        "door": door,
    }
    return render(request, "intake/map.html", context)


@public
@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Say whom the program is first for, in the same words to everyone, and that a person decides (ADR 5)."""
    sheet = sheet_of(request, purpose="own form")
    if sheet is None:
        return lost(request)
    context = {
        "office": sheet.intake.office,
        "place": public_door(request).next(sheet),
        "figures": [
            shown_amount(str(dollars)) for dollars in printed_figures(sheet.on, sheet.saved.figures) or ()
        ],
    }
    return render(request, "intake/first.html", context)


@public
@require_POST
def short(request: HttpRequest) -> HttpResponse:
    """Send what is urgent first, without the rest; or, pressed again, all of it in one."""
    sheet = sheet_of(request, purpose="own form")
    if sheet is None or sheet.is_sent:
        return lost(request)
    is_short = request.POST.get("press") != "all" and sheet.told.cannot_wait
    actions.send_short(sheet.intake, is_short=is_short, at=timezone.now())
    return redirect("intake:start")


@public
@require_safe
def talk(request: HttpRequest) -> HttpResponse:
    """Show whom to call at once; the form stays open."""
    sheet = sheet_of(request, purpose="own form")
    if sheet is None:
        return lost(request)
    context = {
        "office": sheet.intake.office,
        "sheet": sheet,
        "to_do": [] if sheet.by_receipt else what_to_do(sheet.told),
        "place": public_door(request).next(sheet),
    }
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
        "is_short": _sent_short(numbers) is not None,
        **_next(numbers.get(READ_BY)),
    }
    return render(request, "intake/receipt.html", context)


def _next(kept: str | None) -> dict[str, Any]:
    """Return what a page needs that says what happens next; `kept` is the promised day out of a session."""
    day = parse_date(kept or "")
    return {"promise_look": promise_look(day), "call_after": call_after(day), "office": this_office()}


def _sent_short(numbers: dict[str, Any]) -> Intake | None:
    """Return what was just sent, of which the rest is still to come; None where all of it was sent."""
    key = as_uuid(numbers.get("matter"))
    if key is None:
        return None
    become(applicant(key))
    return Intake.objects.filter(matter_id=key, is_short=True).first()


def _put_away(request: HttpRequest, *, sent: bool) -> HttpResponse:
    """Forget the numbers; an unfinished form may go on, on a device that is the person's own or not."""
    if sent and request.POST.get("press") == "rest":
        return _add_the_rest(request)
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


def _add_the_rest(request: HttpRequest) -> HttpResponse:
    """Go on, as with the receipt just read, to the questions that were left out."""
    intake = _sent_short(request.session[RECEIPT])
    if intake is None:
        return redirect("intake:return")
    open_session(request, intake, shared=True, by_receipt=True)
    return redirect("intake:rest")


@public
@require_safe
def rest(request: HttpRequest) -> HttpResponse:
    """Lead through the questions that were left out when the urgent part was sent."""
    sheet = sheet_of(request, purpose="come back")
    if sheet is None or not (sheet.is_sent and sheet.intake.is_short):
        return lost(request)
    request.session[IN_REST] = True
    return HttpResponseRedirect(public_door(request).next(sheet))


@public
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say what comes next once the receipt has been put away."""
    return render(request, "intake/thanks.html", _next(request.session.get(READ_BY)))
