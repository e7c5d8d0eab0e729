"""What somebody wants to try on the panel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm
from foundation.languages import language_choices
from foundation.states import all_states

MOST_PEOPLE, MOST_PLACES = 20, 20


class WhatIfForm(HelpedForm):
    """So many more practitioners, of which language and where: the fields of `More`."""

    people = forms.IntegerField(
        label=_("How many more practitioners?"), min_value=1, max_value=MOST_PEOPLE, initial=2
    )
    language = forms.ChoiceField(
        label=_("Which language do they speak?"), required=False, help_text=_("Beside English.")
    )
    state = forms.ChoiceField(label=_("Where do they take cases?"), required=False)
    places = forms.IntegerField(
        label=_("How many cases does each take at a time?"), min_value=1, max_value=MOST_PLACES, initial=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages, states = self.fields["language"], self.fields["state"]
        languages.choices = [("", _("English alone")), *language_choices()]  # type: ignore[attr-defined]
        states.choices = [("", _("Anywhere")), *all_states()]  # type: ignore[attr-defined]
