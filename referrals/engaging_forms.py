"""What an attorney says of their engagement, whom they ask to take a case over, what becomes of papers."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm, day_field
from referrals.models import (
    AppearanceForm,
    AppearanceState,
    EngagementScope,
    LetterHow,
    PapersBack,
    Practitioner,
)

NOT_SAID = ("", _("Not said yet"))
Stands = dict[str, tuple[str, date | None]]


class TermsForm(HelpedForm):
    """For what somebody is engaged, where the signed letter is, and how each form of appearance stands."""

    scope = forms.ChoiceField(
        label=_("For what are you engaged?"),
        choices=[NOT_SAID, *EngagementScope.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    letter_how = forms.ChoiceField(
        label=_("Where is the signed letter?"),
        choices=[NOT_SAID, *LetterHow.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    letter = forms.ChoiceField(
        label=_("Which file is it?"),
        help_text=_("Add it under Files first; it is rebuilt there as every file is."),
        required=False,
    )

    def __init__(self, *args: Any, files: Sequence[tuple[uuid.UUID, str]], **kwargs: Any) -> None:
        """`files`: those of the case, by what they are called."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["letter"]
        field.choices = [("", "—"), *((str(pk), label) for pk, label in files)]
        for form in AppearanceForm:
            self.fields[form.value] = forms.ChoiceField(
                label=form.label, choices=[NOT_SAID, *AppearanceState.choices], required=False
            )
            self.fields[f"{form.value}_on"] = day_field(
                _("%(form)s: filed on") % {"form": str(form.label).partition(",")[0]}
            )

    def clean(self) -> dict[str, Any]:
        """Return what the action takes: the file by its id, the forms with their days."""
        cleaned = super().clean()
        stands: Stands = {}
        for form in AppearanceForm:
            stands[form.value] = (cleaned.pop(form.value, ""), cleaned.pop(f"{form.value}_on", None))
        letter = cleaned.get("letter")
        return {**cleaned, "letter": uuid.UUID(letter) if letter else None, "forms": stands}


class HandOnForm(HelpedForm):
    """Which colleague is asked to take a case over, and what they read of it after their yes."""

    practitioner = forms.ModelChoiceField(
        label=_("Whom do you ask?"), queryset=Practitioner.objects.none(), empty_label=_("Choose a colleague")
    )
    note = forms.CharField(
        label=_("What must they know when they take it over?"),
        help_text=_("What is filed, what is due next, what was promised. They read it once they said yes."),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].queryset = colleagues  # type: ignore[attr-defined]


class ReleaseForm(HelpedForm):
    """What becomes of the person's papers as their lawyer leaves."""

    papers_back = forms.ChoiceField(
        label=_("What becomes of the person's papers?"),
        choices=[NOT_SAID, *PapersBack.choices],
        required=False,
    )


class PapersForm(HelpedForm):
    papers_back = forms.ChoiceField(
        label=_("What became of the person's papers?"), choices=PapersBack.choices
    )
