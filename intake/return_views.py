"""Coming back with a receipt: what is answered, what happens next, what may be asked; never what was told."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from foundation import limits
from foundation.accounts.access import public
from foundation.database.principal import applicant, become
from foundation.files.uploads import sent_papers
from foundation.forms import posted
from foundation.lanes import RECEIPTS, in_lane
from foundation.refused import Refused
from intake import actions
from intake.asked import papers_to_send
from intake.forms import NewContact, ReceiptForm, UnsafeContact
from intake.languages import chosen_language, keep_language, not_judged
from intake.models import Status, Wish
from intake.progress import return_page
from intake.promises import promise_look
from intake.queries import as_uuid, open_intake
from intake.receipts import TooManyTries, open_by_receipt
from intake.review import Section, review_of
from intake.sheet import Sheet
from intake.views import MATTER, lost, open_session, public_door, sheet_of, this_office

LONGEST = 2000  # characters of one message


@in_lane(RECEIPTS)
@public
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Open a form with the two numbers of its receipt."""
    language, form = chosen_language(request), ReceiptForm(posted(request))
    if language:
        context = {"form": not_judged(form), "office": this_office()}
        return keep_language(request, render(request, "intake/return.html", context), language)
    status, wait, seconds, turn = 422 if form.is_bound else 200, 0, 0, ""
    if form.is_bound and form.is_valid():
        try:
            return _opened(request, **form.cleaned_data)
        except TooManyTries as must_wait:
            status, wait, turn = must_wait.status, must_wait.seconds, must_wait.turn
        except Refused as refused:
            form.add_error(None, str(refused))
            status, seconds = refused.status, refused.seconds
    context = {"form": form, "wait": wait, "turn": turn, "office": this_office()}
    response = render(request, "intake/return.html", context, status=status)
    if wait or seconds:
        response["Retry-After"] = str(wait or seconds)
    return response


def _opened(request: HttpRequest, locator: str, secret: str) -> HttpResponse:
    turn, open_here = request.POST.get("turn", ""), as_uuid(request.session.get(MATTER))
    by_numbers = open_by_receipt(locator, secret, turn=turn, open_here=open_here)
    become(applicant(by_numbers.matter_id))
    opened = open_intake(by_numbers.matter_id, purpose="come back")
    if opened is None:
        raise Refused(_("This form was deleted, because nobody came back to it. You can start again."))
    open_session(request, opened[0], shared=True, by_receipt=True)
    if by_numbers.wrong >= limits.LIMITS["receipt"].times:
        messages.warning(request, _tried(by_numbers.wrong))
    return redirect("intake:mine" if opened[0].submitted_at else "intake:review")


def _tried(times: int) -> str:
    """Return what is said to somebody whose numbers others may have tried."""
    tried = ngettext(
        "Somebody tried to open this with wrong numbers %d time in the last week. They did not get in.",
        "Somebody tried to open this with wrong numbers %d times in the last week. They did not get in.",
        times,
    )
    return f"{tried % times} {_('If it was not you, please tell us: we can give you new numbers.')}"


@public
@require_http_methods(["GET", "HEAD"])
def mine(request: HttpRequest) -> HttpResponse:
    """Say in neutral words what happens next, and what may be asked for."""
    sheet = sheet_of(request, purpose="come back")
    if sheet is None:
        return lost(request)
    if not sheet.intake.submitted_at:
        return redirect("intake:review")
    return shown(request, sheet)


def shown(request: HttpRequest, sheet: Sheet, *, typed: str = "", status: int = 200) -> HttpResponse:
    """Show where it stands; `typed` is a message that was refused, given back to whoever typed it."""
    story = next((page for page in sheet.pages if page.key == "story"), None)
    intake, now = sheet.intake, timezone.now()
    page, may_send = return_page(intake), actions.may_send(intake, at=now)
    context = {
        "sheet": sheet,
        "office": intake.office,
        "mine": page,
        "asked": papers_to_send(intake) if may_send else [],
        "sent": sent_papers(intake.matter_id, named=False),
        "promise_look": promise_look(page.read_by),
        "may_change": actions.may_change(intake, at=now) and not page.is_over,
        "may_send": may_send,
        "may_wish": intake.may_wish,
        "is_withdrawn": intake.status == Status.WITHDRAWN,
        "story": story if story and not sheet.is_answered(story) else None,
        "typed": typed,
    }
    return render(request, "intake/mine.html", context, status=status)


@public
@require_http_methods(["GET", "HEAD"])
def change(request: HttpRequest) -> HttpResponse:
    """List the questions, each with whether it is answered, so that one can be answered anew."""
    sheet = sheet_of(request, purpose="come back")
    if sheet is None:
        return lost(request)
    sections = changeable(review_of(sheet, page_url=public_door(request).page_url))
    return render(request, "intake/change.html", {"sections": sections})


def changeable(sections: list[Section]) -> list[Section]:
    """Return the parts of a review with the questions that can be answered anew: what stood first cannot."""
    left = (replace(section, rows=[row for row in section.rows if row.url]) for section in sections)
    return [section for section in left if section.rows]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def make_wish(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a wish: a call, a new way to be reached, an end, or that everything is deleted."""
    sheet = sheet_of(request, purpose="come back")
    if sheet is None or not sheet.intake.submitted_at:
        return lost(request)
    language = chosen_language(request)
    asks = {Wish.Kind.CONTACT: NewContact, Wish.Kind.UNSAFE: UnsafeContact}.get(Wish.Kind(kind))
    form = asks(posted(request)) if asks else None
    if language and form:
        shown = render(request, "intake/wish.html", {"form": not_judged(form), "kind": kind})
        return keep_language(request, shown, language)
    if request.method == "POST" and (form is None or form.is_valid()):
        value: dict[str, Any] = form.cleaned_data if form else {}
        actions.note_wish(sheet.intake, kind=kind, value=value, at=timezone.now())
        messages.success(request, said_after(kind))
        return redirect("intake:mine")
    context = {"form": form, "kind": kind}
    return render(request, "intake/wish.html", context, status=422 if request.method == "POST" else 200)


@public
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Keep what somebody with the receipt writes to us; the page does not show it, and says that it came."""
    sheet = sheet_of(request, purpose="come back")
    if sheet is None or not sheet.intake.submitted_at:
        return lost(request)
    words = request.POST.get("words", "").replace("\x00", "")[:LONGEST]
    try:
        actions.write_to_office(sheet.intake, words=words, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return shown(request, sheet, typed=words, status=refused.status)
    messages.success(
        request, _("We have your message. A person reads it. For your safety this page does not show it.")
    )
    return redirect("intake:mine")


@public
@require_POST
def take_back(request: HttpRequest, kind: str) -> HttpResponse:
    """Take back what was asked for with this receipt; what is said is the same whether anything was open."""
    sheet = sheet_of(request, purpose="come back")
    if sheet is None or not sheet.intake.submitted_at:
        return lost(request)
    actions.take_back_wish(sheet.intake, kind=kind, at=timezone.now())
    messages.success(request, _("It is taken back, if it was still open."))
    return redirect("intake:mine")


def said_after(kind: str) -> str:
    """Return what is said once a wish was taken; the same whether it was asked before or not."""
    if kind == Wish.Kind.CALL:
        return _("We will call you in the way you told us is safe.")
    if kind == Wish.Kind.UNSAFE:
        return _("Thank you. We take care from now on, and a person on our team looks at it today.")
    return _("We will first make sure that it is you: in the way you told us is safe, or here in person.")
