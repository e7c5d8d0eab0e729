"""A person's form as the office works with it: typed on the telephone, left unfinished, asked about."""

import uuid
from dataclasses import asdict
from datetime import date, datetime
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Case
from conflicts.queries import CLEAR, standing
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role, User
from foundation.files.receiving import receives_files
from foundation.forms import posted
from intake import actions
from intake.door import Door, answer, check, take_documents
from intake.models import Intake, Status
from intake.progress import call_after
from intake.promises import promise_look
from intake.queries import MAY_REACH
from intake.questionnaire.path import BY_NUMBER, CONSENT, LATER, first_answers
from intake.receipts import Receipt, grouped
from intake.review import review_of
from intake.sheet import Sheet, open_sheet
from workspace.intakes.forms import CopyForm, PhoneIntakeForm, ReplaceDraftForm, ReplaceReceiptForm
from workspace.intakes.queries import answer_sections, started_by_phone, told_of
from workspace.names.queries import without_story
from workspace.visible import case_for

# Receipts in a caseworker's session, by form, each until they say that the person has it.
RECEIPTS = "receipts"


def door_of(request: StaffRequest, intake: Intake) -> Door:
    """Return where a caseworker fills in somebody's form."""

    def keep_receipt(receipt: Receipt | None, read_by: date | None) -> None:
        numbers = asdict(receipt) if receipt else {}
        numbers |= {"read_by": read_by.isoformat()} if read_by else {}
        request.session[RECEIPTS] = {**request.session.get(RECEIPTS, {}), str(intake.pk): numbers}

    return Door(
        frame="staff.html",
        page_url=lambda number: reverse("workspace:phone-page", args=[intake.pk, number]),
        review=reverse("workspace:phone-review", args=[intake.pk]),
        documents=reverse("workspace:phone-documents", args=[intake.pk]),
        receipt=reverse("workspace:phone-receipt", args=[intake.pk]),
        keep_receipt=keep_receipt,
        start=reverse("workspace:phone"),
        actor=request.user,
        look=None,
    )


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: StaffRequest) -> HttpResponse:
    """Begin a form for someone on the telephone, once they said yes to the consent question.

    What is asked first is whether they are here already: the search, and the forms that were begun.
    """
    user = request.user
    form = PhoneIntakeForm(posted(request))
    if form.is_bound and form.is_valid():
        intake = actions.start_intake(
            office=request.office,
            matter_id=form.cleaned_data["start_key"],
            language=form.cleaned_data["language"],
            at=timezone.now(),
            first=first_answers(form.cleaned_data),
            typed_by=user,
        )
        return redirect("workspace:phone-page", intake.pk, LATER[0].number)
    if not form.is_bound:
        form.initial["start_key"] = uuid.uuid4()
    context = {
        "form": form,
        "consent": CONSENT,
        "begins": form.is_bound or request.GET.get("begin") == "yes",
        "started": started_by_phone(user, at=timezone.now()),
    }
    return render(request, "workspace/phone.html", context, status=422 if form.is_bound else 200)


def _sheet(request: StaffRequest, pk: uuid.UUID, *, purpose: str) -> Sheet:
    """Return a form of the person's office that was not sent yet, or answer 404.

    Only one that was typed here, or whose owner said that we may reach them: others stay unread.
    """
    drafts = Intake.objects.filter(MAY_REACH, office=request.office, status=Status.DRAFT)
    intake = get_object_or_404(drafts, pk=pk)
    sheet = open_sheet(intake.matter_id, at=timezone.now(), purpose=purpose, by_staff=True)
    if sheet is None:
        raise Http404
    return sheet


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_page(request: StaffRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Show or save one page of somebody's form; what only they and their attorney read is not asked here."""
    page = BY_NUMBER.get(number)
    if page is None or page.is_first or page.is_secret:
        raise Http404
    sheet = _sheet(request, pk, purpose="telephone intake")
    return answer(request, sheet, page, door_of(request, sheet.intake))


@receives_files
@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_documents(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take papers somebody brought along."""
    sheet = _sheet(request, pk, purpose="telephone intake")
    return take_documents(request, sheet, door_of(request, sheet.intake))


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_review(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Read the answers back to the person, and send them; the second of two clicks finds the receipt."""
    if str(pk) in request.session.get(RECEIPTS, {}):
        return redirect("workspace:phone-receipt", pk)
    sheet = _sheet(request, pk, purpose="telephone intake")
    return check(request, sheet, door_of(request, sheet.intake))


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_receipt(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the receipt of a form just sent until the caseworker says that the person has it."""
    receipts = request.session.get(RECEIPTS, {})
    numbers = receipts.get(str(pk))
    if numbers is None:
        return redirect("workspace:queue")
    if request.method == "POST":
        request.session[RECEIPTS] = {key: kept for key, kept in receipts.items() if key != str(pk)}
        return redirect("workspace:queue")
    read_by = parse_date(numbers.get("read_by", ""))
    return _show_receipt(request, numbers.get("locator", ""), numbers.get("secret", ""), read_by=read_by)


def _show_receipt(
    request: StaffRequest, locator: str, secret: str, *, back: str = "", read_by: date | None = None
) -> HttpResponse:
    promised = {"promise_look": promise_look(read_by), "call_after": call_after(read_by)}
    context = {
        "locator": grouped(locator),
        "secret": grouped(secret),
        "office": request.user.office,
        "back": back,
        **promised,
    }
    return render(request, "workspace/receipt.html", context)


@staff(Role.CASEWORKER)
@require_safe
def unfinished(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an urgent form that was left: what was said so far, and how the person may be reached."""
    sheet = _sheet(request, pk, purpose="urgent form")
    missing, door = sheet.first_unanswered, door_of(request, sheet.intake)
    go_on = door.page_url(missing.number) if missing else door.review
    story_waits = standing(sheet.intake.matter_id) != CLEAR
    sections = answer_sections(without_story(review_of(sheet)) if story_waits else review_of(sheet))
    context = {"sheet": sheet, "sections": sections, "story_waits": story_waits, "go_on": go_on}
    return render(request, "workspace/unfinished.html", context)


@staff(Role.CASEWORKER)
@step_up("receipts", back="workspace:replace-draft-receipt")
@require_http_methods(["GET", "HEAD", "POST"])
def replace_draft_receipt(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a new receipt for a form that was not sent; nothing of the form is opened."""
    drafts = Intake.objects.filter(office=request.office, status=Status.DRAFT, expires_at__gt=timezone.now())
    return _replaced(request, get_object_or_404(drafts, pk=pk), ReplaceDraftForm, reverse("home"))


@staff(Role.CASEWORKER)
@step_up("receipts", back="workspace:replace-receipt")
@require_http_methods(["GET", "HEAD", "POST"])
def replace_receipt(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a new receipt for someone who lost theirs, after their identity was checked; the old one ends."""
    case = case_for(request, pk)
    return _replaced(request, case.intake, ReplaceReceiptForm, case.get_absolute_url())


def _replaced(
    request: StaffRequest, intake: Intake, kind: type[ReplaceReceiptForm], back: str
) -> HttpResponse:
    """Ask how it was made sure who asks, make the new numbers and show them once."""
    form, status = kind(posted(request)), 200
    if form.is_bound:
        acted = act(request, partial(actions.give_receipt, intake), form=form)
        if acted.is_done:
            return _show_receipt(request, acted.result.locator, acted.result.secret, back=back)
        status = acted.status
    return render(request, "workspace/replace_receipt.html", {"back": back, "form": form}, status=status)


@staff(Role.CASEWORKER, Role.ATTORNEY)
@step_up("files", back="workspace:copy")
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Print a copy of the person's own answers, to hand over in person; it is on record."""
    case = case_for(request, pk)
    form = CopyForm(posted(request), initial={"language": case.intake.language})
    status = 200
    if form.is_bound:
        acted = act(request, partial(_note_copy, case), form=form)
        if acted.is_done:
            return _printed(request, case, language=form.cleaned_data["language"])
        status = acted.status
    return render(request, "workspace/copy_ask.html", {"case": case, "form": form}, status=status)


def _note_copy(case: Case, *, how: str, language: str, by: User, at: datetime) -> None:
    """Note on record that a copy is printed; the language is no part of it."""
    actions.note_copy(case.intake, how=how, by=by, at=at)


def _printed(request: StaffRequest, case: Case, *, language: str) -> HttpResponse:
    """Show the answers as their reader may read them, the whole page in the person's language."""
    now = timezone.now()
    with override(language):
        told = told_of(
            case,
            user=request.user,
            today=request.office.today(now),
            story_waits=standing(case.matter_id) != CLEAR,
            purpose="copy for the person",
        )
        context = {"case": case, "told": told, "on": request.office.today(now), "office": request.office}
        return render(request, "workspace/copy.html", context)
