"""Amina's facts, and what the rules make of them when some differ.

Today is Monday 23 November 2026. She lives in New York alone on 800 dollars a month, has no lawyer, is
afraid to return and came on a visa on 1 October 2026.
"""

import json
from datetime import date, timedelta
from pathlib import Path

from screening.rules import Config, Facts, assess

TODAY = date(2026, 11, 23)
AMINA = {
    "state": "NY",
    "household_size": 1,
    "income": 80_000,
    "period": "monthly",
    "rep": "none",
    "fear": "yes",
    "entry": "visa",
    "arrival": "2026-10-01",
}
# A receipt for the form she sent, on file: the year has stopped.
FILED = {"i589_filed": True, "i589_received": "2026-10-20"}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain"
OWN = json.loads((Path(__file__).parent / "scenarios.json").read_text())


def result(on=TODAY, config=None, of=None, **changes):
    facts = Facts.from_dict({**AMINA, **changes})
    return assess(facts, on=on, config=Config.from_dict(config, of=of), of=of)


def in_days(days, on=TODAY):
    return (on + timedelta(days=days)).isoformat()


def finding(code, **changes):
    """Return the one finding with a code, or None."""
    return next((each for each in result(**changes).findings if each.code == code), None)
