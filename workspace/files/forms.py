from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm

PURPOSES = [
    ("unreadable", _("The rebuilt copy cannot be read, or lacks something")),
    ("refused", _("There is no rebuilt copy")),
    ("authenticity", _("Someone asked whether the document is genuine")),
]


class OriginalForm(HelpedForm):
    """Why somebody needs a file just as it was sent."""

    purpose = forms.ChoiceField(label=_("Why do you need it?"), choices=PURPOSES, widget=forms.RadioSelect)
