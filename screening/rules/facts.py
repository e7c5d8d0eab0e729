"""What the rules read and what they say."""

from dataclasses import dataclass, field, fields
from typing import Any

from foundation.calendar import PartialDate
from screening.data import ruleset

DATES = {
    "arrival",
    "individual_hearing",
    "master_hearing",
    "asylum_interview",
    "denial_date",
    "notice_due",
    "checkin",
}
FLAGS = {
    "consent",
    "outside_us",
    "i589_filed",
    "in_proceedings",
    "uac",
    "benefit",
    "hardship",
    "danger",
    "in_absentia",
    "prior_denial",
    "fear_screening",
    "vulnerable",
    "turns_18_or_21_soon",
    "notario",
}


class BadFacts(ValueError):
    """A fact has an unknown key or a value of the wrong shape."""


@dataclass(frozen=True)
class Facts:
    """One person's facts. None (or an empty value) is "not known", which is never No.

    Money in whole cents per `period`; dates as PartialDate; `rep` one of none, limited, notario,
    other_org_waitlist, active, ending, unknown; `entry` one of visa, port, parole, ewi, other;
    `custody` one of none, ice, orr; `fear` yes, no or unsure; `conflict` clear, possible or confirmed.
    """

    consent: bool = True
    conflict: str | None = None
    outside_us: bool = False
    state: str | None = None
    court_state: str | None = None
    household_size: Any = None
    income: Any = None
    period: str | None = None
    assets: Any = None
    benefit: bool = False
    hardship: bool = False
    rep: str | None = None
    notario: bool = False
    fear: str | None = None
    other_protection: tuple[str, ...] = ()
    entry: str | None = None
    arrival: PartialDate | None = None
    i589_filed: bool = False
    in_proceedings: bool = False
    individual_hearing: PartialDate | None = None
    master_hearing: PartialDate | None = None
    asylum_interview: PartialDate | None = None
    notice_due: PartialDate | None = None
    checkin: PartialDate | None = None
    denial_date: PartialDate | None = None
    prior_denial: bool = False
    in_absentia: bool = False
    fear_screening: bool = False
    custody: str | None = None
    uac: bool = False
    age: Any = None
    turns_18_or_21_soon: bool = False
    danger: bool = False
    vulnerable: bool = False

    @classmethod
    def from_dict(cls, item: dict[str, Any]) -> "Facts":
        """Read facts from JSON; BadFacts names the key that cannot be read."""
        unknown = set(item) - {field.name for field in fields(cls)}
        if unknown:
            raise BadFacts(f"unknown fact: {', '.join(sorted(unknown))}")
        return cls(**{key: _read(key, value) for key, value in item.items() if value is not None})


def _read(key: str, value: Any) -> Any:
    if key in DATES:
        return _date(key, value)
    if key in FLAGS and not isinstance(value, bool):
        raise BadFacts(f"{key} must be true or false")
    if key == "other_protection":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadFacts("other_protection must be a list of words")
        return tuple(value)
    return value


def _date(key: str, value: Any) -> PartialDate:
    try:
        return PartialDate.parse(value)
    except (TypeError, ValueError) as error:
        raise BadFacts(f"{key} is not a date: {value!r}") from error


@dataclass(frozen=True)
class Config:
    """One program's settings. Percentages of the poverty guideline; states as two letters or "*"."""

    auto_pct: int
    max_pct: int
    asset_cap: int | None
    service_area: tuple[str, ...]
    tps_only: str

    @classmethod
    def default(cls, **changes: Any) -> "Config":
        """Return the settings of ruleset.toml, with changes."""
        values = {"asset_cap": None, **ruleset()["limits"], **changes}
        return cls(**{**values, "service_area": tuple(values["service_area"])})


@dataclass(frozen=True)
class Finding:
    """One criterion: its code, the gate or group it belongs to, its result, and what it used.

    `result` is PASS, FAIL or UNKNOWN for a gate and FLAG for anything that changes no gate.
    """

    code: str
    gate: str
    result: str
    inputs: dict[str, Any] = field(default_factory=dict)
    citation: str = ""
    position: int = 0
