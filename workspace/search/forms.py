from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm


class FindUnsentForm(HelpedForm):
    """By what a form that was not sent is found."""

    q = forms.CharField(label=_("First number of the receipt, or their full name"), max_length=200)
