"""Where a form is filled in: the one room behind the person's own pages and a caseworker's telephone.

By telephone a whole section is asked on a page (by_section.py); papers and the last page are the same here.
A view opens a sheet, makes its door and hands both over; what is shown, kept and sent is decided here. A door
says where its pages are, who acts, and how a receipt is kept until it was read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.events.lifecycle import NotAllowed, Stale
from foundation.files import kinds
from foundation.files.receiving import ReceivedFile, received_files
from foundation.files.uploads import Outcome, sent_papers, take_back
from foundation.files.words import LARGEST
from intake import actions
from intake.form_map import map_of
from intake.languages import chosen_language, keep_language, not_judged
from intake.questionnaire.asking import UNDERSTOOD
from intake.questionnaire.names import Family
from intake.questionnaire.page import Page
from intake.questionnaire.path import DOCUMENTS, SECTIONS, previous_page
from intake.receipts import Receipt
from intake.review import review_of, words_of
from intake.room import take_in, takes_files
from intake.sheet import Sheet
from intake.told import OTHERS_FIRST_PAGES

ASIDE = "aside"  # in a session: the page that an answer leads to, once a part of its own was asked


@dataclass(frozen=True)
class Door:
    """Addresses of one way into a form, and who acts there.

    `start` is what lies before the first page; `mine` and `change` are for what was sent; `talk`, `stop`,
    `map` and `first` (whom we are first for) only where the person sits there themself. `keep_receipt` puts
    a new receipt (None: one was shown before), and the day by which the office promised to read the form,
    where `receipt` shows them. `closes_after` are minutes, on a shared device. `in_rest`: of what was sent
    short, the rest is being added.
    """

    frame: str
    page_url: Callable[[int], str]
    review: str
    documents: str
    receipt: str
    keep_receipt: Callable[[Receipt | None, date | None], None]
    start: str
    mine: str = ""
    change: str = ""
    talk: str = ""
    stop: str = ""
    map: str = ""
    first: str = ""
    in_rest: bool = False
    closes_after: int | None = None
    actor: Any = "applicant"

    def next(self, sheet: Sheet, after: Page | None = None) -> str:
        """Return the address of the next page without its answer, or of the review; once sent its own.

        `after` is the page somebody comes from: its own row of the review, where nothing lacks an answer.
        """
        if sheet.is_sent and self.mine:
            rest = sheet.rest_after(after) if self.in_rest else None
            return self.page_url(rest.number) if rest else self.mine
        page = sheet.unanswered_after(after) if after else sheet.first_unanswered
        if page:
            return self.page_url(page.number)
        changes_one = after and sheet.was_whole and after is not DOCUMENTS  # papers are listed by themselves
        return f"{self.review}#told-{after.number}" if after and changes_one else self.review


# --- a page of questions --------------------------------------------------------------------------


def answer(request: HttpRequest, sheet: Sheet, page: Page, door: Door) -> HttpResponse:
    """Show one page of an open form, or keep what was sent and go on to the next."""
    if page is DOCUMENTS:
        return redirect(door.documents)
    if page not in sheet.open_pages:
        return HttpResponseRedirect(door.review)
    rows = {"rows": _rows(request)} if page.form is Family else {}
    if request.method != "POST":
        return _page(request, sheet, page, sheet.form(page, **rows), door)
    pressed, language = request.POST.get("press", ""), chosen_language(request)
    form = sheet.form(page, _sent(request, pressed), **rows)
    changed = changed_meanwhile(request, sheet, page, form)
    if pressed == "keep" and door.closes_after:
        return _closed(request, sheet, page, None if changed else form)
    if language:
        shown = _in_another_language(request, sheet, page, form, door, changed=changed)
        return keep_language(request, shown, language)
    if changed and pressed != "skip":
        return _page(request, sheet, page, form, door, changed=True)
    if pressed == "more-time" and door.closes_after:
        return _more_time(request, sheet, page, form, door)
    if sheet.adds_to(page) and (form.is_blank or pressed in ("remove", "skip", "skip-section")):
        return _left(request, sheet, page, door, pressed)
    if pressed == "skip" and not form.needs_an_answer:
        return _saved(request, sheet, page, sheet.answers.get(page.key) or {}, door)
    if pressed == "skip-section" and page.skipping:
        return _saved(request, sheet, page, page.skipping, door)
    if not form.is_valid():
        return _page(request, sheet, page, form, door)
    if form.opens_a_part and not form.adds:
        if aside := _kept_aside(sheet, page, form.cleaned_data, door, form):
            request.session[ASIDE] = aside
        return HttpResponseRedirect(door.page_url(page.number))
    response = _saved(request, sheet, page, form.cleaned_data, door, form)
    return HttpResponseRedirect(_one_more(sheet, page, form, door)) if pressed == "more" else response


def changed_meanwhile(request: HttpRequest, sheet: Sheet, page: Page, form: Any) -> bool:
    """Tell whether a page was answered elsewhere since this one was opened, and otherwise than it says.

    In another tab, or on another device. Once the form was sent, the earlier answer is kept for staff, and
    no page says whether there is one.
    """
    seen = request.POST.get("seen")
    if seen is None or seen == sheet.seen(page):
        return False
    return not (form.is_valid() and form.cleaned_data == sheet.answers.get(page.key))


def _sent(request: HttpRequest, pressed: str) -> QueryDict:
    """Return what was sent; a form that closes by itself confirms nothing that it asked back."""
    if pressed != "keep":
        return request.POST
    sent = request.POST.copy()
    sent.pop(UNDERSTOOD, None)
    return sent


def _rows(request: HttpRequest) -> int:
    rows = request.GET.get("rows", "")
    return int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 3 else 1


def _one_more(sheet: Sheet, page: Page, form: Any, door: Door) -> str:
    """Return the address with a row for one more person; those who must not show need no rows."""
    filled = len(form.cleaned_data.get("family_here", []))
    return (
        door.page_url(page.number) if sheet.by_receipt else f"{door.page_url(page.number)}?rows={filled + 1}"
    )


def _left(request: HttpRequest, sheet: Sheet, page: Page, door: Door, pressed: str) -> HttpResponse:
    """Leave what stands on a page that was opened empty, or take it back where that was pressed.

    What is said is the same whether something stood there or not.
    """
    if pressed != "remove" or not may_remove(sheet, page):
        messages.info(request, _("Nothing was written, so nothing was changed."))
        return _gone_on(sheet, door, page)
    sheet.save(page, None, at=timezone.now())
    messages.success(request, _("What was answered there does not count any more."))
    return HttpResponseRedirect(door.page_url(page.number))


def may_remove(sheet: Sheet, page: Page) -> bool:
    """Tell whether a page may be emptied; a form that was sent keeps a name."""
    return sheet.adds_to(page) and not (sheet.is_sent and page.key == "name")


def _closed(request: HttpRequest, sheet: Sheet, page: Page, form: Any) -> HttpResponse:
    """Close a form on a shared phone that nobody pressed anything in, keeping what was typed.

    No form: the page was answered in another tab, and what this one has takes its place only if asked.
    """
    if form and form.is_valid() and not form.is_blank:
        _keep(sheet, page, form.cleaned_data, form)
    request.session.flush()
    return render(request, "intake/closed.html", {"is_saved": form is not None})


def _more_time(request: HttpRequest, sheet: Sheet, page: Page, form: Any, door: Door) -> HttpResponse:
    """Begin the time of a page anew, with what was typed kept, or still there where it has a fault."""
    if form.is_blank:
        return HttpResponseRedirect(door.page_url(page.number))
    if not form.is_valid():
        return _page(request, sheet, page, form, door)
    _keep(sheet, page, form.cleaned_data, form)
    return HttpResponseRedirect(door.page_url(page.number))


def _in_another_language(
    request: HttpRequest, sheet: Sheet, page: Page, form: Any, door: Door, *, changed: bool
) -> HttpResponse:
    """Show a page again with what was typed, and keep that where it is whole and nothing asks about it."""
    if changed:
        return _page(request, sheet, page, form, door, changed=True)
    if not form.is_blank and not sheet.adds_to(page) and form.is_valid():
        _keep(sheet, page, form.cleaned_data, form)
    return _page(request, sheet, page, not_judged(form), door, status=200)


def _keep(sheet: Sheet, page: Page, values: Any, form: Any = None) -> bool:
    """Keep a page's answer, beside what stands where it was opened empty; True if that makes it urgent."""
    join = form.join if form and sheet.adds_to(page) else None
    return sheet.save(page, values, at=timezone.now(), join=join)


def _saved(
    request: HttpRequest, sheet: Sheet, page: Page, values: Any, door: Door, form: Any = None
) -> HttpResponse:
    """Keep an answer and go on, where it leads to whom to call or whom we are first for by way of that."""
    aside = _kept_aside(sheet, page, values, door, form)
    if sheet.is_sent and not door.in_rest:
        messages.success(request, _("We have your new answer."))
    if aside := request.session.pop(ASIDE, "") or aside:
        return HttpResponseRedirect(aside)
    return _gone_on(sheet, door, page)


def _kept_aside(sheet: Sheet, page: Page, values: Any, door: Door, form: Any = None) -> str:
    """Keep an answer, and return the address of what is shown once because of it, or ""."""
    may_lead = page.key in OTHERS_FIRST_PAGES and not sheet.by_receipt  # the rules are asked for nothing else
    came_after_others = may_lead and sheet.told.comes_after_others
    if _keep(sheet, page, values, form):
        return door.talk
    return door.first if may_lead and not came_after_others and sheet.told.comes_after_others else ""


def _gone_on(sheet: Sheet, door: Door, page: Page) -> HttpResponse:
    """Go where the next answer is wanted; what was sent wants none."""
    return HttpResponseRedirect(door.next(sheet, page))


def _page(
    request: HttpRequest,
    sheet: Sheet,
    page: Page,
    form: Any,
    door: Door,
    *,
    changed: bool = False,
    status: int | None = None,
) -> HttpResponse:
    adds = sheet.adds_to(page)
    shown = changed and not (sheet.by_receipt or page.is_secret)
    context = {
        **_about(sheet, page, door),
        "form": form,
        "seen": sheet.seen(page),
        "changed": changed,
        "stands": words_of(page, sheet.answers.get(page.key, {}), helper=sheet.helper) if shown else [],
        "adds": adds,
        "may_remove": may_remove(sheet, page),
        "may_skip": not adds and not form.needs_an_answer,
        "may_skip_section": not adds and page.skipping is not None,
        "may_add": page.form is Family and form.count < Family.MOST,
        "asks_alone": sheet.helper and page.asks_alone,
    }
    status = status or (409 if changed else 422 if form.is_bound else 200)
    return render(request, "intake/page.html", context, status=status)


def _about(sheet: Sheet, page: Page, door: Door) -> dict[str, Any]:
    """Return what every page of questions shows: its words, and where it stands."""
    return {
        **_common(sheet, door),
        **_place(sheet, page, door),
        "page": page,
        "heading": page.words(helper=sheet.helper),
        "hint": page.hint_words(helper=sheet.helper),
    }


def _common(sheet: Sheet, door: Door) -> dict[str, Any]:
    return {
        "frame": door.frame,
        "door": door,
        "sheet": sheet,
        "office": sheet.intake.office,
    }


def _place(sheet: Sheet, page: Page, door: Door) -> dict[str, Any]:
    """Return where a page stands among the others; what was sent has no such order any more."""
    if sheet.is_sent:
        return {"previous": door.change}
    pages = [*sheet.before, *sheet.pages]
    previous = previous_page(page, pages)
    return {
        "form_map": map_of(sheet, page.section, page_url=door.page_url),
        "previous": door.page_url(previous.number) if previous else door.start,
    }


# --- papers ---------------------------------------------------------------------------------------


def take_documents(request: HttpRequest, sheet: Sheet, door: Door) -> HttpResponse:
    """Show the page for files: keep those sent, take one back, say what became of each, or go on without."""
    outcomes, pressed = [], request.POST.get("press", "")
    nothing_chosen = False
    if request.method == "POST":
        actions.check_may_send(sheet.intake, at=timezone.now())  # before anything is kept
        if pressed == "take-back":
            return _taken_back(request, sheet, door)
        files = received_files(request, "files")
        if pressed != "send" and not files:
            return _without(sheet, door)
        nothing_chosen = not files
        outcomes = _received(files, sheet, door)
    context = {
        **_about(sheet, DOCUMENTS, door),
        # What was taken stands in the list below, with what becomes of it.
        "to_say": [outcome for outcome in outcomes if outcome.words],
        "nothing_chosen": nothing_chosen,
        "error": f"{_('Error:')} " if nothing_chosen else "",
        "papers": sent_papers(sheet.intake.matter_id, named=not sheet.by_receipt),
        "takes_files": sheet.by_staff or takes_files(sheet.intake),
        "accepted": kinds.accepted(),
        "taken": kinds.taken(),
        "largest": LARGEST,
    }
    refused = nothing_chosen or (bool(outcomes) and not any(outcome.upload for outcome in outcomes))
    return render(request, "intake/documents.html", context, status=422 if refused else 200)


def _received(files: list[ReceivedFile], sheet: Sheet, door: Door) -> list[Outcome]:
    """Keep what was sent. A form that is open counts them; of one that was sent, staff are told."""
    intake, now = sheet.intake, timezone.now()
    outcomes = take_in(files, intake, by=door.actor, at=now, on=sheet.on)
    taken = sum(1 for outcome in outcomes if outcome.upload)
    if taken and sheet.is_sent:
        actions.note_papers(intake, count=taken, at=now)
    elif taken:
        before = int(sheet.answers.get(DOCUMENTS.key, {}).get("documents") or 0)
        sheet.save(DOCUMENTS, {"documents": before + taken}, at=now)
    return outcomes


def _without(sheet: Sheet, door: Door) -> HttpResponse:
    if not sheet.is_sent and not sheet.is_answered(DOCUMENTS):
        sheet.save(DOCUMENTS, {}, at=timezone.now())
    return HttpResponseRedirect(door.next(sheet, DOCUMENTS))


def _taken_back(request: HttpRequest, sheet: Sheet, door: Door) -> HttpResponse:
    """Take one file back by its number; what is said is the same for one that was taken back before."""
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    by_receipt, now = sheet.by_receipt, timezone.now()
    matter_id = sheet.intake.matter_id
    take_back(matter_id, number=number, on=sheet.on, by_receipt=by_receipt, by=door.actor, at=now)
    messages.success(request, _("You took the file back. We do not use it."))
    return HttpResponseRedirect(door.documents)


# --- the last page --------------------------------------------------------------------------------


def check(request: HttpRequest, sheet: Sheet, door: Door) -> HttpResponse:
    """Show what was answered (opened by a receipt, only which questions are), and take it in once."""
    missing = sheet.first_unanswered
    if missing and not sheet.by_receipt:
        messages.info(request, _("This page still needs an answer."))
        return HttpResponseRedirect(door.page_url(missing.number))
    changed = request.POST.get("seen", sheet.last_saved) != sheet.last_saved
    if request.method == "POST" and not missing and not changed:
        return submit(request, sheet, door)
    context = {
        **_common(sheet, door),
        "seen": sheet.last_saved,
        "changed": changed,
        "sections": review_of(sheet, page_url=door.page_url),
        "papers": sent_papers(sheet.intake.matter_id, named=not sheet.by_receipt),
        "missing": door.page_url(missing.number) if missing else "",
        "form_map": map_of(sheet, SECTIONS[-1], page_url=door.page_url),
        "previous": door.page_url(sheet.pages[-1].number),
    }
    return render(request, "intake/review.html", context, status=409 if changed else 200)


def submit(request: HttpRequest, sheet: Sheet, door: Door) -> HttpResponse:
    """Submit the draft; the receipt reaches the session in the same commit, so a double click finds it."""
    try:
        with transaction.atomic():
            now, saved = timezone.now(), sheet.saved
            receipt = actions.submit_intake(sheet.intake, at=now, by=door.actor, saved=saved)
            door.keep_receipt(receipt, sheet.intake.read_by)
            request.session.save()
    except (NotAllowed, Stale):
        pass  # the first of two clicks won; its receipt is in the session
    return HttpResponseRedirect(door.receipt)
