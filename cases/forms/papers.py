"""Which paper a file is."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.dates import PartDayField
from cases.models import Origin, PaperKind
from foundation.forms import HelpedForm


class PaperForm(HelpedForm):
    """Kind, day and origin of a paper. `others`: what one can be a translation of, (id, label)."""

    kind = forms.ChoiceField(label=_("Which kind of paper?"), choices=[("", "—"), *PaperKind.choices])
    dated = PartDayField(
        label=_("The day on the paper"),
        help_text=_("Year-month-day, for example 2026-11-24; or as much of it as can be read."),
    )
    origin = forms.ChoiceField(label=_("From whom is it?"), choices=[("", "—"), *Origin.choices])
    translation_of = forms.TypedChoiceField(
        label=_("Is it a translation? Of which file?"), coerce=uuid.UUID, empty_value=None, required=False
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, others: Iterable[tuple[Any, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("It is none"))] + [(str(pk), label) for pk, label in others]
        self.fields["translation_of"].choices = choices  # type: ignore[attr-defined]

    @property
    def what_fits(self) -> dict[str, Any]:
        """Return what was answered without a fault: files that were sent with it are kept all the same."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}


class DescribeForm(PaperForm):
    """The same of a file that is there; `seen` says how it stood as the form was opened."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
