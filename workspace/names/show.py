"""Two pages about names, shown as they are or with what was refused."""

import uuid
from collections.abc import Mapping

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from conflicts import queries
from conflicts.forms import DecisionForm, NamesForm
from foundation.accounts.access import StaffRequest
from foundation.accounts.models import Role
from workspace.names.queries import names_page


def show_waiting(
    request: StaffRequest, *, refused: Mapping[uuid.UUID, DecisionForm] | None = None, status: int = 200
) -> HttpResponse:
    """Show what waits; `refused` holds, by check, a decision that could not be recorded."""
    page = names_page(request.user, request.office)
    context = {**page, "decides": request.user.has_role(Role.CASEWORKER)}
    context["checks"] = [(line, (refused or {}).get(line.id)) for line in page["checks"]]
    return render(request, "conflicts/queue.html", context, status=status)


def board_form(sent: QueryDict | None = None) -> NamesForm:
    words = _("Who steers or pays for the office. One on each line, in any script.")
    return NamesForm(sent, help_text=words)


def show_our_people(request: StaffRequest, form: NamesForm, status: int = 200) -> HttpResponse:
    may_add = request.user.has_role(Role.CASEWORKER)
    context = {"people": queries.our_people(request.office), "form": form if may_add else None}
    return render(request, "conflicts/our_people.html", context, status=status)
