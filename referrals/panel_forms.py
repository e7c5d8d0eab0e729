"""What a practitioner says of themselves, what somebody verifies, and the queues of an office."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Track
from foundation.countries import all_countries
from foundation.forms import HelpedForm, day_field, line
from foundation.languages import language_choices
from foundation.states import all_states
from intake.questionnaire.fields import Countries
from referrals.models import Cover, Practitioner, PractitionerKind, Queue, Training
from screening.models import Band

MOST_CASES = 200
HOURS = [(hour, f"{hour}:00") for hour in range(25)]
OPENS, CLOSES = 9, 17
WORKS = {"time_zone", "opens", "closes"}  # when somebody works, by which clock
ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam"),
)


class ProfileForm(HelpedForm):
    """Whom a practitioner takes, and who they are before a court and who insures them: fields of SAYS."""

    kind = forms.ChoiceField(
        label=_("Who they are"), choices=PractitionerKind.choices, widget=forms.RadioSelect
    )
    bar_state = forms.ChoiceField(label=_("Licensed in"), required=False)
    bar_number = line(_("Bar number"), limit=40, required=False)
    eoir_id = line(
        _("EOIR ID"),
        limit=20,
        required=False,
        help_text=_("Of an accredited representative, or for filing in court."),
    )
    cover = forms.ChoiceField(
        label=_("Malpractice cover"),
        choices=[("", _("Not said")), *Cover.choices],
        required=False,
        help_text=_("Whose insurance covers them in the cases of this office."),
    )
    cover_until = day_field(_("Covered until"), help_text=_("Empty: no end is known."))
    languages = forms.MultipleChoiceField(
        label=_("Languages they work in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(label=_("Countries they know"), required=False, widget=Countries)
    states = forms.MultipleChoiceField(
        label=_("States they take cases in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remote = forms.BooleanField(label=_("Works from afar, in any state"), required=False)
    tracks = forms.MultipleChoiceField(
        label=_("Kinds of case"),
        required=False,
        choices=[(track.value, track.label) for track in Track if track != Track.UNKNOWN],
        widget=forms.CheckboxSelectMultiple,
    )
    detained = forms.BooleanField(label=_("Takes people whom immigration holds"), required=False)
    capacity = forms.IntegerField(
        label=_("How many cases at a time?"),
        min_value=0,
        max_value=MOST_CASES,
        help_text=_("Those they hold count. With as many as this nothing more is offered."),
    )
    accepting = forms.BooleanField(
        label=_("Takes new cases now"),
        required=False,
        help_text=_("Without it nothing is offered; what they hold stays theirs."),
    )

    browses = forms.BooleanField(
        label=_("Looks at the board of what waits"),
        required=False,
        help_text=_("They read there, less exactly and without a name, what waits, and may ask for it."),
    )
    time_zone = forms.ChoiceField(
        label=_("Their clock"),
        required=False,
        help_text=_("The time to answer an offer runs in these hours, on business days."),
    )
    opens = forms.TypedChoiceField(label=_("From"), coerce=int, choices=HOURS[:-1], required=False)
    closes = forms.TypedChoiceField(label=_("To"), coerce=int, choices=HOURS[1:], required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not WORKS & self.fields.keys():  # a list says nothing of hours
            return cleaned
        cleaned["opens"] = OPENS if cleaned.get("opens", "") == "" else cleaned["opens"]
        cleaned["closes"] = CLOSES if cleaned.get("closes", "") == "" else cleaned["closes"]
        if cleaned["opens"] >= cleaned["closes"]:
            self.add_error("closes", _("The day must end after it begins."))
        return cleaned

    def __init__(self, *args: Any, practitioner: Practitioner, **kwargs: Any) -> None:
        initial = {name: getattr(practitioner, name) for name in ProfileForm.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["countries"].choices = all_countries()  # type: ignore[attr-defined]
        self.fields["states"].choices = all_states()  # type: ignore[attr-defined]
        zones = dict.fromkeys((*ZONES, practitioner.time_zone or ZONES[0]))
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", _("That of the office")),
            *((zone, zone.partition("/")[2].replace("_", " ")) for zone in zones),
        ]
        self.fields["bar_state"].choices = [("", _("Choose a state")), *all_states()]  # type: ignore[attr-defined]


class VerifyForm(HelpedForm):
    """That the credentials were looked up, and until when they hold."""

    expires_on = day_field(_("Until which day do they hold?"), help_text=_("Empty: no end is known."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_expires_on(self) -> date | None:
        day: date | None = self.cleaned_data["expires_on"]
        if day and day < self.today:
            raise forms.ValidationError(_("That day has passed: they hold no more."))
        return day


class QueueForm(HelpedForm):
    """The name of a queue."""

    name = line(_("Name"), limit=80)

    def __init__(self, *args: Any, queue: Queue | None = None, **kwargs: Any) -> None:
        initial = {"name": queue.name} if queue else None
        super().__init__(*args, initial=initial, prefix=f"queue-{queue.pk}" if queue else None, **kwargs)


class QueueRulesForm(HelpedForm):
    """Which cases a queue is for: `cleaned_data` holds `takes` as Queue keeps it."""

    ONLY = (("", _("All")), ("only", _("Only them")), ("none", _("None of them")))
    states = forms.MultipleChoiceField(
        label=_("Where their court or home is"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages the person speaks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tracks = forms.MultipleChoiceField(
        label=_("Kinds of case"),
        required=False,
        choices=[(track.value, track.label) for track in Track if track != Track.UNKNOWN],
        widget=forms.CheckboxSelectMultiple,
    )
    bands = forms.MultipleChoiceField(
        label=_("Urgency"), required=False, choices=Band.choices, widget=forms.CheckboxSelectMultiple
    )
    held = forms.ChoiceField(
        label=_("People who are held"), required=False, choices=ONLY, widget=forms.RadioSelect
    )
    children = forms.ChoiceField(
        label=_("People under 18"), required=False, choices=ONLY, widget=forms.RadioSelect
    )

    trainings = forms.TypedMultipleChoiceField(
        label=_("Trainings it asks of whoever takes a case"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing of this queue is offered to a practitioner without all of them."),
    )

    def __init__(self, *args: Any, queue: Queue, **kwargs: Any) -> None:
        super().__init__(*args, initial={"held": "", "children": "", **queue.takes}, **kwargs)
        listed = Training.objects.filter(office=queue.office).order_by("name")
        asked = Q(ended_at=None) | Q(pk__in=queue.takes.get("trainings", []))
        named = [(one.pk, one.name) for one in listed.filter(asked)]
        self.fields["trainings"].choices = named  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["states"].choices = all_states()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        return {"takes": {name: value for name, value in cleaned.items() if value}}
