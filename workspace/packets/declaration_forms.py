"""What is written of a declaration, and what a reviewer says of a paragraph."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm, line
from workspace.packets.forms import lines


class BeginForm(HelpedForm):
    who = line(_("Who declares it"), limit=200)
    language = line(_("In which language they tell it"), limit=100, required=False)


class ParagraphForm(HelpedForm):
    """One paragraph: its English, the words it was told in, and what it bears on."""

    english = lines(_("English"), rows=5, limit=5000)
    original = lines(
        _("In the words it was told"), rows=5, limit=5000, help_text=_("Empty where it was told in English.")
    )
    points = forms.MultipleChoiceField(
        label=_("Points of the claim it bears on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    citations = forms.MultipleChoiceField(
        label=_("Evidence beside it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, points: Mapping[str, str], citations: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("points", points), ("citations", citations)):
            if choices:
                self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("english") or cleaned.get("original")):
            raise forms.ValidationError(_("Write the paragraph in English, or in the words it was told."))
        return cleaned


class VersionForm(ParagraphForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def onto(self, version: int) -> Self:
        """Return this form as it was sent, to be kept in place of a version that came meanwhile."""
        sent = QueryDict(mutable=True)
        for name, values in self.data.lists():  # type: ignore[attr-defined]
            sent.setlist(name, values)
        sent["version"] = str(version)
        self.data = sent
        return self


class ReviewForm(HelpedForm):
    approved = forms.TypedChoiceField(
        label=_("What do you say of it?"),
        choices=[("yes", _("Approved")), ("no", _("Changes wanted"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = lines(_("What is to be changed"), limit=1000)
