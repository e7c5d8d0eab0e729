from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm
from foundation.work.words import Why


class GiveUpForm(HelpedForm):
    """Why somebody gives up a piece of work: a choice, since a sentence could hold a name."""

    why = forms.ChoiceField(label=_("Why is it given up?"), choices=[("", _("Choose…")), *Why.choices])
