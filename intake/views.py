"""The public pages: landing, consent, one page of the form at a time, review, receipt, return."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.access import public
from foundation.accounts.models import Office
from foundation.database.principal import applicant, become
from foundation.events.lifecycle import NotAllowed, Stale
from foundation.forms import posted
from foundation.refused import Refused
from intake import actions, flow
from intake.forms import ConsentForm, ReceiptForm
from intake.models import Intake
from intake.queries import answers_of, as_uuid, open_draft
from intake.receipts import open_by_receipt
from intake.review import review_of
from notifications.queries import has_news

DRAFT, RECEIPT = "file", "receipt"


def this_office() -> Office:
    """Return the office whose public form this site shows."""
    return get_object_or_404(Office, slug=settings.INTAKE_OFFICE)


def draft_of(request: HttpRequest) -> Intake | None:
    """Return the draft that is open on this device, and act for its owner from here on."""
    file_id = as_uuid(request.session.get(DRAFT))
    if file_id is None:
        return None
    become(applicant(file_id))
    return open_draft(file_id)


def file_of(start_key: uuid.UUID) -> uuid.UUID:
    """Return the file that begins with this page: the same for a doubled click, and not to be guessed."""
    return uuid.UUID(bytes=salted_hmac("file", str(start_key), algorithm="sha256").digest()[:16], version=4)


def lost_draft(request: HttpRequest) -> HttpResponse:
    """Send someone whose draft is not open here to a page where they can go on."""
    if RECEIPT in request.session:
        return redirect("intake:receipt")
    messages.info(request, _("There is no open form on this device. You can start here."))
    return redirect("intake:start")


@public
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """The promise, and one button."""
    office = Office.objects.filter(slug=settings.INTAKE_OFFICE).first()
    return render(request, "intake/landing.html", {"office": office, "has_draft": bool(draft_of(request))})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for consent before anything is kept; a no keeps nothing."""
    form = ConsentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["consent"] == "no":
            return render(request, "intake/no_consent.html", {"office": this_office()})
        draft = draft_of(request) or new_draft(request)
        request.session[DRAFT] = str(draft.file_id)
        request.session.pop(RECEIPT, None)
        return redirect("intake:step", flow.FLOW[0].slug)
    start_key = as_uuid(request.POST.get("start_key")) or uuid.uuid4()
    context = {"form": form, "start_key": start_key, "days": settings.DRAFT_DAYS}
    return render(request, "intake/start.html", context, status=422 if form.is_bound else 200)


def new_draft(request: HttpRequest) -> Intake:
    file_id = file_of(as_uuid(request.POST.get("start_key")) or uuid.uuid4())
    become(applicant(file_id))
    return actions.start_intake(
        office=this_office(), file_id=file_id, language=get_language() or "en", at=timezone.now()
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page of the form, or save it and go on."""
    page = flow.BY_SLUG.get(slug)
    if page is None:
        raise Http404
    draft = draft_of(request)
    if draft is None:
        return lost_draft(request)
    answers = answers_of(draft, purpose="own form")
    if not page.asked_when(answers):
        return redirect("intake:step", flow.previous_page(answers, slug).slug)  # type: ignore[union-attr]
    form = page.form(request.POST) if request.method == "POST" else page.form(initial=answers.get(slug))
    if form.is_bound and form.is_valid():
        actions.save_answers(draft, page=slug, values=form.cleaned_data, at=timezone.now())
        return redirect(_after(request, {**answers, slug: form.cleaned_data}, slug))
    context = step_context(page, form, answers)
    return render(request, "intake/step.html", context, status=422 if form.is_bound else 200)


def _after(request: HttpRequest, answers: flow.Answers, slug: str) -> str:
    """Return the address of what follows a saved page: the next one, or the review."""
    following = flow.next_page(answers, slug)
    if "change" in request.GET and not flow.first_unanswered(answers):
        following = None
    return reverse("intake:step", args=[following.slug]) if following else reverse("intake:review")


def step_context(page: flow.Page, form: Any, answers: flow.Answers) -> dict[str, Any]:
    pages = flow.pages_for(answers)
    return {
        "page": page,
        "form": form,
        "current": pages.index(page) + 1,
        "total": len(pages) + 1,
        "previous": flow.previous_page(answers, page.slug),
    }


@public
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Show all answers, let the person change any, and take them in once."""
    draft = draft_of(request)
    if draft is None:
        return lost_draft(request)
    answers = answers_of(draft, purpose="own review")
    missing = flow.first_unanswered(answers)
    if missing:
        messages.info(request, _("This page still needs an answer."))
        return redirect("intake:step", missing.slug)
    if request.method == "POST":
        return submit(request, draft)
    pages = flow.pages_for(answers)
    context = {"sections": review_of(answers), "current": len(pages) + 1, "total": len(pages) + 1}
    return render(request, "intake/review.html", {**context, "previous": pages[-1]})


def submit(request: HttpRequest, draft: Intake) -> HttpResponse:
    """Submit the draft; the receipt reaches the session in the same commit, so a double click finds it."""
    try:
        with transaction.atomic():
            receipt = actions.submit_intake(draft, at=timezone.now())
            request.session[RECEIPT] = {"locator": receipt.locator, "secret": receipt.secret}
            request.session.pop(DRAFT, None)
            request.session.save()
    except (NotAllowed, Stale):
        pass  # the first of two clicks won; its receipt is in the session
    return redirect("intake:receipt")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt until the person says they have it, then forget it."""
    if request.method == "POST":
        request.session.flush()
        return redirect("intake:thanks")
    numbers = request.session.get(RECEIPT)
    if not numbers:
        return redirect("intake:return")
    context = {"locator": grouped(numbers["locator"]), "secret": grouped(numbers["secret"])}
    return render(request, "intake/receipt.html", {**context, "office": this_office()})


def grouped(digits: str) -> str:
    """Write digits in groups of four."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


@public
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say what comes next once the receipt has been put away."""
    return render(request, "intake/thanks.html", {"office": this_office()})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Let someone with a receipt see, in neutral words, what happens next; never what they answered."""
    form = ReceiptForm(posted(request))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                file_id = open_by_receipt(**form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = refused.status
            else:
                become(applicant(file_id))
                news = has_news(file_id)
                return render(request, "intake/next.html", {"news": news, "office": this_office()})
    return render(request, "intake/return.html", {"form": form}, status=status)


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave fast: forget the session and go to an everyday page."""
    request.session.flush()
    answer = redirect(settings.NEUTRAL_SITE)
    answer["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer
