"""The papers of a case: the list, adding to it, what each paper is, and what the person is asked for."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import actions
from cases.forms import DescribeForm, PaperForm
from cases.models import Case
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.events.access import gathered
from foundation.files import kinds
from foundation.files.receiving import received_files, receives_files
from foundation.files.uploads import Outcome
from foundation.files.words import LARGEST
from foundation.forms import asked_in, posted, sent_or_empty
from workspace.desk import desk_for
from workspace.head import head_of
from workspace.papers.asked import AskedLine, asked_of, missing_papers, papers_to_ask
from workspace.papers.forms import LIKELY, AskForm, OrderForm, SettleForm
from workspace.papers.lines import PaperLine, paper_lines
from workspace.papers.queries import PapersPage, paper_of, papers_page
from workspace.strip import strip_of
from workspace.visible import case_for

WORKING = (Role.CASEWORKER, Role.ATTORNEY)


@staff(*ON_MATTERS)
@require_safe
def papers(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the papers of a case, who sent each and what became of it."""
    return _list(request, case_for(request, pk))


def _list(
    request: StaffRequest,
    case: Case,
    *,
    form: PaperForm | None = None,
    sent: AskForm | SettleForm | None = None,
    outcomes: list[Outcome] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the list; `outcomes` say of each file just sent what became of it.

    `sent` is a form about what is asked for that was refused: it stands in place of its empty twin.
    """
    order = asked_in(request, OrderForm)["order"]
    with gathered():
        desk = desk_for(request, case.pk)
        page = papers_page(desk, order=order)
        do = request.GET.get("do", "")
        context = _context(case, page, form=form, sent=sent, order=order, do=do)
        context |= {"outcomes": outcomes or [], "error": error, "strip": strip_of(desk, "files")}
        context["mark"] = f"{_('Error:')} " if error and not (form and form.errors) else ""
        return render(request, "workspace/papers.html", context, status=status)


def _context(
    case: Case,
    page: PapersPage,
    *,
    form: PaperForm | None,
    sent: AskForm | SettleForm | None,
    order: str,
    do: str,
) -> dict[str, Any]:
    """Return the page with the form that is opened (`do`); a refused one stands in place of its twin."""
    if form is None and do == "add":
        form = PaperForm(others=page.choices)
    may_ask = page.asked.may_ask
    ask_form = _ask_form(case, sent) if may_ask and (do == "ask" or isinstance(sent, AskForm)) else None
    settling = [_settle_form(line, sent, do=do) if may_ask else None for line in page.asked.lines]
    return {
        "page": page,
        "asked": list(zip(page.asked.lines, settling, strict=True)),
        "ask": ask_form,
        "refused": sent if sent not in (None, ask_form, *settling) else None,
        "order": order,
        "orders": OrderForm.base_fields["order"].choices,  # type: ignore[attr-defined]
        "form": form if page.can_keep else None,
        "may_ask": may_ask,
        "accepted": kinds.accepted(),
        "taken": kinds.taken(),
        "largest": LARGEST,
    }


@receives_files
@staff(*WORKING)
@require_POST
def add(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep files with a case. What was sent is kept even where the words beside it have a fault."""
    case = case_for(request, pk)
    files = received_files(request, "files")
    form = PaperForm(request.POST, others=_others(case))
    fits = form.is_valid()
    if not files:
        error = _("No file was chosen. Choose one or several.")
        return _list(request, case, form=form, error=error, status=422)
    acted = act(request, partial(actions.add_papers, case, files=files, **form.what_fits))
    if not acted.is_done:
        return _list(request, case, form=form, status=acted.status)
    outcomes: list[Outcome] = acted.result
    is_kept = any(outcome.upload for outcome in outcomes)
    if is_kept and not fits:
        messages.warning(request, _("The files are kept. Say at each file which paper it is."))
    shown = None if is_kept and fits else form
    return _list(request, case, form=shown, outcomes=outcomes, status=200 if is_kept else 422)


def _asked_for() -> str:
    return _("It is asked for. Where that is safe they get a message, and their return page says what it is.")


def _settle_form(line: AskedLine, sent: forms.Form | None, *, do: str) -> forms.Form | None:
    """Return a line's form where it is opened: by the address, by an answer to look at, or as refused."""
    shown = sent_or_empty(SettleForm, str(line.id), sent)
    if not (shown is sent or line.to_look_at or do == f"settle:{line.id}"):
        return None
    shown.initial.setdefault("outcome", LIKELY.get(line.answer, ""))
    return shown


def _ask_form(case: Case, sent: forms.Form | None) -> AskForm:
    return sent if isinstance(sent, AskForm) else AskForm(papers=papers_to_ask(case))


@staff(*WORKING)
@require_POST
def ask(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the person for papers."""
    case = case_for(request, pk)
    form = AskForm(request.POST, papers=papers_to_ask(case))
    acted = act(request, partial(actions.ask_for_papers, case), form=form, done=_asked_for())
    if acted.is_done:
        return redirect("workspace:papers", pk)
    return _list(request, case, sent=form, status=acted.status)


@staff(*WORKING)
@require_POST
def ask_usual(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the person for what is missing of the usual list of their track."""
    case = case_for(request, pk)
    missing = [paper.code for paper in missing_papers(case, asked_of(case), paper_lines(case))]
    acted = act(request, partial(actions.ask_for_papers, case, codes=missing), done=_asked_for())
    if acted.is_done:
        return redirect("workspace:papers", pk)
    return _list(request, case, status=acted.status)


@staff(*WORKING)
@require_POST
def settle(request: StaffRequest, pk: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    """Note what became of a paper that is asked for."""
    case = case_for(request, pk)
    form = SettleForm(request.POST, prefix=str(asked))
    action = partial(actions.settle_paper, case, asked_id=asked)
    acted = act(request, action, form=form, done=_("Noted."))
    if acted.is_done:
        return redirect("workspace:papers", pk)
    return _list(request, case, sent=form, status=acted.status)


def _others(case: Case, but: uuid.UUID | None = None) -> list[tuple[uuid.UUID, str]]:
    lines = (line for line in paper_lines(case) if not line.is_gone and line.id != but)
    return [(line.id, line.label or _("A file")) for line in lines]


@staff(*WORKING)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: StaffRequest, pk: uuid.UUID, upload: uuid.UUID) -> HttpResponse:
    """Show one file of a case, and write down which paper it is."""
    case = case_for(request, pk)
    line = paper_of(case, upload)
    if line is None:
        raise Http404
    form = DescribeForm(posted(request), initial=_initial(line), others=_others(case, but=upload))
    status = 200
    if form.is_bound:
        action = partial(actions.describe_paper, case, upload_id=upload)
        acted = act(request, action, form=form, done=_("Written down."))
        if acted.is_done:
            return redirect("workspace:papers", pk)
        status = acted.status
    context = {"head": head_of(case), "line": line, "form": form}
    return render(request, "workspace/paper.html", context, status=status)


def _initial(line: PaperLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "dated": line.dated,
        "origin": line.origin_code,
        "translation_of": str(line.translation_of or ""),
        "note": line.note,
        "seen": line.seen,
    }


@staff(*WORKING)
@require_POST
def put_aside(request: StaffRequest, pk: uuid.UUID, upload: uuid.UUID) -> HttpResponse:
    """Put a paper aside; nothing of it is deleted."""
    done = _("It is put aside. You can bring it back below.")
    return _press(request, pk, partial(actions.put_paper_aside, upload_id=upload), done)


@staff(*WORKING)
@require_POST
def bring_back(request: StaffRequest, pk: uuid.UUID, upload: uuid.UUID) -> HttpResponse:
    """Bring a paper back that was put aside."""
    return _press(request, pk, partial(actions.bring_paper_back, upload_id=upload), _("It is back."))


def _press(request: StaffRequest, pk: uuid.UUID, action: Callable[..., Any], done: str) -> HttpResponse:
    """Run what a button asks for; refused, the list says why."""
    case = case_for(request, pk)
    acted = act(request, partial(action, case), done=done)
    if acted.is_done:
        return redirect("workspace:papers", pk)
    return _list(request, case, status=acted.status)
