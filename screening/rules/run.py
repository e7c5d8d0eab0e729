"""One run of the rules: what every rule reads, and how a rule says what it found."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from screening.data import Tables
from screening.rules.facts import Config, Facts, Finding
from screening.rules.seen import Seen

PASS, FAIL, UNKNOWN, FLAG = "PASS", "FAIL", "UNKNOWN", "FLAG"
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Mark(NamedTuple):
    """What one rule comes to: a code with what it used, points in a group, a floor with its band.

    Each part may be left out. `floor` is the name of the reason, `band` what it asks for.
    """

    code: str = ""
    inputs: Mapping[str, Any] = NOTHING
    group: str = ""
    points: int = 0
    floor: str = ""
    band: str = ""


class Run(NamedTuple):
    """A person's facts on a day in the office's time zone, under a program's settings and the tables.

    `seen` are the facts as the days their dates can mean.
    """

    facts: Facts
    on: date
    config: Config
    tables: Tables
    seen: Seen

    def found(self, code: str, result: str = FLAG, **inputs: Any) -> Finding:
        """Return a finding with the gate and the citation its code has in the tables."""
        listed = self.tables.codes[code]
        return Finding(code, listed.gate, result, inputs, listed.citation, self.config.ruleset)

    def within(self, key: str, days: int) -> int:
        """Return the points of the first row of a table whose days are not exceeded."""
        return next((points for limit, points in self.tables.within[key] if days <= limit), 0)

    def has_lawyer(self) -> bool:
        return self.facts.rep == "active"

    def is_held(self) -> bool:
        """Tell whether someone is held by immigration, in detention or in a children's shelter."""
        return self.facts.custody in ("ice", "orr")
