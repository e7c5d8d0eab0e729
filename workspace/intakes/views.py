"""A person's form as the office works with it: left unfinished, copied, its receipt replaced."""

import uuid
from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Case
from conflicts.queries import CLEAR, standing
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role, User
from foundation.forms import posted
from intake import actions
from intake.models import Intake, Status
from intake.review import review_of
from workspace.intakes.forms import CopyForm, ReplaceDraftForm, ReplaceReceiptForm
from workspace.intakes.phone_views import door_of
from workspace.intakes.queries import answer_sections, told_of
from workspace.intakes.sheets import draft_sheet, show_receipt
from workspace.names.queries import without_story
from workspace.visible import case_for


@staff(Role.CASEWORKER)
@require_safe
def unfinished(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an urgent form that was left: what was said so far, and how the person may be reached."""
    sheet = draft_sheet(request, pk, purpose="urgent form")
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
            return show_receipt(request, acted.result.locator, acted.result.secret, back=back)
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
