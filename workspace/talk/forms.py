"""What staff write to the person of a case, beside what they wrote, and where a lost message belongs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm, line
from intake.forms import NewContact
from intake.models import Wish

LONGEST = 1000


class DraftForm(HelpedForm):
    """`seen` is the number of the draft when the page was opened, 0 where there was none."""

    original = forms.CharField(
        label=_("What we want to say"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("In your own words, for whoever translates. The person does not see it."),
    )
    words = forms.CharField(
        label=_("What the person reads, in their language"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("It stands on their return page; they are told that a message waits, and not which."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0


class SendForm(DraftForm):
    """The same, to be sent: whoever holds the receipt reads it."""

    is_safe = forms.BooleanField(
        label=_("These words are safe, whoever holds the receipt and reads them"), required=False
    )


class TranslationForm(HelpedForm):
    """What an interpreter makes of what the person wrote."""

    translation = forms.CharField(
        label=_("Translation"), max_length=2 * LONGEST, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )


class NewWayForm(NewContact):
    """A new way to be reached that the person wrote of, and how it was made sure that it is them."""

    how = forms.ChoiceField(
        label=_("How did you make sure that it is this person?"), choices=[("", "—"), *Wish.How.choices]
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        how = cleaned.pop("how", "")
        return {"value": cleaned, "how": how}


class PlaceForm(HelpedForm):
    """Which case a message belongs to."""

    reference = line(_("Reference of the case"), limit=20)
