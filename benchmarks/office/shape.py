"""How large an office is, and how what its people tell is spread."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

# Weights, not figures of anywhere: a few are common, most are rare, as in any list of an office.
COUNTRIES = {
    "VE": 22,
    "HN": 14,
    "GT": 12,
    "SY": 8,
    "AF": 8,
    "NI": 7,
    "CO": 6,
    "RU": 5,
    "CM": 3,
    "ET": 2,
    "TJ": 1,
}
LANGUAGES = {"spa": 60, "ara": 9, "prs": 8, "rus": 6, "fra": 5, "hat": 4, "eng": 4, "tir": 2, "mam": 1, "": 1}
STATES = {"NY": 62, "NJ": 24, "CT": 8, "PA": 5, "AK": 1}
COURTS = {"": 50, "NYC": 20, "NYB": 12, "NEW": 12, "other": 6}
CUSTODY = {"no": 80, "ice": 9, "orr": 2, "": 9}
MINORS = {"no": 86, "yes": 8, "alone": 4, "": 2}
OUTCOMES = {"ELIGIBLE_FOR_REVIEW": 55, "STAFF_REVIEW": 25, "NOT_ELIGIBLE_PROGRAM": 12, "REFER_OUT": 8}
NAMES = {"": 94, "possible": 5, "confirmed": 1}
BANDS = {"CRITICAL": 3, "HIGH": 12, "MEDIUM": 45, "ROUTINE": 40}
REASONS = {
    "NEED_FEAR": 80,
    "NO_REP": 75,
    "INCOME_LE_125": 60,
    "OYD_PASSED": 25,
    "DANGER_NOW": 4,
    "PRIOR_ORDER": 3,
}
ENDED = 0.55  # of all cases, those that are over
TRIAGED, REFERRED, REPRESENTED = 0.85, 0.45, 0.25  # of those that are open
DATED, GONE, HEARING = 0.7, 0.04, 0.35
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shape:
    """How large: cases in all, offices they are spread over, people in each, live grants for each attorney.

    `opened` of the newest cases of each office have their answers, a file and a note too.
    """

    cases: int
    offices: int = 1
    seed: int = 1
    caseworkers: int = 12
    attorneys: int = 30
    grants: int = 23
    opened: int = 2_000


def drawn(weights: dict[str, int], chance: random.Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


@dataclass(frozen=True)
class Person:
    """What one person's matter is made from; `place` 0 is the oldest of `of`."""

    number: int
    place: int
    of: int
    came: datetime
    band: str
    codes: list[str]
    country: str
    language: str
    is_open: bool
    is_triaged: bool
    is_referred: bool
    is_represented: bool
    live_in: int | None
    hearing_in: int | None
    worker: int


def person(number: int, place: int, shape: Shape, of: int) -> Person:
    """Invent one person: the same for the same seed and number."""
    chance = random.Random(f"{shape.seed}:{number}")  # noqa: S311  invented people, no secret
    came = NOW - timedelta(days=900) * (1 - place / of) + timedelta(minutes=chance.randrange(600))
    is_open = chance.random() > ENDED
    triaged = chance.random() < TRIAGED or not is_open
    referred = triaged and chance.random() < REFERRED
    country, language = drawn(COUNTRIES, chance), drawn(LANGUAGES, chance)
    live = chance.randint(-20, 0) if chance.random() < GONE else chance.randint(1, 500)
    # A few carry most of the work.
    worker = min(int(chance.expovariate(0.35)), shape.caseworkers - 1)
    return Person(
        number=number,
        place=place,
        of=of,
        came=came,
        band=drawn(BANDS, chance),
        codes=_codes(country, language, chance),
        country=country,
        language=language,
        is_open=is_open,
        is_triaged=triaged,
        is_referred=referred,
        is_represented=is_open and referred and chance.random() < REPRESENTED / REFERRED,
        live_in=live if chance.random() < DATED else None,
        hearing_in=chance.randint(1, 400) if chance.random() < HEARING else None,
        worker=worker,
    )


def _codes(country: str, language: str, chance: random.Random) -> list[str]:
    found: dict[str, Any] = {
        "country": country,
        "language": language,
        "state": drawn(STATES, chance),
        "court": drawn(COURTS, chance),
        "custody": drawn(CUSTODY, chance),
        "minor": drawn(MINORS, chance),
        "outcome": drawn(OUTCOMES, chance),
        "names": drawn(NAMES, chance),
    }
    reasons = [f"reason:{each}" for each, often in REASONS.items() if chance.random() * 100 < often]
    return sorted([f"{kind}:{value}" for kind, value in found.items() if value] + reasons)
