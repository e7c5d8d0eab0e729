"""One run of the rules: what every rule reads, and how a rule says what it found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.calendar import PartialDate
from screening.data import Tables
from screening.rules.facts import Config, Facts, Finding

PASS, FAIL, UNKNOWN, FLAG = "PASS", "FAIL", "UNKNOWN", "FLAG"


@dataclass(frozen=True)
class Run:
    """A person's facts on a day in the office's time zone, under a program's settings and the tables."""

    facts: Facts
    on: date
    config: Config
    tables: Tables

    def found(self, code: str, result: str = FLAG, **inputs: Any) -> Finding:
        """Return a finding with the gate and the citation its code has in the tables."""
        listed = self.tables.codes[code]
        return Finding(code, listed.gate, result, inputs, listed.citation, self.config.ruleset)

    def days_to(self, day: PartialDate | None) -> int | None:
        """Return the days from today to a date (negative once it has passed), or None where it is unknown."""
        return None if day is None else (day.first_day() - self.on).days

    def is_within(self, day: PartialDate | None, limit: int) -> bool:
        """Tell whether a date is known and at most this many days off, or past."""
        days = self.days_to(day)
        return days is not None and days <= limit
