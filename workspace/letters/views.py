"""The letters of an office, and those to the person of a case."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import asked_in, posted, sent_or_empty
from letters import actions
from letters.access import may_approve, may_write_letters, may_write_templates
from letters.kinds import WORDS, Kind, draft, left_in
from letters.models import Letter, Template
from letters.paper import Paper, pdf_of
from letters.queries import filled, letters_of, paper_of, sample_of, slot_of, slots_of, versions_of
from workspace.letters.forms import ChooseForm, GivenForm, LetterForm, TemplateForm
from workspace.letters.queries import language_of, state_of
from workspace.visible import case_for

WRITING = (Role.CASEWORKER, Role.ATTORNEY)
READING = (*WRITING, Role.ADMINISTRATOR)


def as_pdf(paper: Paper) -> HttpResponse:
    """Return a letter's paper under a name that says nothing of anybody."""
    headers = {
        "Content-Disposition": 'inline; filename="letter.pdf"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(pdf_of(paper), content_type="application/pdf", headers=headers)


# --- the words of letters --------------------------------------------------------------------------


@staff(*READING)
@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    """Show every letter in every language: in use, waiting for a lawyer, or not written."""
    context = {
        "slots": slots_of(request.office),
        "may_write": may_write_templates(request.user, request.office),
    }
    return render(request, "workspace/letters/templates.html", context)


@staff(*READING)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: StaffRequest, kind: str, language: str) -> HttpResponse:
    """Show the words of one letter with its versions; an administrator writes the next."""
    _known(kind, language)
    slot = slot_of(request.office, kind, language)
    begin = slot.newest.text if slot.newest else draft(kind, language)
    form, status = TemplateForm(posted(request), initial={"text": begin}), 200
    if form.is_bound:
        action = partial(actions.write_template, request.office, kind=kind, language=language)
        acted = act(request, action, form=form, done=_("The words are kept."), field="text")
        if acted.is_done:
            return redirect("workspace:letter-template", kind, language)
        status = acted.status
    context = {
        "slot": slot,
        "form": form if may_write_templates(request.user, request.office) else None,
        "versions": versions_of(request.office, kind, language),
        "may_approve": may_approve(request.user, request.office),
        "fields": WORDS,
        "is_draft": slot.newest is None and bool(begin),
    }
    return render(request, "workspace/letters/template.html", context, status=status)


def _known(kind: str, language: str) -> None:
    if kind not in Kind.values or language not in dict(settings.LANGUAGES):
        raise Http404


@staff(*READING)
@require_safe
def sample(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a letter with these words looks like on paper, about nobody."""
    return as_pdf(sample_of(_version(request, pk)))


@staff(Role.ATTORNEY)
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that a lawyer read these words and approves them."""
    return _on_version(request, pk, actions.approve_template, _("The words are approved."))


@staff(Role.ADMINISTRATOR)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Use these words no more."""
    return _on_version(request, pk, actions.end_template, _("The words are used no more."))


def _version(request: StaffRequest, pk: int) -> Template:
    rows = Template.objects.select_related("office")
    return get_object_or_404(rows, pk=pk, office=request.office)


def _on_version(request: StaffRequest, pk: int, action: Callable[..., None], done: str) -> HttpResponse:
    version = _version(request, pk)
    act(request, partial(action, version), done=done)
    return redirect("workspace:letter-template", version.kind, version.language)


# --- letters to a person ---------------------------------------------------------------------------


@staff(*ON_MATTERS)
@require_safe
def letters(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a case's letters, and choose the next."""
    return _letters(request, pk)


def _letters(
    request: StaffRequest, pk: uuid.UUID, *, sent: GivenForm | None = None, status: int = 200
) -> HttpResponse:
    case = case_for(request, pk)
    may_write = may_write_letters(request.user, case)
    rows = [
        (
            letter,
            state_of(letter),
            _given(letter, sent) if may_write and not (letter.given_at or letter.dropped_at) else None,
        )
        for letter in letters_of(case)
    ]
    context = {
        "case": case,
        "rows": rows,
        "choose": ChooseForm(initial={"language": language_of(case)}) if may_write else None,
    }
    return render(request, "workspace/letters/letters.html", context, status=status)


def _given(letter: Letter, sent: GivenForm | None) -> Any:
    return sent_or_empty(GivenForm, f"given-{letter.pk.hex[:8]}", sent)


@staff(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write a letter: the office's words with what is known of the case in their place."""
    case, chosen = case_for(request, pk), asked_in(request, ChooseForm)
    if not chosen["kind"] or not chosen["language"]:
        return redirect("workspace:letters", pk)
    slot = slot_of(request.office, chosen["kind"], chosen["language"])
    if slot.used is None:
        return render(request, "workspace/letters/no_words.html", {"case": case, "slot": slot}, status=409)
    today = case.office.today(timezone.now())
    begin = filled(case, slot.used, on=today) if request.method != "POST" else ""
    form, status = LetterForm(posted(request), initial={"text": begin}), 200
    if form.is_bound:
        action = partial(actions.write_letter, case, template=slot.used)
        acted = act(request, action, form=form, done=_("The letter is written."), field="text")
        if acted.is_done:
            return redirect("workspace:letters", pk)
        status = acted.status
    left = [WORDS[name] for name in left_in(begin) if name in WORDS]
    context = {"case": case, "slot": slot, "form": form, "left": left}
    return render(request, "workspace/letters/write.html", context, status=status)


@staff(*WRITING)
@require_safe
def paper(request: StaffRequest, pk: uuid.UUID, letter: uuid.UUID) -> HttpResponse:
    """Hand out a letter as paper."""
    return as_pdf(paper_of(_letter(request, pk, letter)))


@staff(*WRITING)
@require_POST
def given(request: StaffRequest, pk: uuid.UUID, letter: uuid.UUID) -> HttpResponse:
    """Note how a letter reached the person."""
    one = _letter(request, pk, letter)
    form = GivenForm(request.POST, prefix=f"given-{one.pk.hex[:8]}")
    acted = act(request, partial(actions.note_given, one), form=form, done=_("Noted."), field="how")
    if acted.is_done:
        return redirect("workspace:letters", pk)
    return _letters(request, pk, sent=form, status=acted.status)


@staff(*WRITING)
@require_POST
def drop(request: StaffRequest, pk: uuid.UUID, letter: uuid.UUID) -> HttpResponse:
    """Put a letter away that nobody has yet."""
    act(
        request, partial(actions.drop_letter, _letter(request, pk, letter)), done=_("The letter is put away.")
    )
    return redirect("workspace:letters", pk)


def _letter(request: StaffRequest, pk: uuid.UUID, letter: uuid.UUID) -> Letter:
    case = case_for(request, pk)
    return get_object_or_404(Letter.objects.select_related("case__office", "made_by"), pk=letter, case=case)
