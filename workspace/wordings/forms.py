"""The words of a message as an office writes them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm, line


class WordingForm(HelpedForm):
    """`seen` is the number of the newest version when the page was opened."""

    title = line(_("Subject"), limit=80, help_text=_("One line, which a locked phone shows."))
    body = forms.CharField(
        label=_("The words"),
        max_length=600,
        widget=forms.Textarea({"rows": 6, "dir": "auto", "autocomplete": "off"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
