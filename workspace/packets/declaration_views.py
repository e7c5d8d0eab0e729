"""Declarations: begun, written paragraph by paragraph, reviewed, handed over as a Word document."""

import uuid
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from foundation.vault.opening import open_one
from packets import declaring
from packets.access import declarations_visible_to, may_compose
from packets.declaration_models import Declaration, Paragraph
from packets.declarations import PURPOSE, choices_of, declaration_docx, page_of
from workspace.packets.declaration_forms import BeginForm, ParagraphForm, ReviewForm, VersionForm
from workspace.packets.words import word_document
from workspace.visible import case_for

TEAM = (Role.ATTORNEY, Role.ASSISTANT)


@staff(*TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def declarations(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a case's declarations, and begin one."""
    case, form, status = case_for(request, pk), BeginForm(posted(request)), 200
    if form.is_bound:
        action = partial(declaring.begin_declaration, case)
        acted = act(request, action, form=form, done=_("The declaration is begun."))
        if acted.is_done:
            return redirect("workspace:declaration", acted.result.pk)
        status = acted.status
    rows = [
        (one, open_one(one, "about", purpose=PURPOSE).about.get("who", ""))
        for one in declarations_visible_to(request.user).filter(case=case).select_related("made_by")
    ]
    context = {"case": case, "rows": rows, "form": form if may_compose(request.user, case) else None}
    return render(request, "workspace/packets/declarations.html", context, status=status)


@staff(*TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a declaration, and write its next paragraph; where tellings differ only to counsel."""
    one, status = _declaration(request, pk), 200
    points, citations = choices_of(one.case)
    form = ParagraphForm(posted(request), points=points, citations=citations)
    if form.is_bound:
        acted = act(request, partial(declaring.add_paragraph, one), form=form, done=_("It is written."))
        if acted.is_done:
            return redirect("workspace:declaration", pk)
        status = acted.status
    may = may_compose(request.user, one.case)
    page = page_of(one, for_counsel=may)
    context = {"page": page, "may": may, "form": form if may else None, "review": ReviewForm()}
    return render(request, "workspace/packets/declaration.html", context, status=status)


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def paragraph(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the next version of a paragraph; where somebody wrote one meanwhile both are to be seen."""
    one, status, theirs = _paragraph(request, pk), 200, None
    points, citations = choices_of(one.declaration.case)
    words = open_one(one, "english", "original", purpose=PURPOSE)
    begin = {"english": words.english, "original": words.original, "version": one.version}
    begin |= {"points": one.points, "citations": one.citations}
    form = VersionForm(posted(request), initial=begin, points=points, citations=citations)
    if form.is_bound:
        acted = act(request, partial(declaring.change_paragraph, one), form=form, done=_("It is written."))
        if acted.is_done:
            return redirect("workspace:declaration", one.declaration_id)
        status = acted.status
        last = one.declaration.paragraphs.filter(root=one.root, is_current=True).first()
        if last and last.pk != one.pk:
            theirs = open_one(last, "english", "original", purpose=PURPOSE)
            form = form.onto(last.version)
    context = {"paragraph": one, "form": form, "theirs": theirs}
    return render(request, "workspace/packets/paragraph.html", context, status=status)


@staff(Role.ATTORNEY)
@require_POST
def move(request: StaffRequest, pk: uuid.UUID, way: str) -> HttpResponse:
    """Move a paragraph one place up or down."""
    if way not in ("up", "down"):
        raise Http404
    one = _paragraph(request, pk)
    act(request, partial(declaring.move_paragraph, one, up=way == "up"))
    return redirect("workspace:declaration", one.declaration_id)


@staff(Role.ATTORNEY)
@require_POST
def take_out(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a paragraph out of its declaration."""
    one = _paragraph(request, pk)
    act(request, partial(declaring.take_out_paragraph, one), done=_("It is taken out."))
    return redirect("workspace:declaration", one.declaration_id)


@staff(Role.ATTORNEY)
@require_POST
def submit(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand all drafts of a declaration in for review."""
    action = partial(declaring.submit_declaration, _declaration(request, pk))
    act(request, action, done=_("They wait to be reviewed."))
    return redirect("workspace:declaration", pk)


@staff(Role.ATTORNEY)
@require_POST
def review(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Approve a paragraph, or say what is to be changed."""
    one, form = _paragraph(request, pk), ReviewForm(request.POST)
    acted = act(request, partial(declaring.review_paragraph, one), form=form, done=_("It is reviewed."))
    if acted.is_done:
        return redirect("workspace:declaration", one.declaration_id)
    page = page_of(one.declaration, for_counsel=True)
    points, citations = choices_of(one.declaration.case)
    context = {"page": page, "may": True, "form": ParagraphForm(points=points, citations=citations)}
    context |= {"review": form, "reviewed": one.pk}
    return render(request, "workspace/packets/declaration.html", context, status=acted.status)


@staff(*TEAM)
@require_safe
def word(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand over a declaration as a Word document, its original beside the English."""
    page = page_of(_declaration(request, pk), for_counsel=False)
    return word_document(declaration_docx(page), "declaration")


def _declaration(request: StaffRequest, pk: uuid.UUID) -> Declaration:
    rows = declarations_visible_to(request.user).select_related("case__office", "case__intake")
    return get_object_or_404(rows, pk=pk)


def _paragraph(request: StaffRequest, pk: uuid.UUID) -> Paragraph:
    rows = Paragraph.objects.select_related("declaration__case__office", "declaration__case__intake")
    return get_object_or_404(rows, pk=pk, declaration__in=declarations_visible_to(request.user))
