"""What can be done to many cases at once: its form, what would change, and the action."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.actions import ask_for_papers, assign_many, tag_many
from cases.many import Done, for_each
from cases.models import Case
from foundation.accounts.models import User
from foundation.forms import HelpedForm
from referrals.actions import refer_case
from workspace.queue.many_forms import AssignForm, PapersForm, PutTagForm, ReferForm


@dataclass(frozen=True)
class Doing:
    """One thing that is done to many cases. `do(cases, values, by=, at=)` says what came of it."""

    name: str
    label: Any
    form: type[HelpedForm]
    do: Callable[..., Done]
    words: Any


def _assign(cases: list[Case], values: dict[str, Any], *, by: User, at: datetime) -> Done:
    return assign_many(cases, to=values["to"], link=reverse("workspace:queue"), by=by, at=at)


def _tag(cases: list[Case], values: dict[str, Any], *, by: User, at: datetime) -> Done:
    return tag_many(cases, tag=values["tag"], by=by, at=at)


def _refer(cases: list[Case], values: dict[str, Any], *, by: User, at: datetime) -> Done:
    return for_each(cases, partial(refer_case, queue=values["queue"], by=by, at=at))


def _ask(cases: list[Case], values: dict[str, Any], *, by: User, at: datetime) -> Done:
    asked = {"codes": values["codes"], "due_on": values["due_on"]}
    return for_each(cases, partial(ask_for_papers, **asked, by=by, at=at))


DOINGS = {
    one.name: one
    for one in (
        Doing(
            "assign", _("Give to a colleague"), AssignForm, _assign, _("It can be taken back in one press.")
        ),
        Doing("tag", _("Tag"), PutTagForm, _tag, _("It can be taken back in one press.")),
        Doing(
            "refer",
            _("Put into a queue"),
            ReferForm,
            _refer,
            _("Only cases triaged as ours go into a queue; each can be taken out again on its page."),
        ),
        Doing(
            "papers",
            _("Ask for papers"),
            PapersForm,
            _ask,
            _("Each person is asked once: a paper that is asked for already is not asked for again."),
        ),
    )
}
