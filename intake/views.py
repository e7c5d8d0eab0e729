"""The public pages around the form: landing, what comes before consent, leaving."""

import json
import uuid
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from directory.forms import PublicForm
from directory.queries import shown_to_public
from foundation.accounts.access import public
from foundation.accounts.models import Office
from foundation.database.principal import applicant, become
from foundation.vault.box import is_newest, open_text, seal_text
from foundation.vault.keys import VaultError
from intake import actions
from intake.closing import SHARED, close_by_itself
from intake.door import Door
from intake.languages import chosen_language, keep_language, not_judged
from intake.models import Intake
from intake.promises import notice, promise
from intake.queries import as_uuid
from intake.questionnaire.page import Page
from intake.questionnaire.path import FIRST, LATER, earlier_pages, first_answers, first_pages, next_page
from intake.receipts import Receipt
from intake.sheet import Sheet, open_sheet
from intake.told import Told

# What a visitor's session holds: the matter that is open, whether by a receipt, and a receipt to show once.
MATTER, BY_RECEIPT, RECEIPT = "file", "by_receipt", "receipt"
IN_REST = "in_rest"  # of what was sent short, the rest is being added
READ_BY = "read_by"  # the day by which the form that was just sent is read, as the office promised
PROBE = "probe"  # a cookie that says nothing: whether the browser keeps any
BEFORE = "before"  # the cookie that carries what was answered before consent


def this_office() -> Office:
    """Return the office whose public form this site shows."""
    return get_object_or_404(Office, slug=settings.INTAKE_OFFICE)


def sheet_of(request: HttpRequest, *, purpose: str) -> Sheet | None:
    """Return what is open on this device, and act for its owner from here on."""
    matter_id = as_uuid(request.session.get(MATTER))
    if matter_id is None:
        return None
    become(applicant(matter_id))
    by_receipt = bool(request.session.get(BY_RECEIPT))
    office = getattr(request.session, "office", None)
    sheet = open_sheet(matter_id, at=timezone.now(), purpose=purpose, by_receipt=by_receipt, office=office)
    if sheet is None or (sheet.intake.submitted_at and not by_receipt):
        return None  # what was sent is opened by its receipt alone
    return sheet


def open_session(request: HttpRequest, intake: Intake, *, shared: bool, by_receipt: bool) -> None:
    """Remember on this device which matter is open, for as long as is safe on it."""
    request.session.flush()
    request.session[MATTER] = str(intake.matter_id)
    if by_receipt:
        request.session[BY_RECEIPT] = True
    if shared or by_receipt:
        close_soon(request)
    else:
        request.session["idle"] = settings.DEVICE_HOURS * 3600
        request.session.set_expiry(settings.DEVICE_HOURS * 3600)


def close_soon(request: HttpRequest) -> None:
    """Have this visitor's session and pages end soon: others may hold the device next."""
    request.session[SHARED] = True
    request.session["idle"] = settings.SHARED_MINUTES * 60
    request.session.set_expiry(0)  # no cookie once the browser is closed; the server ends it sooner


@cache
def address(name: str) -> str:
    """Return the address of a public page that has one for everybody, made once."""
    return reverse(name)


@cache
def page_url(number: int) -> str:
    return reverse("intake:page", args=[number])


def public_door(request: HttpRequest) -> Door:
    """Return where somebody fills in their own form, on the device in their hand."""

    def keep_receipt(receipt: Receipt | None, read_by: date | None) -> None:
        numbers = asdict(receipt) if receipt else {}
        sent = {"sent": True, "matter": request.session.get(MATTER)}
        request.session[RECEIPT] = {**numbers, **sent, READ_BY: read_by.isoformat() if read_by else ""}
        for key in (MATTER, BY_RECEIPT):
            request.session.pop(key, None)

    return Door(
        frame="public.html",
        page_url=page_url,
        review=address("intake:review"),
        documents=address("intake:documents"),
        receipt=address("intake:receipt"),
        keep_receipt=keep_receipt,
        start=address("landing"),
        mine=address("intake:mine"),
        change=address("intake:change"),
        talk=address("intake:talk"),
        stop=address("intake:stop"),
        map=address("intake:map"),
        first=address("intake:first"),
        in_rest=bool(request.session.get(IN_REST)),
        closes_after=settings.SHARED_MINUTES if request.session.get(SHARED) else None,
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
def landing(request: HttpRequest) -> HttpResponse:
    """The promise, and one button."""
    has_draft = bool(sheet_of(request, purpose="landing"))
    # Straight there: a hop on the way costs a second on a slow line.
    first = reverse("intake:page", args=[FIRST[0].number])
    return render(request, "intake/landing.html", {**_who_we_are(), "has_draft": has_draft, "first": first})


@public
@require_safe
def other_help(request: HttpRequest) -> HttpResponse:
    """List other organizations that may help; nothing of what is asked here is kept or sent anywhere."""
    form, who = PublicForm(request.GET), _who_we_are()
    asked = form.cleaned_data if form.is_valid() else {}
    office: Office | None = who["office"]
    listed = shown_to_public(office, on=office.today(timezone.now()), **asked) if office else []
    context = {**who, "form": form, "listed": listed, "is_narrowed": any(asked.values())}
    return render(request, "intake/other_help.html", context)


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, who reads it and for how long, each sentence as a lawyer approved it."""
    return render(request, "intake/privacy.html", {**_who_we_are(), "notice": notice()})


def _who_we_are() -> dict[str, Any]:
    """Return what templates/intake/parts/who.html shows; the office is None before one was made."""
    office = Office.objects.filter(slug=settings.INTAKE_OFFICE).first()
    return {"office": office, "promise_private": promise("private")}


def before_consent(request: HttpRequest, page: Page) -> HttpResponse:
    """Ask what comes before consent; the answers travel sealed in a cookie and are kept nowhere.

    Somebody who has a form open already finds it here, and begins another one only if they say so.
    """
    carried, language, office = _carried(request), chosen_language(request), this_office()
    if not office.takes_forms and not sheet_of(request, purpose="go on"):
        return _shut(request)
    if carried is None:
        return keep_language(request, _afresh(request), language) if language else _afresh(request)
    if already := _already(request, page, carried):
        return keep_language(request, already, language) if language else already
    told = Told(carried, on=office.today(timezone.now()))
    asked = first_pages(told)
    missing = next(
        (one for one in earlier_pages(page, asked) if one.form.questions()[0] not in carried), None
    )
    if missing:
        return _again(missing, "1")
    if request.GET.get("again") == "1" and not request.COOKIES:
        return _again(page, "2")
    if carried.get("shared") == "yes":
        close_by_itself(request)
    data = request.POST if request.method == "POST" else None
    form = page.make_form(data, initial=carried, helper=told.through_helper)
    if language:
        not_judged(form)
    elif form.is_bound and form.is_valid():
        return _after_first(request, page, {**carried, **form.cleaned_data})
    context = {
        "page": page,
        "form": form,
        "days": office.keeps_drafts.days,
        "hours": settings.DEVICE_HOURS,
        "shared": carried.get("shared") != "no",
        "office": office,
        "previous": _previous_first(page, asked),
        "no_cookies": request.GET.get("again") == "2" and not request.COOKIES,
    }
    refused = form.is_bound and not language
    response = render(request, "intake/before.html", context, status=422 if refused else 200)
    if carried and not is_newest(request.COOKIES[BEFORE]):
        _carry(request, response, carried)
    return keep_language(request, response, language) if language else response


def _shut(request: HttpRequest) -> HttpResponse:
    """Say that no new form can be begun now, and what somebody can do; a language that was chosen is kept."""
    language = chosen_language(request)
    status = 409 if request.method == "POST" and not language else 200
    response = render(request, "intake/shut.html", _who_we_are(), status=status)
    return keep_language(request, _forgotten(response), language) if language else _forgotten(response)


def _already(request: HttpRequest, page: Page, carried: dict[str, Any]) -> HttpResponse | None:
    """Show somebody the form or the receipt that is open on this device; None where there is none."""
    if RECEIPT in request.session:
        return redirect("intake:receipt")
    sheet = sheet_of(request, purpose="go on")
    if sheet is None:
        return None
    if request.POST.get("press") == "anew":
        request.session.flush()
        return _forgotten(redirect("intake:page", FIRST[0].number))
    place = public_door(request).next(sheet)
    start = as_uuid(carried.get("start"))
    if request.method == "POST" and start and matter_of(start) == sheet.intake.matter_id:
        return _forgotten(redirect(place))  # the second of two clicks on the last of these pages
    intake = sheet.intake
    context = {"page": page, "place": place, "has_receipt": bool(intake.locator), "office": intake.office}
    return render(request, "intake/already.html", context)


def _again(page: Page, times: str) -> HttpResponse:
    """Lead to a page that was left out; a cookie goes along, to see whether the browser keeps any."""
    response = redirect(f"{reverse('intake:page', args=[page.number])}?again={times}")
    response.set_cookie(PROBE, "1", httponly=True, samesite="Lax")
    return response


def _previous_first(page: Page, asked: list[Page]) -> str:
    """Return the address of the page before this one, or of the landing page."""
    before = earlier_pages(page, asked)
    return reverse("intake:page", args=[before[-1].number]) if before else reverse("landing")


def _after_first(request: HttpRequest, page: Page, carried: dict[str, Any]) -> HttpResponse:
    """Go on from a page before consent; a no to safety or consent ends here and keeps nothing."""
    if page.key == "safe_now" and carried["safe_now"] == "no":
        return _forgotten(render(request, "intake/not_safe.html", {"office": this_office()}))
    if page.key == "consent":
        if carried["consent"] == "no":
            return _forgotten(render(request, "intake/no_consent.html", {"office": this_office()}))
        return _forgotten(_begin(request, carried))
    asked = first_pages(Told(carried, on=this_office().today(timezone.now())))
    following = next_page(page, asked)
    response = redirect("intake:page", following.number)
    carried.setdefault("start", str(uuid.uuid4()))
    _carry(request, response, carried)
    return response


def _carry(request: HttpRequest, response: HttpResponse, carried: dict[str, Any]) -> None:
    """Have what was answered so far travel on, sealed under the newest key."""
    sealed = seal_text("before consent", json.dumps(carried))
    response.set_cookie(BEFORE, sealed, httponly=True, samesite="Lax", secure=request.is_secure())


def _carried(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was answered so far; None where it cannot be read any more."""
    sealed = request.COOKIES.get(BEFORE)
    if not sealed:
        return {}
    try:
        carried: dict[str, Any] = json.loads(open_text("before consent", sealed))
        return carried
    except (VaultError, ValueError):
        return None


def _afresh(request: HttpRequest) -> HttpResponse:
    """Begin again with the first question, and say why: the key of what was answered so far is gone."""
    messages.info(
        request,
        _("What you answered before cannot be read any more, because our locks were changed meanwhile.")
        + " "
        + _("Nobody else can read it either. Please answer these first questions again."),
    )
    return _forgotten(redirect("intake:page", FIRST[0].number))


def _forgotten(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(BEFORE)
    return response


def _begin(request: HttpRequest, carried: dict[str, Any]) -> HttpResponse:
    """Open the draft of someone who said yes; the same one for a doubled click."""
    matter_id = matter_of(as_uuid(carried.get("start")) or uuid.uuid4())
    become(applicant(matter_id))
    intake = actions.start_intake(
        office=this_office(),
        matter_id=matter_id,
        language=get_language() or "en",
        at=timezone.now(),
        first=first_answers({"who_fills": "me", **carried}),
    )
    shared = carried.get("shared") != "no"
    open_session(request, intake, shared=shared, by_receipt=False)
    # Nothing stays on a shared phone, so the way back is given at once.
    return redirect("intake:stop" if shared else reverse("intake:page", args=[LATER[0].number]))


def matter_of(start_key: uuid.UUID) -> uuid.UUID:
    """Return the matter that begins with this start: the same for a doubled click, and not to be guessed."""
    return uuid.UUID(bytes=salted_hmac("file", str(start_key), algorithm="sha256").digest()[:16], version=4)


@csrf_exempt  # whoever must leave, leaves: also when the cookie the check needs is gone
@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave fast: forget the session and answer with a page that goes on to an everyday one by itself.

    No redirect: browsers hold one that follows a form to `form-action`, and would stay on the page with the
    answers. A page that goes on at once takes the place of the form's answer in the history too.
    """
    request.session.flush()
    office = Office.objects.filter(slug=settings.INTAKE_OFFICE).first()
    away = (office and office.exit_url) or settings.NEUTRAL_SITE
    response = render(request, "intake/leaving.html", {"neutral_site": away})
    response["Refresh"] = f"0; url={away}"
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return _forgotten(response)


@public
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say that a page on a shared phone closed by itself; the server has ended its session by then.

    Ends no session itself: another tab may be in use.
    """
    return _forgotten(render(request, "intake/closed.html"))
