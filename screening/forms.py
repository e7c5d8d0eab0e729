"""What a try of other rules is made of."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.figures import BadData
from foundation.forms import HelpedForm, day_field
from screening.rules import BadFacts
from screening.simulation import Change, changed_tables

LARGEST = 200_000  # bytes of a data file; ours have some ten thousand
# field: the file it takes the place of
UPLOADS = {"ruleset": "ruleset.toml", "guidelines": "poverty_guidelines.csv"}


class SimulatorForm(HelpedForm):
    """A change to try. What stays empty is as it stands."""

    max_pct = forms.IntegerField(
        label=_("Highest income, in % of the poverty guideline"),
        required=False,
        min_value=0,
        max_value=10_000,
    )
    auto_pct = forms.IntegerField(
        label=_("Income that passes at once, in %"), required=False, min_value=0, max_value=10_000
    )
    asset_cap = forms.IntegerField(
        label=_("Assets above which a person looks, in dollars"), required=False, min_value=0, max_value=10**9
    )
    service_area = forms.CharField(
        label=_("States served"),
        help_text=_("Two letters each, for example NY NJ CT. A star (*) means all."),
        required=False,
        max_length=400,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    tps_only = forms.ChoiceField(
        label=_("Who asks for TPS only"),
        choices=[
            ("", _("as it stands")),
            ("review", _("a person decides")),
            ("accept", _("fits our program")),
        ],
        required=False,
    )
    as_program = forms.MultipleChoiceField(
        label=_("Back to what the program has"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ruleset = forms.FileField(
        label=_("Another ruleset.toml"),
        help_text=_("Points, bands, floors and settings."),
        required=False,
        widget=forms.FileInput({"accept": ".toml"}),
    )
    guidelines = forms.FileField(
        label=_("Another poverty_guidelines.csv"),
        required=False,
        widget=forms.FileInput({"accept": ".csv"}),
    )

    def __init__(self, *args: Any, own: Mapping[str, Any], **kwargs: Any) -> None:
        """`own` are the figures that the office set itself: they stand until something else is tried."""
        super().__init__(*args, **kwargs)
        self.own = own
        choices = [(name, self.fields[name].label) for name in own]
        self.fields["as_program"].choices = choices  # type: ignore[attr-defined]
        if not own:
            del self.fields["as_program"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        files = {name: cleaned[field] for field, name in UPLOADS.items() if cleaned.get(field)}
        settings = self._settings(cleaned)
        if not files and not settings:
            raise ValidationError(_("Change at least one thing."))
        for field, name in UPLOADS.items():
            if name in files and files[name].size > LARGEST:
                self.add_error(field, _("This file is too large to be a data file."))
                return cleaned
        read = {name: file.read() for name, file in files.items()}
        try:
            tables = changed_tables(read)
        except BadData as error:
            field = "guidelines" if str(error).startswith(UPLOADS["guidelines"]) else "ruleset"
            self.add_error(
                field, ValidationError(_("This file cannot be used: %(why)s"), params={"why": error})
            )
            return cleaned
        try:
            config = Change(tables, settings, own=self.own).config
        except BadFacts:
            field = "service_area" if "service_area" in settings else "ruleset"
            self.add_error(field, _("Write states as two letters each, or a star for all."))
            return cleaned
        if config.max_pct < config.auto_pct:
            self.add_error(
                "max_pct", _("The highest income must not be lower than the income that passes at once.")
            )
            return cleaned
        cleaned["settings"], cleaned["files"] = settings, {name: raw.decode() for name, raw in read.items()}
        return cleaned

    def _settings(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Return the settings that were filled in."""
        settings = {
            name: cleaned[name] for name in ("max_pct", "auto_pct", "asset_cap") if cleaned[name] is not None
        }
        if cleaned["tps_only"]:
            settings["tps_only"] = cleaned["tps_only"]
        settings |= dict.fromkeys(cleaned.get("as_program") or ())
        if cleaned["service_area"].strip():
            settings["service_area"] = cleaned["service_area"].replace(",", " ").upper().split()
        return settings


class AdoptForm(HelpedForm):
    """From when what was tried holds."""

    starts_on = day_field(
        _("From which day?"), help_text=_("Empty: at once. A later day: from that morning on.")
    )
