"""Shape and limits of what is added to the library."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from evidence.models import ClaimPoint, DocumentKind, Ground, Precision, Relation
from foundation.forms import HelpedForm

MAX_BYTES = 2 * 1024 * 1024


class DocumentForm(HelpedForm):
    """A source pasted as text or uploaded as a text file."""

    text = forms.CharField(
        label=_("Paste the text"),
        help_text=_("The whole statement, with its title and date, as published."),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea({"rows": 12, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("Or upload a text file"), help_text=_("Plain text (.txt), up to 2 MB."), required=False
    )
    url = forms.URLField(
        label=_("Web address of the source"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput({"dir": "ltr"}),
    )
    kind = forms.ChoiceField(label=_("Kind of source"), choices=DocumentKind.choices)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text if text.strip() else ""

    def clean_file(self) -> str:
        """Return the file's text, or refuse it with the reason."""
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        if file.size > MAX_BYTES:
            raise ValidationError(_("This file is larger than 2 MB."))
        raw = file.read()
        if b"\0" in raw or raw.startswith(b"%PDF"):
            raise ValidationError(_("This is not a text file. Open it, copy its text and paste it above."))
        try:
            return str(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError(
                _("This file is not UTF-8 text. Copy its text and paste it above.")
            ) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, file = cleaned.get("text"), cleaned.get("file")
        if not self.errors and bool(text) == bool(file):
            message = (
                _("Paste a text or upload a file.") if not text else _("Either paste or upload, not both.")
            )
            raise ValidationError({"text": message})
        return cleaned


class DetailsForm(HelpedForm):
    """The details of a source as a person confirms them."""

    title = forms.CharField(label=_("Title"), max_length=400, widget=forms.TextInput({"dir": "auto"}))
    publisher = forms.CharField(label=_("Publisher"), max_length=200, required=False)
    dateline = forms.CharField(label=_("Place of the dateline"), max_length=120, required=False)
    published_date = forms.DateField(
        label=_("Published on"),
        help_text=_("Year-month-day, for example 2016-12-31."),
        required=False,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
        input_formats=["%Y-%m-%d"],
    )
    published_precision = forms.ChoiceField(
        label=_("How exact is that date?"), choices=Precision.choices, required=False
    )
    kind = forms.ChoiceField(label=_("Kind of source"), choices=DocumentKind.choices)
    url = forms.URLField(
        label=_("Web address of the source"), required=False, max_length=1000, assume_scheme="https"
    )


class ClaimPointForm(HelpedForm):
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    assertion = forms.CharField(
        label=_("What must be shown?"),
        help_text=_("One sentence, for example: hospitals in the north were attacked in 2016."),
        max_length=500,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )


class CiteForm(HelpedForm):
    claim_point = forms.ModelChoiceField(
        label=_("Which point does it concern?"), queryset=ClaimPoint.objects.none()
    )
    relation = forms.ChoiceField(label=_("What does it do for the point?"), choices=Relation.choices)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, points: Any, labels: Mapping[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["claim_point"]
        field.queryset = points
        field.label_from_instance = lambda point: labels[point.pk]
