"""The words of a letter, a letter to one person, and how it reached them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm
from letters.kinds import Kind
from letters.models import ReachedHow


def words(label: Any, *, rows: int, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "dir": "auto", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=6000, widget=widget, **kwargs)


class TemplateForm(HelpedForm):
    text = words(_("The words"), rows=16, help_text=_("An empty line begins a new paragraph."))


class ChooseForm(HelpedForm):
    """Which letter, in which language."""

    kind = forms.ChoiceField(label=_("Which letter?"), choices=Kind.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [
            (code, get_language_info(code)["name_translated"]) for code, _label in settings.LANGUAGES
        ]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]


class LetterForm(HelpedForm):
    """The letter as it will stand on paper; what is left in braces is written first."""

    text = words(_("The letter"), rows=18)


class GivenForm(HelpedForm):
    how = forms.ChoiceField(
        label=_("How did it reach them?"), choices=ReachedHow.choices, widget=forms.RadioSelect
    )
