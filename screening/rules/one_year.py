"""The one-year dates (INA 208(a)(2)(B)): arrival is day 0, and the safe reading is shown."""

from dataclasses import dataclass
from datetime import date, timedelta

from foundation.calendar import anniversary, roll_back, roll_forward
from screening.rules.facts import Facts

# Arrivals before this day count from it: 8 CFR 208.4(a)(2)(ii) [to verify].
COUNTING_STARTS = date(1997, 4, 1)


@dataclass(frozen=True)
class OneYear:
    """`operative`: the day before the anniversary, back to a business day, the date staff work to.
    `outer`: the anniversary, forward to a business day, for staff only.
    """

    operative: date
    anniversary: date
    outer: date
    approximate: bool

    def as_dict(self) -> dict[str, str]:
        return {
            "operative": self.operative.isoformat(),
            "anniversary": self.anniversary.isoformat(),
            "outer": self.outer.isoformat(),
        }


def is_asked(facts: Facts) -> bool:
    """Tell whether the one-year rule has a place at all: someone here who fears to return."""
    return facts.fear in ("yes", "unsure") and not facts.outside_us


def applies(facts: Facts) -> bool:
    """Tell whether its dates run: not where the I-589 is filed, nor for a child alone."""
    return is_asked(facts) and not facts.i589_filed and not facts.uac  # INA 208(a)(2)(E)


def one_year_of(facts: Facts) -> OneYear | None:
    """Return the one-year dates, or None where the rule is not looked at or arrival is unknown."""
    if facts.arrival is None or not applies(facts):
        return None
    due = anniversary(max(facts.arrival.first_day(), COUNTING_STARTS))
    return OneYear(
        operative=roll_back(due - timedelta(days=1)),
        anniversary=due,
        outer=roll_forward(due),
        approximate=not facts.arrival.is_exact,
    )
