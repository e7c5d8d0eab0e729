"""The office's own words of messages, shown as a locked phone shows them before anybody gets one."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted, read_anew
from letters.access import may_approve
from letters.wordings import approve_wording
from notifications import wording as words
from notifications.kinds import KINDS
from notifications.models import Wording
from workspace.wordings.forms import WordingForm
from workspace.wordings.queries import shown_locked, slot_of, slots_of

READING = (Role.CASEWORKER, Role.ATTORNEY, Role.ADMINISTRATOR)


@staff(*READING)
@require_safe
def wordings(request: StaffRequest) -> HttpResponse:
    """Show every kind of message in every language: the program's words, or the office's own."""
    return render(request, "workspace/wordings/wordings.html", {"slots": slots_of(request.office)})


@staff(*READING)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: StaffRequest, kind: str, language: str) -> HttpResponse:
    """Show the words of one message with its versions; an administrator tries others and writes the next."""
    if kind not in KINDS or language not in dict(settings.LANGUAGES):
        raise Http404
    versions = list(words.versions_of(request.office, kind, language))
    slot = slot_of(kind, language, versions)
    begin = slot.newest or slot.program
    initial = {"title": begin.title, "body": begin.body, "seen": versions[0].number if versions else 0}
    form, status = WordingForm(posted(request), initial=initial), 200
    if form.is_bound and request.POST.get("press") == "show":
        status = _judge(request, form, kind)
    elif form.is_bound:
        write = partial(words.write_wording, request.office, kind=kind, language=language)
        acted = act(request, write, form=form, done=_("The words are kept."), field="body")
        if acted.is_done:
            return redirect("workspace:wording", kind, language)
        status = acted.status
        if status == words.SomethingElseWritten.status:
            read_anew(form, seen=initial["seen"])
    shown = form["title"].value() or "", form["body"].value() or ""
    context = {
        "slot": slot,
        "form": form if words.may_word(request.user, request.office) else None,
        "locked": shown_locked(request.office, *shown),
        "versions": versions,
        "may_approve": may_approve(request.user, request.office),
    }
    return render(request, "workspace/wordings/wording.html", context, status=status)


def _judge(request: StaffRequest, form: WordingForm, kind: str) -> int:
    """Say what keeps typed words from being sent, without keeping them; return the page's status."""
    if form.is_valid():
        typed = form.cleaned_data["title"], form.cleaned_data["body"]
        if wrong := [*words.wrong_with(request.office, kind, *typed)]:
            form.add_error("body", words.said(wrong))
    return 422 if form.errors else 200


@staff(Role.ATTORNEY)
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that a lawyer read these words and approves them."""
    return _on_version(request, pk, approve_wording, _("The words are approved."))


@staff(Role.ADMINISTRATOR)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Use these words no more."""
    return _on_version(request, pk, words.end_wording, _("The words are used no more."))


def _on_version(request: StaffRequest, pk: int, action: Callable[..., None], done: str) -> HttpResponse:
    version = get_object_or_404(Wording.objects.select_related("office"), pk=pk, office=request.office)
    act(request, partial(action, version), done=done)
    return redirect("workspace:wording", version.kind, version.language)
