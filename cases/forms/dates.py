"""What people do with dates and receipts."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.data import deadline_rules
from cases.forms.fields import read_day, reason_field
from cases.models import FiledForm
from cases.rules import JUDGE_MOVES
from cases.words import DEADLINES
from foundation.forms import HelpedForm, day_field


class PartDayField(forms.CharField):
    """A date as far as it is known, typed as year-month-day, year-month or year, or as 12/31/2026."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"dir": "ltr", "autocomplete": "off", "inputmode": "numeric"})
        super().__init__(max_length=20, widget=widget, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        return read_day(super().clean(value))


class WaiveForm(HelpedForm):
    """Why a date needs no work. Each date of a page has its own, under a prefix."""

    reason = reason_field(_("Why does this date need no work?"))


class RemoveJudgeDateForm(HelpedForm):
    reason = reason_field(_("Why does the judge's date no longer hold?"))


class JudgeDateForm(HelpedForm):
    """A date a judge set in place of a rule's."""

    replaces = forms.ChoiceField(label=_("Which date did the judge set?"))
    date = day_field(_("The date"), required=True)
    source = forms.CharField(
        label=_("Where is it written?"),
        help_text=_("For example: scheduling order of 3 November, page 2."),
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    on_file = forms.BooleanField(
        label=_("The order is in our files"),
        help_text=_("Without the order a later date stands beside the rule's date, not in its place."),
        required=False,
    )

    def __init__(self, *args: Any, here: tuple[str, ...] = (), **kwargs: Any) -> None:
        """`here` are the dates the case has now: they stand first."""
        super().__init__(*args, **kwargs)
        rules = deadline_rules()
        names = {key: str(DEADLINES.get(key, rules[key].name)) for key in JUDGE_MOVES if key in rules}
        first = [(key, names[key]) for key in here if key in names]
        others = [(key, name) for key, name in names.items() if key not in here]
        groups = [(_("Dates of this case"), first), (_("Other dates"), others)]
        choices = [("", "—"), *(group for group in groups if group[1])]  # nothing legal is chosen beforehand
        self.fields["replaces"].choices = choices  # type: ignore[attr-defined]


class FilingForm(HelpedForm):
    """A receipt: which form, when it was received, its number, and whether it came back."""

    form = forms.ChoiceField(label=_("Which form?"), choices=FiledForm.choices)
    received = day_field(
        _("Received on"), required=True, help_text=_("The day on the receipt, not the day it was sent.")
    )
    number = forms.CharField(
        label=_("Receipt number"),
        help_text=_("For example IOE0912345678. Leave it out if there is none."),
        required=False,
        max_length=40,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    order_ref = forms.ChoiceField(label=_("About which decision?"), required=False)

    def __init__(
        self, *args: Any, today: date, orders: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        """`today` is the office's day. `orders` are the decisions of the case, {ref: words}: asked for where
        there are several.
        """
        super().__init__(*args, **kwargs)
        self.today = today
        if orders and len(orders) > 1:
            self.fields["order_ref"].choices = list(orders.items())  # type: ignore[attr-defined]
        else:
            del self.fields["order_ref"]

    def clean_received(self) -> str:
        day: date = self.cleaned_data["received"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet: check the date."))
        return day.isoformat()

    def clean_number(self) -> str:
        """Return the number without spaces and dashes; three letters are followed by ten digits."""
        typed = re.sub(r"[\s-]", "", self.cleaned_data["number"]).upper()
        if re.match(r"[A-Z]{3}\d", typed) and not re.fullmatch(r"[A-Z]{3}\d{10}", typed):
            raise ValidationError(_("A USCIS receipt number has three letters and ten numbers."))
        return typed


class ReturnedForm(HelpedForm):
    """A form that came back: rejected or dismissed. Each receipt of a page has its own, under a prefix."""

    returned = day_field(_("The day on the letter"), help_text=_("Leave it empty if it is not known."))

    def clean_returned(self) -> str:
        day: date | None = self.cleaned_data["returned"]
        return day.isoformat() if day else ""


class RemoveFilingForm(HelpedForm):
    reason = reason_field(_("Why is this receipt wrong?"))
