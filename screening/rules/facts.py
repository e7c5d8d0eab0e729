"""What the rules read and what they say."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from foundation.calendar import PartialDate
from intake.told import HELD
from screening.data import Tables, tables
from screening.rules import reading
from screening.rules.reading import BadFacts, Reader

# USPS codes: the states, the District, the territories, and the forces' addresses.
STATES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
    OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP FM MH PW AA AE AP
"""
PROTECTION = ("sij", "t", "u", "vawa", "parole", "i730", "tps")


@dataclass(frozen=True)
class Facts:
    """One person's facts. None (or an empty value) is "not known", which is never No.

    `income` in whole cents per `period`, `assets` in whole dollars, `age` in years; dates may be partial
    and then count from their first day; `household_size` is whatever was answered, and the money gate
    asks again where it is no whole number of 1 or more. The words each fact may have stand in READERS.
    """

    consent: bool = True
    conflict: str = "clear"
    outside_us: bool = False
    state: str | None = None
    court_state: str | None = None
    household_size: Any = None
    income: int | None = None
    period: str | None = None
    assets: int | None = None
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
    age: float | None = None
    turns_18_or_21_soon: bool = False
    danger: bool = False
    vulnerable: bool = False

    @classmethod
    def from_dict(cls, item: Any) -> "Facts":
        """Read facts from JSON; null is not answered. BadFacts names the key that cannot be read."""
        known = reading.object_of("facts", item, READERS)
        return cls(**{key: READERS[key](key, value) for key, value in known.items() if value is not None})


READERS: dict[str, Reader] = {
    **dict.fromkeys(("consent", "outside_us", "benefit", "hardship", "notario", "uac"), reading.flag),
    **dict.fromkeys(("i589_filed", "in_proceedings", "prior_denial", "in_absentia"), reading.flag),
    **dict.fromkeys(("fear_screening", "turns_18_or_21_soon", "danger", "vulnerable"), reading.flag),
    **dict.fromkeys(("arrival", "individual_hearing", "master_hearing"), reading.partial_date),
    **dict.fromkeys(("asylum_interview", "notice_due", "checkin", "denial_date"), reading.partial_date),
    **dict.fromkeys(("state", "court_state"), partial(reading.word_of, STATES.split())),
    "conflict": partial(reading.word_of, ("clear", "possible", "confirmed")),
    "rep": partial(
        reading.word_of, ("none", "limited", "notario", "other_org_waitlist", "active", "ending", "unknown")
    ),
    "fear": partial(reading.word_of, ("yes", "unsure", "no")),
    "entry": partial(reading.word_of, ("visa", "port", "ewi", "parole", "other")),
    "custody": partial(reading.word_of, ("none", *HELD)),
    "period": partial(reading.word_of, ("weekly", "biweekly", "semimonthly", "monthly", "yearly")),
    "other_protection": partial(reading.words_of, PROTECTION),
    "household_size": reading.anything,
    "income": reading.whole,
    "assets": reading.whole,
    "age": reading.years,
}


@dataclass(frozen=True)
class Config:
    """One program's settings. Percentages of the poverty guideline; a cap on assets in whole dollars or
    None; states as two letters or "*"; `tps_only` is review or accept; `ruleset` is stamped on results.
    """

    ruleset: str
    auto_pct: int
    max_pct: int
    asset_cap: int | None
    service_area: tuple[str, ...]
    tps_only: str

    @classmethod
    def from_dict(cls, changes: Any = None, *, of: Tables | None = None) -> "Config":
        """Return the settings of ruleset.toml with changes; BadFacts names what cannot be read."""
        of = of or tables()
        known = reading.object_of("config", {} if changes is None else changes, SETTINGS)
        chosen = {key: value for key, value in known.items() if value is not None}
        values = {"asset_cap": None, "ruleset": of.ruleset, **of.settings, **chosen}
        return cls(**{key: SETTINGS[key](f"config.{key}", value) for key, value in values.items()})


def _cap(key: str, value: Any) -> int | None:
    return None if value is None else reading.whole_or_more(key, value)


def _area(key: str, value: Any) -> tuple[str, ...]:
    """Return the states served: a list of codes, or "*" for all."""
    return reading.words_of(("*", *STATES.split()), key, ["*"] if value == "*" else value)


def _word(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise BadFacts(f"{key} must be a word")
    return value


SETTINGS: dict[str, Reader] = {
    "ruleset": _word,
    "auto_pct": reading.whole_or_more,
    "max_pct": reading.whole_or_more,
    "asset_cap": _cap,
    "service_area": _area,
    "tps_only": partial(reading.word_of, ("review", "accept")),
}


@dataclass(frozen=True)
class Finding:
    """One criterion: its code, the gate or group it belongs to, its result, what it used, and the law.

    `result` is PASS, FAIL or UNKNOWN for a gate and FLAG for anything that changes no gate; `ruleset` is
    the version that found it.
    """

    code: str
    gate: str
    result: str
    inputs: dict[str, Any] = field(default_factory=dict)
    citation: str = ""
    ruleset: str = ""
