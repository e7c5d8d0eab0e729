"""What the rules read and what they say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

from foundation.calendar import PartialDate
from intake.told import HELD
from screening.data import Tables, tables
from screening.rules import reading
from screening.rules.decisions import Decision, read_decisions
from screening.rules.reading import BadFacts, Reader

# USPS codes: the states, the District, the territories, and the forces' addresses.
STATES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
    OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP FM MH PW AA AE AP
"""
PROTECTION = ("sij", "t", "u", "vawa", "parole", "i730", "tps")
STATUSES = ("none", "visa", "parole", "tps", "daca", "work", "other", "unsure")


@dataclass(frozen=True)
class Grant:
    """A grant of asylum, or an admission as a refugee."""

    date: PartialDate
    kind: str

    def as_input(self) -> dict[str, str]:
        return {"date": self.date.isoformat(), "kind": self.kind}


def read_grant(key: str, value: Any) -> Grant:
    """Return a grant from JSON; BadFacts names the key that cannot be read."""
    found = reading.object_with(key, value, ("date", "kind"), ("date", "kind"))
    kind = reading.word_of(("asylum", "refugee"), f"{key}.kind", found["kind"])
    return Grant(reading.partial_date(f"{key}.date", found["date"]), kind)


def read_children(key: str, value: Any) -> tuple[PartialDate, ...]:
    """Return the birth dates of a list of {"birth_date"}; a child whose date nobody knows is left out."""
    items = [
        reading.object_of(f"{key}[{n}]", item, ("birth_date",))
        for n, item in enumerate(reading.list_of(key, value))
    ]
    return tuple(
        reading.partial_date(f"{key}[{n}].birth_date", item["birth_date"])
        for n, item in enumerate(items)
        if item.get("birth_date") is not None
    )


def day_or_yes(key: str, value: Any) -> PartialDate | bool:
    """Return a date, or true where it happened on a day nobody knows; false is that it did not."""
    return value if isinstance(value, bool) else reading.partial_date(key, value)


def words_or_one(allowed: Collection[str], key: str, value: Any) -> tuple[str, ...]:
    """Return a list of a few words, in any case; one alone needs no list."""
    items = reading.list_of(key, [value] if isinstance(value, str) else value)
    lower = (item.lower() if isinstance(item, str) else item for item in items)
    return tuple(reading.word_of(allowed, key, item) for item in lower)


class Facts(NamedTuple):
    """One person's facts. None (or an empty value) is "not known", which is never No.

    `income` in whole cents per `period`, `assets` in whole dollars, `age` in years; dates may be partial,
    and the rules read the span of days they can mean; `household_size` is whatever was answered, and the
    money gate asks again where it is no whole number of 1 or more. `i589_filed` is what the person says,
    `i589_received` and `i589_returned` are papers; `i589_returned` and `held` (a hearing, interview or
    check-in that has gone by was held) may be yes without a day. `children` are birth dates of the family.
    The words each fact may have stand in READERS.
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
    decisions: tuple[Decision, ...] = ()
    prior_order: bool = False
    held: bool = False
    i589_received: PartialDate | None = None
    i589_returned: PartialDate | bool = False
    i589_callup: PartialDate | None = None
    birth_date: PartialDate | None = None
    children: tuple[PartialDate, ...] = ()
    status: tuple[str, ...] = ()
    status_end: PartialDate | None = None
    granted: Grant | None = None
    i485_received: PartialDate | None = None

    @classmethod
    def from_dict(cls, item: Any) -> "Facts":
        """Read facts from JSON; null is not answered. BadFacts names the key that cannot be read."""
        known = reading.object_of("facts", item, READERS)
        return cls(**{key: READERS[key](key, value) for key, value in known.items() if value is not None})

    @property
    def all_decisions(self) -> tuple[Decision, ...]:
        return self.decisions


READERS: dict[str, Reader] = {
    **dict.fromkeys(("consent", "outside_us", "benefit", "hardship", "notario", "uac"), reading.flag),
    **dict.fromkeys(("i589_filed", "in_proceedings", "prior_denial", "in_absentia"), reading.flag),
    **dict.fromkeys(("fear_screening", "turns_18_or_21_soon", "danger", "vulnerable"), reading.flag),
    **dict.fromkeys(("arrival", "individual_hearing", "master_hearing"), reading.partial_date),
    **dict.fromkeys(("asylum_interview", "notice_due", "checkin", "denial_date"), reading.partial_date),
    **dict.fromkeys(("prior_order", "held"), reading.flag),
    **dict.fromkeys(("i589_received", "i589_callup", "i485_received"), reading.partial_date),
    **dict.fromkeys(("birth_date", "status_end"), reading.partial_date),
    "decisions": read_decisions,
    "i589_returned": day_or_yes,
    "children": read_children,
    "status": partial(words_or_one, STATUSES),
    "granted": read_grant,
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
        if changes is None:
            return _unchanged(of)
        known = reading.object_of("config", changes, SETTINGS)
        chosen = {key: value for key, value in known.items() if value is not None}
        values = {"asset_cap": None, "ruleset": of.ruleset, **of.settings, **chosen}
        return cls(**{key: SETTINGS[key](f"config.{key}", value) for key, value in values.items()})


def config_of(figures: Mapping[str, Any], *, of: Tables | None = None) -> Config:
    """Return the settings an office works with: the program's, and over them its own figures."""
    return Config.from_dict(dict(figures) or None, of=of)


@lru_cache(maxsize=4)
def _unchanged(of: Tables) -> Config:
    """Return the settings as the tables have them: one set of tables screens many people."""
    return Config.from_dict({}, of=of)


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


class Finding(NamedTuple):
    """One criterion: its code, the gate or group it belongs to, its result, what it used, and the law.

    `result` is PASS, FAIL or UNKNOWN for a gate and FLAG for anything that changes no gate; `ruleset` is
    the version that found it.
    """

    code: str
    gate: str
    result: str
    inputs: dict[str, Any]
    citation: str = ""
    ruleset: str = ""
