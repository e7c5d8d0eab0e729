"""Fields of the public form: a date of which only a part may be known, lines of text, choices as tiles."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from foundation.calendar import PartialDate
from foundation.countries import STATELESS
from intake.data import common_countries
from intake.questionnaire.reading import has_text, plain

# Choices that many questions share.
YES, NO, UNSURE = ("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure"))
TALK = ("talk", _("I would rather talk to a person"))
SKIP = ("skip", _("I do not want to say"))
YES_NO, YES_NO_UNSURE = [YES, NO], [YES, NO, UNSURE]

ROOM = 40  # characters for a number: with spaces, dashes and marks nobody sees


class Unknown(str):
    """What a date's field begins with where the person said "I don't know": empty, but told."""


class PartialDateWidget(forms.MultiWidget):
    """Day, month name and year, each of which may stay empty, and a box for "I don't know".

    Not <input type=date>: it shows mm/dd/yyyy whatever the language and cannot hold half a date.
    """

    template_name = "widgets/partial_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        months = [("", "—"), *((str(number), name) for number, name in MONTHS.items())]
        digits = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}
        super().__init__(
            {
                "day": forms.TextInput({**digits, "maxlength": ROOM}),
                "month": forms.Select(choices=months, attrs={"autocomplete": "off"}),
                "year": forms.TextInput({**digits, "maxlength": ROOM}),
                "unknown": forms.CheckboxInput(),
            },
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        """ "I don't know" is ticked only where the person ticked it."""
        if not value:
            return ["", "", "", isinstance(value, Unknown)]
        year, month, day = [*str(value).split("-"), "", ""][:3]
        return [day.lstrip("0"), month.lstrip("0"), year, False]

    def id_for_label(self, id_: str) -> str:
        return ""


class PartialDateField(forms.Field):
    """A date as "2026-03-10", "2026-03" or "2026"; empty when the person does not know it.

    `past`: it has happened, so a day that has not come yet is refused. `ago`, `ahead`: years from today
    beyond which the person is asked whether it is right. The form does both: it knows today (asking.py).
    """

    widget = PartialDateWidget
    default_error_messages = {
        "year": _("Write the year with four numbers, for example 2026."),
        "calendar": _("Write the year as a passport in English has it, for example 1991."),
        "day": _("Write the day as a number from 1 to 31, or leave it empty."),
        "month": _("Choose the month too, or leave the day empty."),
        "impossible": _("There is no such day. Please check the day and the month."),
        "required": _("Write at least the year, or choose “I don't know”."),
        "both": _("Write a date, or choose “I don't know”, not both."),
    }

    def __init__(
        self,
        *,
        earliest: int = 1900,
        latest: int = 2100,
        past: bool = False,
        ago: int | None = None,
        ahead: int | None = None,
        hint: Any = "",
        **kwargs: Any,
    ) -> None:
        self.earliest, self.latest = earliest, latest
        self.past, self.ago, self.ahead = past, ago, ahead
        super().__init__(help_text=hint, **kwargs)

    def clean(self, value: Any) -> str:
        *parts, unknown = value or ["", "", "", False]
        day, month, year = [plain(str(part or "")) for part in parts]
        if not (day or month or year):
            if self.required and not unknown:
                raise ValidationError(self.error_messages["required"], "required")
            return ""
        if unknown:
            raise ValidationError(self.error_messages["both"], "both")
        self._check(year, month, day)
        return self._joined(year, month, day)

    def _check(self, year: str, month: str, day: str) -> None:
        """Refuse what is no year, month or day by itself."""
        wrong = ""
        if not re.fullmatch("[0-9]{4}", year):
            wrong = "year"
        elif not self.earliest <= int(year) <= self.latest:
            wrong = "calendar"
        elif day and not month:
            wrong = "month"
        elif day and not re.fullmatch("0?[1-9]|[12][0-9]|3[01]", day):
            wrong = "day"
        if wrong:
            raise ValidationError(self.error_messages[wrong], wrong)

    def _joined(self, year: str, month: str, day: str) -> str:
        parts = [year, *(part.zfill(2) for part in (month, day) if part)]
        try:
            return PartialDate.parse("-".join(parts)).isoformat()
        except ValueError as error:
            raise ValidationError(self.error_messages["impossible"], "impossible") from error


class Tiles(forms.RadioSelect):
    """One choice among a few, each a tile large enough for a thumb."""


class ManyTiles(forms.CheckboxSelectMultiple):
    """Any number of choices, each a tile."""


class Suggestions(forms.TextInput):
    """A line of text with suggestions; anything else may be written too."""

    template_name = "widgets/suggestions.html"

    def __init__(self, suggestions: Sequence[str], attrs: dict[str, Any] | None = None) -> None:
        self.suggestions = suggestions
        super().__init__({"autocomplete": "off", "dir": "auto", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-list"
        return {**context, "suggestions": self.suggestions}


class Countries(forms.SelectMultiple):
    """Countries: those chosen and the common ones as tiles, all others in a list that a script can search."""

    template_name = "widgets/countries.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        chosen, near = set(value or []), {*common_countries(), STATELESS}
        asked = [(str(code), label, code in chosen) for code, label in self.choices]
        return {
            **context,
            "near": sorted((one for one in asked if one[2] or one[0] in near), key=lambda one: not one[2]),
            "rest": [(code, label) for code, label, is_chosen in asked if not is_chosen and code not in near],
        }

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}_{index}" if id_ else ""


def one_of(choices: Any, *, label: Any = "", required: bool = True, hint: Any = "") -> forms.ChoiceField:
    """Return a question answered by one tile."""
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint, widget=Tiles)


def some_of(
    choices: Any, *, label: Any = "", required: bool = True, hint: Any = ""
) -> forms.MultipleChoiceField:
    """Return a question answered by any number of tiles."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, help_text=hint, widget=ManyTiles
    )


class Words(forms.CharField):
    """Text kept as typed, in any script; of characters that nobody sees alone it is empty."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return text if "\x00" in text or has_text(text) else ""


class EmailLine(forms.EmailField):
    """An address as people type or paste it: with spaces, "mailto:", brackets, a full stop at its end."""

    widget = forms.EmailInput({"dir": "ltr", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        return self._bare(str(value or "")).replace(" ", "")

    @classmethod
    def had_a_space(cls, typed: str) -> bool:
        """Tell whether a space stood inside an address: it may have been meant for something else."""
        return " " in cls._bare(typed)

    @staticmethod
    def _bare(typed: str) -> str:
        return plain(typed).strip(" <>").removeprefix("mailto:").strip().rstrip(".,;").strip()


KINDS = {
    "": {"dir": "auto"},
    "number": {"dir": "ltr", "inputmode": "numeric"},
    "decimal": {"dir": "ltr", "inputmode": "decimal"},
}


def text(
    label: Any = "", *, limit: int, required: bool = True, hint: Any = "", kind: str = ""
) -> forms.CharField:
    """Return a line of at most `limit` characters, kept as typed; `kind` chooses the keyboard."""
    widget = forms.TextInput({"autocomplete": "off", **KINDS[kind]})
    return Words(label=label, max_length=limit, required=required, help_text=hint, widget=widget)


def paragraph(label: Any = "", *, limit: int, rows: int, required: bool = True) -> forms.CharField:
    """Return several lines of text."""
    widget = forms.Textarea({"rows": rows, "autocomplete": "off", "dir": "auto"})
    return Words(label=label, max_length=limit, required=required, widget=widget)
