"""What somebody told us so far, as the questions look at it. Pure: no database, no clock."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from foundation.calendar import PartialDate, age_on

# Held by immigration: in a detention center, or a child in a shelter of ORR.
HELD = ("ice", "orr")
ADULT, JUVENILE = 18, 21
SOON, FRESH, YEAR = timedelta(days=7), timedelta(days=14), 1
SHORT_WAY = timedelta(days=14)  # who goes to court within it may send what is urgent first
PROTECTIVE = {"sij", "t", "u", "vawa", "i730", "tps"}
# "An officer asked why you are afraid": a no, or an interview still ahead.
FEAR_INTERVIEW = ("refused", "soon")

# Pages whose answer can make the whole urgent: after them the phone line is shown at once.
URGENT_PAGES = {"where_now", "hearing", "hearing_went", "fear_interview", "danger"}

# And those whose answer can say that our program is first for others.
OTHERS_FIRST_PAGES = {"where_now", "others_helped", "money"}

Answers = Mapping[str, Mapping[str, Any]]  # {page: {question: value}}


@dataclass(frozen=True)
class Saved:
    """What is kept of one intake, opened, with what says which of its questions were asked.

    answers   {page: {question: value}}, branches left aside included
    begun     the office's day on which the form was begun, None where that does not matter
    day       the office's day on which it was sent; of a draft the day on which a page was last saved
    asked     pages that had been asked when it was sent: none of a draft
    late      pages that were answered after it was sent
    is_short  what is urgent is sent alone first
    written   {page: when it was last saved}
    figures   the office's own figures of the rules, {name: value}
    """

    answers: Answers
    begun: date | None = None
    day: date = date.min
    is_sent: bool = False
    asked: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    is_short: bool = False
    written: Mapping[str, datetime] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stands(self) -> frozenset[str]:
        """Return the pages that count whatever the other answers say by now."""
        return self.asked | self.late

    def days_before(self, day: date) -> list[date]:
        """Return the days since the form was begun, the newest first, without `day` itself."""
        span = (day - self.begun).days if self.begun else 0
        return [day - timedelta(days=back) for back in range(1, span + 1)]

    def having(self, page: str, values: Mapping[str, Any] | None, *, at: datetime) -> "Saved":
        """Return it with one page answered at a moment, or with its answer removed (None)."""
        answers = {key: kept for key, kept in self.answers.items() if key != page}
        if values is not None:
            answers[page] = values
        late = self.late | {page} if self.is_sent else self.late
        return replace(self, answers=answers, late=late, written={**self.written, page: at})


Figures = Mapping[str, Any]  # an office's own, {name: value}
IncomeTest = Callable[[Mapping[str, Any], date, Figures], bool]
_over_limit: list[IncomeTest] = []
IncomeFigures = Callable[[date, Figures], tuple[int, int] | None]
_figures: list[IncomeFigures] = []


def income_test(test: IncomeTest) -> IncomeTest:
    """Say how an income is found to be over the limit; the app that knows the figures stands above."""
    _over_limit.append(test)
    return test


def income_figures(figures: IncomeFigures) -> IncomeFigures:
    """Say what is printed of the limit: dollars a year for one person, and for each one more."""
    _figures.append(figures)
    return figures


def printed_figures(on: date, figures: Figures) -> tuple[int, int] | None:
    """Return an office's printed limit as of a day, or None where no app knows one."""
    return _figures[0](on, figures) if _figures else None


class Told:
    """Answers by question, of the pages somebody was really asked, as of a day.

    `figures` are the office's own, for what depends on its limits.
    """

    def __init__(self, values: Mapping[str, Any], *, on: date, figures: Figures | None = None) -> None:
        self.values, self.on, self.figures = dict(values), on, figures or {}

    def as_of(self, day: date) -> "Told":
        """Return the same answers as they are looked at on another day."""
        told = copy(self)
        told.on = day
        return told

    def get(self, key: str) -> Any:
        return self.values.get(key) or ""

    def says(self, key: str, *answers: str) -> bool:
        """Tell whether a question has one of these answers, or any of them among several."""
        value = self.get(key)
        return bool(set(value if isinstance(value, list) else [value]) & set(answers))

    def day(self, key: str) -> PartialDate | None:
        return PartialDate.parse(self.get(key)) if self.get(key) else None

    @property
    def age(self) -> int | None:
        """Years, the youngest that half a date allows: it protects children."""
        born = self.day("birth_date")
        return age_on(born, on=self.on) if born else None

    @property
    def is_minor(self) -> bool:
        return self.age is not None and self.age < ADULT

    @property
    def through_helper(self) -> bool:
        return self.says("who_fills", "helper")

    @property
    def held(self) -> bool:
        return self.says("custody", *HELD)

    def came_within(self, span: timedelta) -> bool:
        """Tell whether the last arrival may lie within so many days."""
        arrival = self.day("arrival")
        return arrival is not None and arrival.first_day() <= self.on <= arrival.last_day() + span

    def hears_within(self, span: timedelta) -> bool:
        """Tell whether the next hearing may be within so many days."""
        hearing = self.day("hearing_date")
        if hearing is None or not self.says("has_court", "yes"):
            return False
        return hearing.first_day() <= self.on + span and hearing.last_day() >= self.on

    @property
    def missed_court(self) -> bool:
        """Tell whether a hearing has gone by of which nobody said that it was held or moved."""
        if not self.says("has_court", "yes") or self.says("hearing_went", "held", "moved"):
            return False
        hearing = self.day("hearing_date")
        return self.says("hearing_went", "missed", "unsure") or bool(hearing and hearing.last_day() < self.on)

    @property
    def over_a_year_here(self) -> bool:
        """Tell whether a year since the last arrival may be over, or when it was is not known."""
        arrival = self.day("arrival")
        return arrival is None or age_on(arrival, on=self.on, oldest=True) >= YEAR

    @property
    def over_income_limit(self) -> bool:
        """Tell whether what somebody earns is over the limit; where they did not say, no rule is asked."""
        return bool(self.get("income")) and any(
            test(self.values, self.on, self.figures) for test in _over_limit
        )

    @property
    def asks_for_protection(self) -> bool:
        return self.says("wants", *PROTECTIVE)

    @property
    def is_urgent(self) -> bool:
        """Tell whether a person should look at once; see URGENT_PAGES."""
        return (
            self.held
            or self.hears_within(SOON)
            or self.missed_court
            or self.says("fear_interview", *FEAR_INTERVIEW)
            or self.says("danger", "yes", "talk")
        )

    @property
    def cannot_wait(self) -> bool:
        """Tell whether the phone line is shown, and what is urgent may be sent first."""
        return self.is_urgent or self.hears_within(SHORT_WAY)

    @property
    def comes_after_others(self) -> bool:
        """Tell whether our program is first for others; a person decides (ADR 5)."""
        return self.says("rep", "active") or self.says("in_us", "no") or self.over_income_limit


def is_urgent_alone(page: str, values: Mapping[str, Any] | None, *, on: date) -> bool:
    """Tell whether what was written on one page is urgent whatever else was told.

    So it is asked where nothing else may be looked at: what follows from it tells nothing but what was typed.
    """
    told = {**(values or {}), "has_court": (values or {}).get("has_court") or "yes"}
    return page in URGENT_PAGES and Told(told, on=on).is_urgent
