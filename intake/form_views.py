"""The form itself, one page at a time: answered, skipped, stopped, checked, handed in."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.accounts.access import public
from foundation.events.lifecycle import NotAllowed, Stale
from foundation.files.receiving import received_files, receives_files
from foundation.files.uploads import receive_files, refusals_of
from intake import actions, flow
from intake.flow import Page
from intake.forms import Family
from intake.promises import promise
from intake.review import review_of
from intake.sheet import Sheet
from intake.views import (
    BY_RECEIPT,
    FILE,
    RECEIPT,
    SHARED,
    before_consent,
    sheet_of,
    this_office,
)


@dataclass(frozen=True)
class Door:
    """Where a form is filled in: by the person themself, or by a caseworker on the telephone."""

    frame: str
    step: Callable[[int], str]
    review: str
    documents: str
    talk: str | None = None
    stop: str | None = None
    actor: Any = "applicant"


def public_door() -> Door:
    return Door(
        frame="public.html",
        step=lambda number: reverse("intake:step", args=[number]),
        review=reverse("intake:review"),
        documents=reverse("intake:documents"),
        talk=reverse("intake:talk"),
        stop=reverse("intake:stop"),
    )


def lost(request: HttpRequest) -> HttpResponse:
    """Send someone whose form is not open here to a page where they can go on."""
    if RECEIPT in request.session:
        return redirect("intake:receipt")
    messages.info(
        request, _("There is no open form on this device. You can start here, or use your receipt.")
    )
    return redirect("landing")


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Go on where the form was left on this device, or begin with the first question."""
    sheet = sheet_of(request, purpose="go on")
    return HttpResponseRedirect(_next(sheet, public_door())) if sheet else redirect("intake:step", 1)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Show one page of the form, or save it and go on."""
    page = flow.BY_NUMBER.get(number)
    if page is None:
        raise Http404
    if page.is_first:
        return before_consent(request, page)
    if number == flow.REVIEW:
        return redirect("intake:review")
    sheet = sheet_of(request, purpose="own form")
    return answer(request, sheet, page, public_door()) if sheet else lost(request)


def answer(request: HttpRequest, sheet: Sheet, page: Page, door: Door) -> HttpResponse:
    """Show one page of an open form, or keep what was sent and go on to the next."""
    if page.number == flow.DOCUMENTS:
        return redirect(door.documents)
    if page not in sheet.open_pages:
        return HttpResponseRedirect(door.review)
    rows = {"rows": _rows(request)} if page.form is Family else {}
    pressed = request.POST.get("press", "")
    if request.method != "POST":
        return _page(request, sheet, page, sheet.form(page, **rows), door)
    form = sheet.form(page, request.POST, **rows)
    if sheet.by_receipt and sheet.is_answered(page) and form.is_blank:
        return _gone_on(sheet, door)  # opened empty and sent empty: what stands is left as it is
    if pressed == "skip" and not form.needs_an_answer:
        return _saved(request, sheet, page, sheet.answers.get(page.key) or {}, door)
    if pressed == "skip-section" and page.number == flow.FIRST_IN["F"]:
        return _saved(request, sheet, page, {"harm_past": "", "skips_story": "yes"}, door)
    if pressed == "keep" and request.session.get(SHARED):
        return _closed(request, sheet, page, form)
    if not form.is_valid():
        return _page(request, sheet, page, form, door)
    response = _saved(request, sheet, page, form.cleaned_data, door)
    if pressed == "more":
        filled = len(form.cleaned_data.get("family_here", []))
        return HttpResponseRedirect(f"{door.step(page.number)}?rows={filled + 1}")
    return response


def _closed(request: HttpRequest, sheet: Sheet, page: Page, form: Any) -> HttpResponse:
    """Close a form on a shared phone that nobody pressed anything in, keeping what was typed."""
    if form.is_valid() and not form.is_blank:
        sheet.save(page, form.cleaned_data, at=timezone.now())
    request.session.flush()
    return render(request, "intake/closed.html")


def _rows(request: HttpRequest) -> int:
    rows = request.GET.get("rows", "")
    return int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 3 else 1


def _saved(request: HttpRequest, sheet: Sheet, page: Page, values: Any, door: Door) -> HttpResponse:
    """Keep an answer and go on."""
    is_urgent = sheet.save(page, values, at=timezone.now())
    if sheet.is_sent:
        messages.success(request, _("We have your new answer."))
    elif is_urgent and door.talk:
        return HttpResponseRedirect(door.talk)
    return _gone_on(sheet, door)


def _gone_on(sheet: Sheet, door: Door) -> HttpResponse:
    """Go where the next answer is wanted; what was sent wants none."""
    return redirect("intake:mine") if sheet.is_sent else HttpResponseRedirect(_next(sheet, door))


def _next(sheet: Sheet, door: Door) -> str:
    """Return the address of the first page without its answer, or of the review."""
    page = sheet.first_unanswered
    return door.step(page.number) if page else door.review


def _about(request: HttpRequest, sheet: Sheet, page: Page, door: Door) -> dict[str, Any]:
    """Return what every page of questions shows: its words, and where it stands."""
    return {
        **_common(request, sheet, door),
        **_place(sheet, page, door),
        "page": page,
        "heading": page.words(helper=sheet.helper),
        "hint": page.hint_words(helper=sheet.helper),
    }


def _place(sheet: Sheet, page: Page, door: Door) -> dict[str, Any]:
    """Return where a page stands among the others; what was sent has no such order any more."""
    if sheet.is_sent:
        return {"previous": reverse("intake:change")}
    previous = flow.previous_page(page, sheet.pages)
    return {
        "current": sheet.pages.index(page) + 1,
        "total": len(sheet.pages) + 1,
        "previous": door.step(previous.number) if previous else reverse("landing"),
    }


def _page(request: HttpRequest, sheet: Sheet, page: Page, form: Any, door: Door) -> HttpResponse:
    context = {
        **_about(request, sheet, page, door),
        "form": form,
        "was_answered": sheet.by_receipt and not sheet.is_sent and sheet.is_answered(page),
        "may_skip": not form.needs_an_answer,
        "may_skip_section": page.number == flow.FIRST_IN["F"],
        "may_add": page.form is Family and form.count < Family.MOST,
        "asks_alone": sheet.helper and page.number in (flow.FIRST_IN["C"], flow.FIRST_IN["G"]),
    }
    return render(request, "intake/step.html", context, status=422 if form.is_bound else 200)


def _common(request: HttpRequest, sheet: Sheet, door: Door) -> dict[str, Any]:
    return {
        "frame": door.frame,
        "door": door,
        "sheet": sheet,
        "closes_after": settings.SHARED_MINUTES if request.session.get(SHARED) else None,
        "office": sheet.intake.office,
    }


@receives_files
@public
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """Take photos and PDFs, several at once; nothing here needs a file."""
    sheet = sheet_of(request, purpose="own form")
    return take_documents(request, sheet, public_door()) if sheet else lost(request)


def take_documents(request: HttpRequest, sheet: Sheet, door: Door) -> HttpResponse:
    """Show the page for files, keep those sent and say what became of each, or go on without."""
    page, intake, now = flow.BY_NUMBER[flow.DOCUMENTS], sheet.intake, timezone.now()
    outcomes = []
    if request.method == "POST":
        files = received_files(request, "files")
        if request.POST.get("press") != "send" or not files:
            if not sheet.is_answered(page):
                sheet.save(page, {}, at=now)
            return HttpResponseRedirect(_next(sheet, door))
        actions.check_open(intake, at=now)  # before anything of them is kept
        outcomes = receive_files(files, file=intake.file, by=door.actor, at=now, on=sheet.on)
        taken = sum(1 for outcome in outcomes if outcome.upload)
        before = int(sheet.answers.get(page.key, {}).get("documents") or 0)
        if taken:
            sheet.save(page, {"documents": before + taken}, at=now)
    context = {
        **_about(request, sheet, page, door),
        "outcomes": outcomes,
        "refusals": refusals_of(intake.file_id),
        "sent": sheet.answers.get(page.key, {}).get("documents") or 0,
    }
    refused = bool(outcomes) and not any(outcome.upload for outcome in outcomes)
    return render(request, "intake/documents.html", context, status=422 if refused else 200)


@public
@require_safe
def talk(request: HttpRequest) -> HttpResponse:
    """Show whom to call at once; the form stays open."""
    sheet = sheet_of(request, purpose="own form")
    if sheet is None:
        return lost(request)
    context = {"office": sheet.intake.office, "place": _next(sheet, public_door())}
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
        "place": _next(sheet, public_door()),
        "office": sheet.intake.office,
        "is_shared": bool(request.session.get(SHARED)),
        "closes_after": settings.SHARED_MINUTES,
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
    return check(request, sheet, public_door())


def check(request: HttpRequest, sheet: Sheet, door: Door) -> HttpResponse:
    """Show what was answered; opened by a receipt, only which questions are."""
    missing = sheet.first_unanswered
    if missing and not sheet.by_receipt:
        messages.info(request, _("This page still needs an answer."))
        return HttpResponseRedirect(door.step(missing.number))
    if request.method == "POST" and not missing:
        return submit(request, sheet, door)
    context = {
        **_common(request, sheet, door),
        "sections": review_of(sheet, step=door.step),
        "missing": door.step(missing.number) if missing else "",
        "current": len(sheet.pages) + 1,
        "total": len(sheet.pages) + 1,
        "previous": door.step(sheet.pages[-1].number),
    }
    return render(request, "intake/review.html", context)


def submit(request: HttpRequest, sheet: Sheet, door: Door) -> HttpResponse:
    """Submit the draft; the receipt reaches the session in the same commit, so a double click finds it."""
    try:
        with transaction.atomic():
            receipt = actions.submit_intake(sheet.intake, at=timezone.now(), by=door.actor)
            request.session[RECEIPT] = {**(asdict(receipt) if receipt else {}), "sent": True}
            for key in (FILE, BY_RECEIPT):
                request.session.pop(key, None)
            request.session.save()
    except (NotAllowed, Stale):
        pass  # the first of two clicks won; its receipt is in the session
    return redirect("intake:receipt")


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
        "office": this_office(),
    }
    return render(request, "intake/receipt.html", context)


def _put_away(request: HttpRequest, *, sent: bool) -> HttpResponse:
    """Forget the numbers; an unfinished form may go on, on a device that is the person's own or not."""
    if sent or request.POST.get("press") == "stop":
        request.session.flush()
        return redirect("intake:thanks" if sent else "landing")
    del request.session[RECEIPT]
    return redirect("intake:start")


def grouped(digits: str) -> str:
    """Write digits in groups of four."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


@public
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say what comes next once the receipt has been put away."""
    return render(request, "intake/thanks.html", {"office": this_office()})
