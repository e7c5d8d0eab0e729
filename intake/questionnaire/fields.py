"""Fields of the public form: a date of which only a part may be known, and choices shown as tiles."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from foundation.calendar import PartialDate

# Choices that many questions share.
YES, NO, UNSURE = ("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure"))
TALK = ("talk", _("I would rather talk to a person"))
SKIP = ("skip", _("I do not want to say"))
YES_NO, YES_NO_UNSURE = [YES, NO], [YES, NO, UNSURE]

# Arabic-Indic and Persian digits are as good as any on the keyboard of the person who types them.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


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
                "day": forms.TextInput({**digits, "maxlength": 2}),
                "month": forms.Select(choices=months, attrs={"autocomplete": "off"}),
                "year": forms.TextInput({**digits, "maxlength": 4}),
                "unknown": forms.CheckboxInput(),
            },
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        """An answer without a date was "I don't know"; no answer at all is nothing yet."""
        if not value:
            return ["", "", "", value == ""]
        year, month, day = [*str(value).split("-"), "", ""][:3]
        return [day.lstrip("0"), month.lstrip("0"), year, False]

    def id_for_label(self, id_: str) -> str:
        return ""


class PartialDateField(forms.Field):
    """A date as "2026-03-10", "2026-03" or "2026"; empty when the person does not know it."""

    widget = PartialDateWidget
    default_error_messages = {
        "year": _("Write the year with four numbers, for example 2026."),
        "month": _("Choose the month too, or leave the day empty."),
        "impossible": _("There is no such day. Please check the day and the month."),
        "required": _("Write at least the year, or choose “I don't know”."),
        "both": _("Write a date, or choose “I don't know”, not both."),
    }

    def __init__(self, *, earliest: int = 1900, latest: int = 2100, hint: Any = "", **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(help_text=hint, **kwargs)

    def clean(self, value: Any) -> str:
        *parts, unknown = value or ["", "", "", False]
        day, month, year = [str(part or "").strip().translate(DIGITS) for part in parts]
        if not (day or month or year):
            if self.required and not unknown:
                raise ValidationError(self.error_messages["required"], "required")
            return ""
        if unknown:
            raise ValidationError(self.error_messages["both"], "both")
        if not (year.isascii() and year.isdigit() and self.earliest <= int(year) <= self.latest):
            raise ValidationError(self.error_messages["year"], "year")
        if day and not month:
            raise ValidationError(self.error_messages["month"], "month")
        return self._joined(year, month, day)

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
    return forms.CharField(label=label, max_length=limit, required=required, help_text=hint, widget=widget)


def paragraph(*, limit: int, rows: int, required: bool = True) -> forms.CharField:
    """Return several lines of text."""
    widget = forms.Textarea({"rows": rows, "autocomplete": "off", "dir": "auto"})
    return forms.CharField(max_length=limit, required=required, widget=widget)
