"""Show a tab of a case, and run what its forms and buttons ask for."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases.models import Case
from foundation.accounts.access import StaffRequest
from foundation.accounts.acting import act
from foundation.events.access import gathered
from workspace.case import forms as of_tabs
from workspace.case.queries import overview
from workspace.case.referral import referral_tab
from workspace.case.tabs import evidence_tab, history_tab, messages_tab, people_tab, told_tab
from workspace.desk import Desk, desk_for
from workspace.strip import case_tab, strip_of

Sent = forms.Form | None


def _overview(desk: Desk, do: str, sent: Sent) -> dict[str, Any]:
    page = overview(desk)
    forms_ = of_tabs.overview_forms(desk, page, do=do, sent=sent)
    return {"page": page, "forms": forms_, "do_id": do.partition(":")[2]}


def _told(desk: Desk, do: str, sent: Sent) -> dict[str, Any]:
    page = told_tab(desk)
    forms_ = of_tabs.told_forms(desk, page, do=do, sent=sent)
    asked = sent.data.get("question_id", "") if sent else do.partition(":")[2]
    return {"page": page, "forms": forms_, "do_id": asked}


def _people(desk: Desk, do: str, sent: Sent) -> dict[str, Any]:
    forms_ = of_tabs.people_forms(desk, do=do, sent=sent)
    opened = sent.data.get("link_id", "") if sent else do.partition(":")[2]
    return {"page": people_tab(desk), "forms": forms_, "do_id": opened}


def _evidence(desk: Desk, do: str, sent: Sent) -> dict[str, Any]:
    return {"page": evidence_tab(desk), "forms": of_tabs.case_forms({}, sent, may=set())}


def _referral(desk: Desk, do: str, sent: Sent) -> dict[str, Any]:
    page = referral_tab(desk)
    return {"page": page, "head": page, "forms": of_tabs.referral_forms(desk, page, sent=sent)}


def _messages(desk: Desk, do: str, sent: Sent) -> dict[str, Any]:
    page = messages_tab(desk)
    forms_ = of_tabs.messages_forms(desk, page, do=do, sent=sent)
    return {"page": page, "forms": forms_, "do_id": do.partition(":")[2]}


def _history(desk: Desk, do: str, sent: Sent) -> dict[str, Any]:
    return {"page": history_tab(desk), "forms": of_tabs.case_forms({}, sent, may=set())}


# Each tab: its template, and what fills it.
SHOWN: dict[str, tuple[str, Callable[[Desk, str, Sent], dict[str, Any]]]] = {
    "overview": ("workspace/case/overview.html", _overview),
    "told-us": ("workspace/case/told_us.html", _told),
    "people": ("workspace/case/people.html", _people),
    "evidence": ("workspace/case/evidence.html", _evidence),
    "referral": ("workspace/case/referral.html", _referral),
    "messages": ("workspace/case/messages.html", _messages),
    "history": ("workspace/case/history.html", _history),
}


def show_tab(request: StaffRequest, pk: uuid.UUID, tab: str) -> HttpResponse:
    """Show a tab of a case that somebody may see. `?do=` names the form that is opened on it."""
    with gathered():
        return _page(request, desk_for(request, pk), tab, do=request.GET.get("do", ""))


def show_case(
    request: StaffRequest, case: Case, *, tab: str = "overview", sent: Sent = None, status: int = 200
) -> HttpResponse:
    """Show a tab of a case; `sent` is a form that was refused, shown with what was typed."""
    with gathered():
        return _page(request, desk_for(request, case.pk), tab, sent=sent, status=status)


def _page(
    request: StaffRequest, desk: Desk, tab: str, *, do: str = "", sent: Sent = None, status: int = 200
) -> HttpResponse:
    strip = strip_of(desk, tab)
    template, fill = SHOWN[tab]
    context = {"strip": strip, **fill(desk, do, sent), "head": strip.head}
    return render(request, template, context, status=status)


def act_on_case(
    request: StaffRequest,
    case: Case,
    action: Callable[..., Any],
    *,
    form: forms.Form | None = None,
    done: str,
    tab: str = "overview",
    then: str = "",
) -> HttpResponse:
    """Run an action and go to its tab (or to `then`); refused, the tab is shown anew with what was typed."""
    acted = act(request, action, form=form, done=done)
    if acted.is_done:
        return redirect(case_tab(case.pk, then or tab))
    return show_case(request, case, tab=tab, sent=form, status=acted.status)
