"""What staff fill in about the day's work."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Came, HearingKind, Held, Interpreter, Meeting, Result, WaitsFor, Way
from foundation.accounts.models import User
from foundation.forms import HelpedForm, day_field, line
from intake.data import courts


class MomentField(forms.DateTimeField):
    """A day with its hour, as the clock of the office shows it."""

    zone = "UTC"

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local", "dir": "ltr"}, "%Y-%m-%dT%H:%M")
        words = {"invalid": _("Choose the day and the hour.")}
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        super().__init__(widget=widget, input_formats=formats, error_messages=words, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        read: datetime | None = super().to_python(value)
        return read.replace(tzinfo=ZoneInfo(self.zone)) if read else None

    def prepare_value(self, value: Any) -> Any:
        return (
            value.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
            if isinstance(value, datetime)
            else value
        )


class WorkForm(HelpedForm):
    """A form of which the hours are those of an office."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone = zone


def _note(label: Any, *, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 2, "dir": "auto"})
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget, help_text=help_text)


class TaskForm(HelpedForm):
    """A task in words of one's own."""

    words = line(_("What is to do?"), limit=300)
    due_on = day_field(_("By which day?"), required=True)
    waits_for = forms.ChoiceField(label=_("Who has to do something first?"), choices=WaitsFor.choices)
    owner = forms.ModelChoiceField(
        label=_("Who sees to it?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("the caseworker"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class GiveTaskForm(HelpedForm):
    """Who sees to a task from now on; `was` is whom the page showed, so that two people see each other."""

    owner = forms.ModelChoiceField(
        label=_("Who sees to it?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("the caseworker"),
    )
    was = forms.RegexField(r"^\d{0,18}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class TryForm(WorkForm):
    """A try to reach the person."""

    way = forms.ChoiceField(label=_("By which way?"), choices=Way.choices)
    result = forms.ChoiceField(label=_("What came of it?"), choices=Result.choices)
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        choices=[one for one in Interpreter.choices if one[0] != Interpreter.TO_BOOK],
    )
    tried_at = MomentField(label=_("When?"))
    next_try_at = MomentField(label=_("Next try"), required=False)
    note = _note(_("Note"), help_text=_("What they said of when and how to call stands on the case already."))


class AppointmentForm(WorkForm):
    """An appointment with the person."""

    meeting = forms.ChoiceField(label=_("How?"), choices=Meeting.choices)
    starts_at = MomentField(label=_("When?"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=600)
    place = line(_("Where, or by which number?"), limit=300, required=False)
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        choices=[one for one in Interpreter.choices if one[0] != Interpreter.MISSING],
    )
    is_safe = forms.BooleanField(
        label=_("I looked at their safe times: this hour is one of them."),
        error_messages={"required": _("Look at their safe times first, and tick this box.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("is_safe", None)
        return cleaned


class CameForm(HelpedForm):
    """What became of an appointment."""

    came = forms.ChoiceField(choices=[one for one in Came.choices if one[0] != Came.MOVED])


class MoveForm(WorkForm):
    """Another time for an appointment."""

    starts_at = MomentField(label=_("To when?"))


class HearingForm(WorkForm):
    """A hearing with its hour."""

    kind = forms.ChoiceField(label=_("What is heard?"), choices=[("", "—"), *HearingKind.choices])
    starts_at = MomentField(label=_("When?"))
    court = forms.ChoiceField(label=_("Which court?"), required=False)
    judge = line(_("Judge"), limit=200, required=False)
    by_video = forms.BooleanField(label=_("By video"), required=False)
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        choices=[one for one in Interpreter.choices if one[0] != Interpreter.MISSING],
        help_text=_("The court provides one: ask for it in good time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(court.code, court.label) for court in courts() if court.is_open]
        self.fields["court"].choices = [("", _("not known")), *listed]  # type: ignore[attr-defined]


class EndHearingForm(HelpedForm):
    """What came of a hearing."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=[("", "—"), *Held.choices])
    outcome_note = _note(_("Note"))


def first_hour(on: date, zone: str) -> datetime:
    """Return the hour that a form begins with: ten in the morning of the day after."""
    day = on + timedelta(days=1)
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo(zone))
