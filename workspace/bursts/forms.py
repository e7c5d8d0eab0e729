"""Which requests of a burst are put aside, and which batch comes back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PutAsideForm(forms.Form):
    """The requests somebody ticked, or all that were shown."""

    chosen = forms.MultipleChoiceField(error_messages={"required": _("Tick at least one request.")})

    def __init__(self, *args: Any, ids: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(pk, pk) for pk in ids]  # type: ignore[attr-defined]


class BringBackForm(forms.Form):
    """A batch, by the moment it was put aside."""

    batch = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
