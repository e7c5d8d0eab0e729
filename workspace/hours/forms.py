"""What somebody worked on a case: a day, how long, which kind."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import LoggedHours, WorkKind
from foundation.forms import HelpedForm, day_field

MOST_HOURS = 24


class HoursForm(HelpedForm):
    """`cleaned_data` holds day, minutes and kind: hours and minutes are typed apart."""

    day = day_field(_("On which day?"), required=True)
    hours = forms.IntegerField(label=_("Hours"), min_value=0, max_value=MOST_HOURS, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=59, required=False)
    kind = forms.ChoiceField(label=_("What was it?"), choices=WorkKind.choices)

    def __init__(self, *args: Any, today: date, one: LoggedHours | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"day": today}
        if one:
            hours, minutes = divmod(one.minutes, 60)
            initial = {"day": one.day, "hours": hours, "minutes": minutes, "kind": one.kind}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        hours, minutes = cleaned.pop("hours", None) or 0, cleaned.pop("minutes", None) or 0
        if not hours + minutes and not {"hours", "minutes"} & self.errors.keys():
            self.add_error("hours", _("Write how long it was."))
        return {**cleaned, "minutes": hours * 60 + minutes}
