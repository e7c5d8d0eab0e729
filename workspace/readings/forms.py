"""What may be asked of somebody's readings in the address."""

from datetime import date

from django import forms
from django.core.validators import MinValueValidator


class DayForm(forms.Form):
    """Which day; none is today."""

    day = forms.DateField(required=False, validators=[MinValueValidator(date(2020, 1, 1))])
