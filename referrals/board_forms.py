"""What may be asked of the board in its address, and why somebody who asked for a case does not get it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Track
from foundation.filters import Filter, FilterForm
from foundation.forms import HelpedForm
from foundation.languages import language_choices
from foundation.states import all_states
from referrals.board_models import WhyNot
from referrals.summary_queries import CUSTODY


def _of(name: str) -> Callable[[Any, str], Any]:
    """Return what lets through the rows of one value: those of whom nobody knows it are none of it."""
    return lambda rows, value: [one for one in rows if getattr(one, name) == value] if value else rows


class BoardForm(FilterForm):
    """The board's address: each field narrows the rows that the database gave."""

    language = Filter(label=_("Language"), narrow=_of("language"), choices=language_choices)
    track = Filter(
        label=_("Kind of case"),
        narrow=_of("track"),
        choices=lambda: [(one.value, one.label) for one in Track if one != Track.UNKNOWN],
    )
    state = Filter(label=_("Where the court or the person is"), narrow=_of("state"), choices=all_states)
    custody = Filter(label=_("Held or not"), narrow=_of("custody"), choices=lambda: CUSTODY.items())


class WhyNotForm(HelpedForm):
    """Why a case is not offered to somebody who asked for it: one of a list, since they read it."""

    why_not = forms.ChoiceField(label=_("Why not?"), choices=WhyNot.choices, widget=forms.RadioSelect)
