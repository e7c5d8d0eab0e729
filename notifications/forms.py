"""What a colleague is mailed of, and when."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm
from notifications.preference_models import How, Preference
from notifications.preferences import GROUPS, choosable

ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam"),
)


def _hour(value: str) -> int | None:
    return int(value) if value else None


def _hours(label: Any) -> forms.TypedChoiceField:
    choices = [("", "—"), *((str(hour), f"{hour}:00") for hour in range(24))]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=_hour, empty_value=None, required=False
    )


class MailsForm(HelpedForm):
    """One choice for each group of events, quiet hours, and the digest of the week."""

    quiet_from = _hours(_("Quiet from"))
    quiet_until = _hours(_("Quiet until"))
    zone = forms.ChoiceField(label=_("By which clock"), required=False)
    wants_week = forms.BooleanField(
        label=_("Mail me once a week what waits for me"),
        required=False,
        help_text=_("Numbers alone, and where they lead."),
    )

    def __init__(self, *args: Any, preference: Preference, **kwargs: Any) -> None:
        names = ("quiet_from", "quiet_until", "zone", "wants_week")
        initial = {name: getattr(preference, name) for name in names}
        initial |= {f"how_{group}": preference.how(group) for group in choosable()}
        super().__init__(*args, initial=initial, **kwargs)
        zones = [zone for zone in dict.fromkeys((*ZONES, preference.zone)) if zone]
        self.fields["zone"].choices = [  # type: ignore[attr-defined]
            ("", _("That of the office")),
            *((zone, zone.partition("/")[2].replace("_", " ")) for zone in zones),
        ]
        self.fields |= {
            f"how_{group}": forms.ChoiceField(label=GROUPS[group], choices=How.choices)
            for group in choosable()
        }
        self.helper.layout = Layout(
            Fieldset(_("What is mailed"), *(f"how_{group}" for group in choosable())),
            Fieldset(_("Quiet hours"), "quiet_from", "quiet_until", "zone"),
            Fieldset(_("Every week"), "wants_week"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        hows = {group: cleaned.pop(f"how_{group}", How.AT_ONCE) for group in choosable()}
        return {**cleaned, "hows": hows}
