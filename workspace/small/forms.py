"""What a caseworker asks help for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import SmallKind
from foundation.forms import HelpedForm, day_field
from foundation.languages import language_choices

MOST, MOST_DAYS = 500, 20


class SmallTaskForm(HelpedForm):
    """Kind, language, how much, by when: no words, so that nothing of the case goes with it."""

    kind = forms.ChoiceField(label=_("What is asked for?"), choices=SmallKind.choices)
    language = forms.ChoiceField(label=_("Language, beside English"), required=False)
    amount = forms.IntegerField(
        label=_("How much?"),
        help_text=_("Pages; for interpreting, hours."),
        min_value=1,
        max_value=MOST,
        initial=1,
    )
    due_on = day_field(_("Needed by"), required=True)
    days = forms.IntegerField(
        label=_("Business days that whoever takes it has"),
        help_text=_("After them it is offered again by itself."),
        min_value=1,
        max_value=MOST_DAYS,
        initial=3,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        asked = self.fields["language"]
        asked.choices = [("", _("None")), *language_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("due_on") and cleaned["due_on"] < self.today:
            self.add_error("due_on", _("This day is over."))
        speaks = cleaned.get("kind") in (SmallKind.TRANSLATION, SmallKind.INTERPRETING)
        if speaks and not cleaned.get("language") and "language" not in self.errors:
            self.add_error("language", _("Say which language."))
        return cleaned
