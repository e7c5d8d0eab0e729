"""A form taken down on the telephone: a section a page, for staff who type what is said (ADR 71)."""

import uuid
from dataclasses import asdict
from datetime import date

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from cases.actions import begin_own_form
from cases.family import own_form_of
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.files.receiving import receives_files
from foundation.forms import posted
from intake import actions
from intake.by_section import ASKED, SectionAsked, ask_section, keep_section, not_judged_yet
from intake.door import Door, check, take_documents
from intake.form_map import map_of
from intake.models import Intake
from intake.questionnaire.page import Page
from intake.questionnaire.path import BY_NUMBER, CONSENT, DOCUMENTS, LATER, first_answers, first_unanswered
from intake.receipts import Receipt
from intake.sheet import Sheet
from workspace.intakes.forms import PhoneIntakeForm
from workspace.intakes.queries import on_the_line, started_by_phone
from workspace.intakes.sheets import draft_sheet, show_receipt

# Receipts in a caseworker's session, by form, each until they say that the person has it.
RECEIPTS = "receipts"
PURPOSE = "telephone intake"


def door_of(request: StaffRequest, intake: Intake) -> Door:
    """Return where a caseworker fills in somebody's form; a question stands on the page of its section."""

    def keep_receipt(receipt: Receipt | None, read_by: date | None) -> None:
        numbers = asdict(receipt) if receipt else {}
        numbers |= {"read_by": read_by.isoformat()} if read_by else {}
        request.session[RECEIPTS] = {**request.session.get(RECEIPTS, {}), str(intake.pk): numbers}

    def page_url(number: int) -> str:
        return f"{reverse('workspace:phone-page', args=[intake.pk, number])}#ask-{number}"

    return Door(
        frame="staff.html",
        page_url=page_url,
        review=reverse("workspace:phone-review", args=[intake.pk]),
        documents=reverse("workspace:phone-documents", args=[intake.pk]),
        receipt=reverse("workspace:phone-receipt", args=[intake.pk]),
        keep_receipt=keep_receipt,
        start=reverse("workspace:phone"),
        actor=request.user,
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
            interpreted=form.cleaned_data["interpreted"],
        )
        begin_own_form(intake, by=user, at=timezone.now())
        return redirect("workspace:phone-page", intake.pk, LATER[0].number)
    link = own_form_of(user, request.GET.get("of", ""))
    if not form.is_bound:
        form.initial["start_key"] = link.other_matter_id if link else uuid.uuid4()
    context = {
        "form": form,
        "consent": CONSENT,
        "of_family": link.case.reference if link else "",
        "begins": form.is_bound or request.GET.get("begin") == "yes",
        "started": started_by_phone(user, at=timezone.now()),
    }
    return render(request, "workspace/phone.html", context, status=422 if form.is_bound else 200)


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_page(request: StaffRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Show or save the section in which a question stands.

    What only the person and their attorney read is not asked here.
    """
    page = BY_NUMBER.get(number)
    if page is None or page.is_first or page.is_secret:
        raise Http404
    sheet = draft_sheet(request, pk, purpose=PURPOSE)
    door = door_of(request, sheet.intake)
    if page is DOCUMENTS:
        return redirect(door.documents)
    now = timezone.now()
    part = ask_section(sheet, page.section, posted(request), at=now)
    if not part.asked:
        return HttpResponseRedirect(door.review)
    if request.method == "POST":
        return _sent(request, sheet, page, part, door)
    return _part(request, sheet, page, part, door)


def _sent(request: StaffRequest, sheet: Sheet, page: Page, part: SectionAsked, door: Door) -> HttpResponse:
    """Keep what is whole of a section, and go on, or show what must be looked at again."""
    pressed = request.POST.get("press", "")
    if ASKED not in request.POST:
        return HttpResponseRedirect(door.page_url(page.number))
    if pressed == "look":  # a script asks what follows from what is typed; nothing is kept
        not_judged_yet(part)
        return _part(request, sheet, page, part, door)
    later = pressed == "later"
    wrong = keep_section(sheet, part, at=timezone.now(), skips=pressed == "skip-section", later=later)
    if wrong:
        if later:
            not_judged_yet(part, if_left=True)
        status = 409 if any(one.is_changed for one in wrong) else 422
        return _part(request, sheet, page, part, door, status=status)
    further = (one for one in part.asked if one.page in sheet.pages)
    if opened := next((one for one in further if one.opens or (pressed == "more" and one.may_add)), None):
        return HttpResponseRedirect(door.page_url(opened.number))
    return HttpResponseRedirect(_after(sheet, page, door) if later else door.next(sheet, page))


def _after(sheet: Sheet, page: Page, door: Door) -> str:
    """Return the address of what lacks an answer in the sections after a page's, else of the review."""
    further = [other for other in sheet.pages if other.section.letter > page.section.letter]
    missing = first_unanswered(sheet.answers, further)
    return door.page_url(missing.number) if missing else door.review


def _part(
    request: StaffRequest, sheet: Sheet, page: Page, part: SectionAsked, door: Door, *, status: int = 200
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "part": part,
        "form_map": map_of(sheet, page.section, page_url=door.page_url),
        "line": on_the_line(sheet),
        "review": door.review,
        "may_skip_section": any(one.page.skipping for one in part.asked),
    }
    return render(request, "workspace/phone_part.html", context, status=status)


@receives_files
@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_documents(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take papers somebody brought along."""
    sheet = draft_sheet(request, pk, purpose=PURPOSE)
    return take_documents(request, sheet, door_of(request, sheet.intake))


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_review(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Read the answers back to the person, and send them; the second of two clicks finds the receipt."""
    if str(pk) in request.session.get(RECEIPTS, {}):
        return redirect("workspace:phone-receipt", pk)
    sheet = draft_sheet(request, pk, purpose=PURPOSE)
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
    return show_receipt(request, numbers.get("locator", ""), numbers.get("secret", ""), read_by=read_by)
