"""What a page asks back: days that cannot be, answers that contradict each other, values it read its own way.

A page opened by a receipt compares only what is typed on it: anything else would tell what was told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from foundation.calendar import PartialDate
from foundation.forms import HelpedForm
from intake.questionnaire.fields import PartialDateField
from intake.told import Told
from intake.words import date_words

UNDERSTOOD = "understood"  # under this name a page sends back the readings it was told are right
NOT_YET = _("This day has not come yet.")
FAR = _("This day is many years from now: %(day)s. Is it right? If so, press the button again.")
LONG_AGO = _("This day was many years ago: %(day)s. Is it right? If so, press the button again.")
NO_FIT = _("This does not fit with %(what)s: %(day)s. If both are right, press the button again.")
NOT_BOTH = _("You chose “%(answer)s”, so this must stay empty. Please change one of them.")
ALONE_OR_OTHERS = _("Choose “%(alone)s”, or the others, not both.")
READ = _("We read: %(what)s. Is this right? If so, press the button again.")
# Days that are compared with each other, as a sentence calls them.
DAYS: dict[str, Any] = {
    "birth_date": _("the day of birth"),
    "arrival": _("the day you last came in"),
    "decision_date": _("the day on the paper that said no"),
    "i589_date": _("the day the form was sent"),
    "i589_received": _("the day it was received"),
    "i589_returned_on": _("the day on the letter that sent it back"),
}


@dataclass(frozen=True)
class Part:
    """When a field of a page is asked: after some answers to another (`of`).

    `against` are answers to that one which contradict what stands in it.
    """

    of: str
    when: frozenset[str]
    against: frozenset[str] = frozenset()

    @property
    def codes(self) -> str:
        return " ".join(sorted(self.when))


def after(of: str, *when: str, against: str = "") -> Part:
    """Return the part that is asked after these answers to a question of the page."""
    return Part(of, frozenset(when), frozenset({against} - {""}))


class AskingForm(HelpedForm):
    """A form that knows its day and what else was told, and asks back before something doubtful counts."""

    # Choices of a list that contradict its others, and those that stand beside all.
    ALONE: ClassVar[frozenset[str]] = frozenset({"none"})
    BESIDE: ClassVar[frozenset[str]] = frozenset()
    PARTS: ClassVar[dict[str, Part]] = {}  # by field
    ORDER: ClassVar[tuple[tuple[str, str], ...]] = ()  # (earlier, later): days that come in this order

    def __init__(self, *args: Any, on: date | None = None, known: Told | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.known = on, known

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_days(dict(cleaned))
        self._check_order(dict(cleaned))
        self._check_lists(dict(cleaned))
        self._check_parts(dict(cleaned))
        return cleaned

    # --- readings -----------------------------------------------------------------------------------

    def confirmed(self, name: str, readings: Sequence[str]) -> str:
        """Return the one of these readings of a field that the person said is right, or ""."""
        said = self.data.getlist(UNDERSTOOD) if isinstance(self.data, MultiValueDict) else []
        right = next((reading for reading in readings if f"{name}:{reading}" in said), "")
        if right:  # so that it stays said where the page comes back for something else
            self._offer(name, {right: ""})
        return right

    def ask_back(self, name: str, question: Any, readings: dict[str, Any]) -> None:
        """Refuse a field for now: one reading is confirmed by pressing again, of several one is chosen."""
        self.add_error(name, question)
        self._offer(name, readings)

    def doubt(self, name: str, value: str, question: Any) -> None:
        """Ask whether a value is right, unless the person said so."""
        if not self.confirmed(name, [value]):
            self.ask_back(name, question, {value: ""})

    def _offer(self, name: str, readings: dict[str, Any]) -> None:
        offered = [{"token": f"{name}:{reading}", "words": words} for reading, words in readings.items()]
        self.fields[name].readings = offered  # type: ignore[attr-defined]

    # --- days ---------------------------------------------------------------------------------------

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        """Refuse what has not happened yet, and ask about what is very far away."""
        for name, field in self.fields.items():
            value = cleaned.get(name)
            if not (value and isinstance(field, PartialDateField)):
                continue
            if self.on is None:
                raise ValueError(f"{name}: a form that asks for a day is told which day it is.")
            years = PartialDate.parse(value).year - self.on.year
            if field.past and PartialDate.parse(value).first_day() > self.on:
                self.add_error(name, NOT_YET)
            elif field.ahead is not None and years > field.ahead:
                self.doubt(name, value, FAR % {"day": date_words(value)})
            elif field.ago is not None and -years > field.ago:
                self.doubt(name, value, LONG_AGO % {"day": date_words(value)})

    def _check_order(self, cleaned: dict[str, Any]) -> None:
        """Ask about days that cannot have come in this order."""
        for pair in self.ORDER:
            first, then = (self._day(name, cleaned) for name in pair)
            if first and then and then.last_day() < first.first_day():
                here, other = (pair[1], pair[0]) if pair[1] in self.fields else pair
                words = {
                    "what": DAYS[other],
                    "day": date_words((first if here == pair[1] else then).isoformat()),
                }
                self.doubt(here, cleaned[here], NO_FIT % words)

    def _day(self, name: str, cleaned: dict[str, Any]) -> PartialDate | None:
        """Return a day of this page or, where that may be looked at, of another."""
        if name in self.fields:
            return PartialDate.parse(cleaned[name]) if cleaned.get(name) else None
        return self.known.day(name) if self.known else None

    # --- answers that contradict each other ---------------------------------------------------------

    def _check_lists(self, cleaned: dict[str, Any]) -> None:
        """Ask which is right where "none" was chosen beside something."""
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField):
                chosen = set(cleaned.get(name) or ())
                alone = chosen & self.ALONE
                if alone and chosen - self.ALONE - self.BESIDE:
                    self.add_error(name, self.words_for_alone(_words(field, alone)))

    def words_for_alone(self, alone: str) -> Any:
        return ALONE_OR_OTHERS % {"alone": alone}

    def _check_parts(self, cleaned: dict[str, Any]) -> None:
        """Ask which is right where a no stands above something that only a yes leads to."""
        for name, part in self.PARTS.items():
            denied = _as_set(cleaned.get(part.of)) & part.against
            if denied and cleaned.get(name):
                self.add_error(name, NOT_BOTH % {"answer": _words(self.fields[part.of], denied)})

    # --- parts --------------------------------------------------------------------------------------

    def mark_parts(self, *, are_open: bool) -> None:
        """Say of each field that follows from another whether the page opens with it."""
        for name, part in self.PARTS.items():
            is_open = are_open or self._leads_to(part) or not _is_empty(self._sent(name))
            self.fields[name].part = {"of": part.of, "when": part.codes, "is_open": is_open}  # type: ignore[attr-defined]

    @property
    def opens_a_part(self) -> bool:
        """Tell whether an answer leads to fields that were not on the page it was sent from."""
        return any(self._leads_to(part) and not self._was_there(name) for name, part in self.PARTS.items())

    def _leads_to(self, part: Part) -> bool:
        return bool(_as_set(self._sent(part.of)) & part.when)

    def _was_there(self, name: str) -> bool:
        is_date = isinstance(self.fields[name], PartialDateField)
        return self.add_prefix(f"{name}_year" if is_date else name) in self.data

    def _sent(self, name: str) -> Any:
        """Return what was sent for a field, or what it begins with."""
        field = self.fields[name]
        if self.is_bound:
            return field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return self.get_initial_for_field(field, name)


def _as_set(value: Any) -> set[str]:
    return set(value) if isinstance(value, list) else {value} if isinstance(value, str) else set()


def _is_empty(value: Any) -> bool:
    parts: Iterable[Any] = value if isinstance(value, list) else [value]
    return not any(str(part or "").strip() for part in parts)


def _words(field: forms.Field, codes: Iterable[str]) -> str:
    """Return choices as they stand on the page."""
    choices = dict(getattr(field, "choices", ()))
    return ", ".join(str(choices.get(code, code)) for code in sorted(codes))
