"""What may be asked of the queue in its address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Status


class QueueForm(forms.Form):
    """Which cases, and which page of them; an empty status is every open case."""

    status = forms.ChoiceField(choices=[("", _("Open")), *Status.choices], required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)
