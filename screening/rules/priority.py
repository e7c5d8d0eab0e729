"""How soon a person must look: points, band, floors, and the codes of dates and circumstances."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from foundation.calendar import PartialDate, roll_back, roll_forward
from screening.data import ruleset
from screening.rules.facts import Facts, Finding
from screening.rules.one_year import OneYear, applies, is_asked

BANDS = ("CRITICAL", "HIGH", "MEDIUM", "ROUTINE")
ER_DAYS = 731  # here under two years: INA 235(b)(1)(A)(iii)(II)


@dataclass(frozen=True)
class Priority:
    """`score` is the sum of `points`, at most 100; `band` is what the score or a floor asks for."""

    score: int
    band: str
    points: dict[str, int]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Appeal:
    """The two disputed BIA dates of a denial (8 CFR 1003.38(b) and the court order against it)."""

    early: date
    late: date
    on: date

    @property
    def is_open(self) -> bool:
        return self.on <= self.late

    @property
    def is_near(self) -> bool:
        return self.is_open and ((self.late - self.on).days <= 10 or self.on <= self.early)


def priority_of(facts: Facts, one_year: OneYear | None, *, on: date) -> Priority:
    """Work out points, band and codes as of a day."""
    appeal = appeal_of(facts, on=on)
    groups = {
        "clock": max(_clock(facts, appeal, on=on), default=0),
        "one_year": _one_year_points(facts, one_year, on=on),
        **_circumstances(facts, on=on),
    }
    points = {name: value for name, value in groups.items() if value}
    score = min(sum(points.values()), 100)
    floors = _floors(facts, one_year, appeal, on=on)
    band = min([_band_of(score), *floors], key=BANDS.index)
    return Priority(score, band, points, tuple(_codes(facts, one_year, appeal, on=on)))


def appeal_of(facts: Facts, *, on: date) -> Appeal | None:
    """Return the appeal dates of a denial: ten days, rolled back, and thirty, rolled forward."""
    if facts.denial_date is None:
        return None
    denied = facts.denial_date.first_day()
    early, late = roll_back(denied + timedelta(days=10)), roll_forward(denied + timedelta(days=30))
    return Appeal(early, late, on)


def days_to(day: PartialDate | None, *, on: date) -> int | None:
    return None if day is None else (day.first_day() - on).days


def _within(key: str, days: int | None) -> int:
    """Return the points of the first row of a table whose days are not exceeded."""
    table = ruleset()["points"][key]
    return 0 if days is None else next((points for limit, points in table if days <= limit), 0)


def _clock(facts: Facts, appeal: Appeal | None, *, on: date) -> list[int]:
    figures = ruleset()["points"]
    clock = [
        _within("merits_hearing", days_to(facts.individual_hearing, on=on)),
        _within("master_hearing", days_to(facts.master_hearing, on=on)),
        _within("asylum_interview", days_to(facts.asylum_interview, on=on)),
        _within("notice_due", days_to(facts.notice_due, on=on)),
    ]
    clock += [figures["fear_screening"]] if facts.fear_screening else []
    clock += [figures["in_absentia"]] if facts.in_absentia else []
    if appeal:
        name = "appeal_near" if appeal.is_near else "appeal_open" if appeal.is_open else "appeal_gone"
        clock.append(figures[name])
    return clock


def _one_year_points(facts: Facts, one_year: OneYear | None, *, on: date) -> int:
    figures = ruleset()["points"]
    if not applies(facts):
        return 0
    if one_year is None:
        return int(figures["arrival_unknown"])
    late = (on - one_year.outer).days
    if late > 0:
        return int(figures["one_year_passed_recently" if late <= 180 else "one_year_passed_long_ago"])
    return _within("one_year", (one_year.operative - on).days) or int(figures["one_year_later"])


def _circumstances(facts: Facts, *, on: date) -> dict[str, int]:
    figures = ruleset()["points"]
    custody = {"ice": figures["custody_ice"], "orr": figures["custody_orr"]}.get(facts.custody or "", 0)
    flags = {
        "aging_out": (facts.turns_18_or_21_soon, "aging_out"),
        "safety": (facts.danger, "danger"),
        "vulnerable": (facts.vulnerable, "vulnerable"),
        "scam": (facts.notario or facts.rep == "notario", "notario"),
        "er": (_er_exposed(facts, on=on), "er_exposure"),
    }
    child = figures["child_alone"] if facts.uac else figures["child_principal"] if _is_minor(facts) else 0
    return {
        "custody": custody or (figures["checkin_soon"] if _checks_in_soon(facts, on=on) else 0),
        "child": child,
        **{group: figures[name] if holds else 0 for group, (holds, name) in flags.items()},
    }


def _is_minor(facts: Facts) -> bool:
    return isinstance(facts.age, int) and 0 <= facts.age < 18


def _checks_in_soon(facts: Facts, *, on: date) -> bool:
    days = days_to(facts.checkin, on=on)
    return facts.custody not in ("ice", "orr") and days is not None and days <= 14


def _er_exposed(facts: Facts, *, on: date) -> bool:
    """Expedited removal could be tried: a flag for safety information, never a prediction."""
    if facts.entry != "ewi" or facts.in_proceedings:
        return False
    return facts.arrival is None or (on - facts.arrival.first_day()).days < ER_DAYS


def _band_of(score: int) -> str:
    bands = ruleset()["bands"]
    return next(band for band in BANDS if score >= bands[band])


def _floors(facts: Facts, one_year: OneYear | None, appeal: Appeal | None, *, on: date) -> list[str]:
    """Return the bands below which this case may not fall."""
    merits, master = days_to(facts.individual_hearing, on=on), days_to(facts.master_hearing, on=on)
    still_open = one_year is not None and on <= one_year.outer
    operative = (one_year.operative - on).days if one_year and still_open else None
    floors = [
        ("CRITICAL", merits is not None and merits <= 7),
        ("CRITICAL", facts.fear_screening),
        ("CRITICAL", operative is not None and operative <= 14),
        ("CRITICAL", appeal is not None and appeal.is_near),
        ("HIGH", facts.custody == "ice" or facts.uac or facts.danger),
        ("HIGH", master is not None and master <= 7),
        ("HIGH", operative is not None and operative <= 30),
        ("HIGH", appeal is not None and appeal.is_open),
    ]
    return [band for band, holds in floors if holds]


def _codes(facts: Facts, one_year: OneYear | None, appeal: Appeal | None, *, on: date) -> list[Finding]:
    rows = [
        *_date_codes(facts, appeal, on=on),
        *_one_year_codes(facts, one_year, on=on),
        *_circumstance_codes(facts, on=on),
    ]
    return [
        Finding(code, group, "FLAG", inputs, citation or f"office policy, priority: {group}")
        for code, group, holds, inputs, citation in rows
        if holds
    ]


Row = tuple[str, str, bool, dict[str, Any], str]


def _iso(day: PartialDate | None) -> str | None:
    return day.isoformat() if day else None


def _date_codes(facts: Facts, appeal: Appeal | None, *, on: date) -> list[Row]:
    merits = days_to(facts.individual_hearing, on=on)
    late = merits is not None and merits < 30 and facts.custody != "ice"
    denied = {"denial_date": _iso(facts.denial_date)}
    is_open = appeal is not None and appeal.is_open
    hearing = {"individual_hearing": _iso(facts.individual_hearing)}
    manual = "Immigration Court Practice Manual ch. 3.1(b) [to verify]"
    bia = "8 CFR 1003.38(b) (disputed) [to verify]"
    return [
        ("HEARING_INDIVIDUAL", "clock", merits is not None, hearing, ""),
        (
            "HEARING_MASTER",
            "clock",
            facts.master_hearing is not None,
            {"master_hearing": _iso(facts.master_hearing)},
            "",
        ),
        (
            "ASYLUM_INTERVIEW",
            "clock",
            facts.asylum_interview is not None,
            {"asylum_interview": _iso(facts.asylum_interview)},
            "8 CFR 208.9",
        ),
        ("NOTICE_DUE", "clock", facts.notice_due is not None, {"notice_due": _iso(facts.notice_due)}, ""),
        ("FEAR_SCREENING", "clock", facts.fear_screening, {"fear_screening": True}, "8 CFR 208.30, 208.31"),
        ("IN_ABSENTIA", "clock", facts.in_absentia, {"in_absentia": True}, "8 CFR 1003.23(b)"),
        ("EVIDENCE_DATE_PASSED", "clock", late, hearing, manual),
        ("PRIOR_DENIAL", "clock", facts.prior_denial or appeal is not None, denied, "INA 208(a)(2)(C)"),
        ("APPEAL_WINDOW_OPEN", "clock", is_open, denied, bia),
        ("BIA_DEADLINE_DISPUTED", "clock", is_open, denied, bia),
        ("FINAL_ORDER_POSSIBLE", "clock", appeal is not None and not is_open, denied, bia),
    ]


def _one_year_codes(facts: Facts, one_year: OneYear | None, *, on: date) -> list[Row]:
    law = "INA 208(a)(2)(B)"
    arrived = {"arrival": _iso(facts.arrival)}
    filed = facts.i589_filed and not facts.uac
    rows: list[Row] = [
        ("OYD_EXEMPT_UAC", "one_year", is_asked(facts) and facts.uac, {"uac": True}, "INA 208(a)(2)(E)"),
        ("I589_FILED", "one_year", is_asked(facts) and filed, {"i589_filed": True}, law),
        ("ARRIVAL_UNKNOWN", "one_year", applies(facts) and one_year is None, arrived, law),
        ("ARRIVAL_APPROX", "one_year", one_year is not None and one_year.approximate, arrived, law),
    ]
    if one_year:
        code = _one_year_code(one_year, on=on)
        rows.append((code, "one_year", bool(code), {**arrived, **one_year.as_dict()}, law))
    return rows


def _one_year_code(one_year: OneYear, *, on: date) -> str:
    if on > one_year.outer:
        return "OYD_PASSED"
    days = (one_year.operative - on).days
    return next((f"OYD_{limit}" for limit in (14, 30, 60, 120) if days <= limit), "")


def _circumstance_codes(facts: Facts, *, on: date) -> list[Row]:
    return [
        ("DETAINED", "custody", facts.custody == "ice", {"custody": "ice"}, ""),
        ("ORR_CUSTODY", "custody", facts.custody == "orr", {"custody": "orr"}, ""),
        ("CHECKIN_SOON", "custody", _checks_in_soon(facts, on=on), {"checkin": _iso(facts.checkin)}, ""),
        ("UAC", "child", facts.uac, {"uac": True}, "6 USC 279(g)(2)"),
        ("CHILD_PRINCIPAL", "child", _is_minor(facts) and not facts.uac, {"age": facts.age}, ""),
        ("AGING_OUT", "aging_out", facts.turns_18_or_21_soon, {"turns_18_or_21_soon": True}, ""),
        ("DANGER_NOW", "safety", facts.danger, {"danger": True}, ""),
        ("VULNERABLE", "vulnerable", facts.vulnerable, {"vulnerable": True}, ""),
        ("ENTRY_EWI", "er", facts.entry == "ewi", {"entry": "ewi"}, ""),
        ("ER_EXPOSURE", "er", _er_exposed(facts, on=on), {"entry": "ewi"}, "INA 235(b)(1)(A)(iii)"),
    ]
