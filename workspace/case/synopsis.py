"""What whoever is asked to take a case reads of it: staff see it as it would go out, write and approve it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Case
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from foundation.vault.opening import open_one
from referrals import actions
from referrals.models import Synopsis
from referrals.summaries import newest_synopsis, summary_to_offer
from referrals.summary_forms import SynopsisForm
from referrals.summary_queries import Summary, in_words
from screening.codes import code_words
from workspace.head import head_of
from workspace.visible import case_for

PURPOSE = "offer summary"


@dataclass(frozen=True)
class Written:
    """The synopsis that stands, opened: who wrote it when, and who let it go out, "" for nobody yet."""

    id: uuid.UUID
    headline: str
    text: str
    hours: str
    brings: list[str]
    written_by: str
    written_at: datetime
    approved_by: str
    approved_at: datetime | None


def written_of(case: Case) -> Written | None:
    """Open the synopsis of a case that stands, or return None where nobody wrote one."""
    newest = newest_synopsis(case)
    if newest is None:
        return None
    opened = open_one(newest, "headline", "text", purpose=PURPOSE)
    return Written(
        newest.pk,
        opened.headline,
        opened.text,
        newest.hours,
        list(newest.brings),
        newest.written_by.name,
        newest.written_at,
        newest.approved_by.name if newest.approved_by else "",
        newest.approved_at,
    )


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def synopsis(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what whoever is asked would read, and let it be written."""
    case = case_for(request, pk)
    form = SynopsisForm(posted(request))
    if not form.is_bound:
        return _page(request, case)
    done = _("Written. It goes out once somebody approves it.")
    acted = act(request, partial(actions.write_synopsis, case), form=form, done=done)
    if acted.is_done:
        return redirect("workspace:synopsis", pk)
    return _page(request, case, form=form, status=acted.status)


@staff(Role.CASEWORKER)
@require_POST
def approve(request: StaffRequest, pk: uuid.UUID, synopsis: uuid.UUID) -> HttpResponse:
    """Let what was written go out with the next offers."""
    case = case_for(request, pk)
    rows = Synopsis.objects.select_related("case__office", "case__applicant")
    one = get_object_or_404(rows, pk=synopsis, case=case)
    done = _("Approved. Whoever is asked from now on reads it.")
    acted = act(request, partial(actions.approve_synopsis, one), done=done)
    if acted.is_done:
        return redirect("workspace:synopsis", pk)
    return _page(request, case_for(request, pk), status=acted.status)


def _page(
    request: StaffRequest, case: Case, *, form: SynopsisForm | None = None, status: int = 200
) -> HttpResponse:
    written = written_of(case)
    shown = in_words(summary_to_offer(case, at=timezone.now()))
    if form is not None and status == actions.WrittenMeanwhile.status:
        form.beside(str(written.id) if written else "")
    context: dict[str, Any] = {
        "head": head_of(case),
        "summary": shown,
        "codes": code_words(shown.codes),
        "written": written,
        "form": form or _begun(written, shown),
        "is_beside": status == actions.WrittenMeanwhile.status,
    }
    return render(request, "workspace/synopsis.html", context, status=status)


def _begun(written: Written | None, shown: Summary) -> forms.Form:
    """Return the form with what stands, or with what the facts alone say."""
    if written is None:
        return SynopsisForm(initial={"headline": shown.headline, "text": drafted(shown), "seen": ""})
    stands = {name: getattr(written, name) for name in ("headline", "text", "hours", "brings")}
    return SynopsisForm(initial={**stands, "seen": str(written.id)})


def drafted(shown: Summary) -> str:
    """Draft some lines from the facts of a case, as they may be told."""
    lines = (
        _("Asks for: %(what)s.") % {"what": ", ".join(shown.relief)} if shown.relief else "",
        _("Ground, as told: %(what)s.") % {"what": ", ".join(shown.grounds)} if shown.grounds else "",
        _("Needs help too: %(who)s.") % {"who": ", ".join(shown.family)} if shown.family else "",
        _("Speaks %(language)s.") % {"language": shown.language} if shown.language else "",
    )
    return "\n".join(one for one in lines if one)
