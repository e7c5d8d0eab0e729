"""The dated figures beside this file, loaded once and refused where they are not whole."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from foundation.figures import BadData, Figure, read_rows, read_toml
from foundation.figures.reading import Lines

__all__ = ["BadData", "Code", "Guideline", "Tables", "figures", "load_tables", "tables"]

HERE = Path(__file__).parent
SCHEDULES = ("48_states_dc", "AK", "HI")
BANDS = ("CRITICAL", "HIGH", "MEDIUM", "ROUTINE")
WITHIN = ("merits_hearing", "master_hearing", "asylum_interview", "notice_due", "one_year", "i589_callup")
NUMBERS = {
    "points": (
        *("one_year_later", "one_year_passed_recently", "one_year_passed_long_ago", "arrival_unknown"),
        *("one_year_may_run", "one_year_may_run_long"),
        *("fear_screening", "appeal_near", "appeal_open", "appeal_gone", "appeal_pending", "reopen_open"),
        *("in_absentia", "pfr_near", "pfr_open", "officer_recent", "officer_long_ago", "denial_unknown"),
        *("custody_ice", "custody_orr", "checkin_soon", "child_alone", "child_principal", "aging_out"),
        *("danger", "vulnerable", "notario", "er_exposure"),
    ),
    "days": (
        *("appeal_short", "appeal_long", "appeal_near", "passed_recently", "checkin_soon", "evidence"),
        *("er_exposure", "short_span", "reopen", "in_absentia", "in_absentia_near", "pfr", "pfr_near"),
        *("pfr_near_alone", "officer_recent", "child_near", "child_21", "refugee_before", "safety_plan"),
        *("status_before", "status_after"),
    ),
    "floors": (
        *("merits_critical", "master_high", "one_year_critical", "one_year_high"),
        *("callup_critical", "callup_high"),
    ),
    "household": ("check_over",),
    "bands": BANDS,
    "look_within": BANDS,
}
DATES = {"source", "confidence", "effective_from", "effective_to", "check_by"}


@dataclass(frozen=True)
class Guideline:
    """One row of the federal poverty guidelines, whole dollars a year."""

    year: int
    effective_from: date
    schedule: str
    first_person: int
    each_additional: int


@dataclass(frozen=True)
class Code:
    """One reason code: the gate or group it belongs to, and where its rule is written."""

    gate: str
    citation: str


@dataclass(frozen=True, eq=False)
class Tables:
    """Everything the rule set looks up: settings, points, days, bands, codes, poverty guidelines.

    `within` maps a date to ((days, points), …), nearest first; guidelines stand oldest first.
    """

    ruleset: str
    settings: dict[str, Any]
    within: dict[str, tuple[tuple[int, int], ...]]
    points: dict[str, int]
    days: dict[str, int]
    floors: dict[str, int]
    household: dict[str, int]
    bands: dict[str, int]
    look_within: dict[str, int]
    codes: dict[str, Code]
    guidelines: tuple[Guideline, ...]
    figures: tuple[Figure, ...]


@cache
def tables() -> Tables:
    """Return the tables of this folder; BadData names file and line."""
    return load_tables(HERE)


def figures() -> tuple[Figure, ...]:
    """Return the dates and sureness of every row, for the data check."""
    return tables().figures


def load_tables(folder: Path) -> Tables:
    """Read ruleset.toml, codes.csv and poverty_guidelines.csv of a folder; BadData names file and line."""
    guidelines, of_guidelines = _guidelines(folder / "poverty_guidelines.csv")
    codes, of_codes = _codes(folder / "codes.csv")
    values, lines = read_toml(folder / "ruleset.toml")
    if not isinstance(values.get("ruleset"), str):
        raise lines.bad("ruleset is needed, in quotes", "")
    settings, of_settings = _settings(values, lines)
    within, of_within = _within(values, lines)
    numbers = {name: _numbers(name, values, lines) for name in NUMBERS}
    lowest = numbers["bands"][0]
    if lowest["ROUTINE"] or sorted(BANDS, key=lowest.__getitem__, reverse=True) != list(BANDS):
        raise lines.bad("bands must fall from CRITICAL to ROUTINE, which is 0", "bands", "ROUTINE")
    return Tables(
        ruleset=values["ruleset"],
        settings=settings,
        within=within,
        codes=codes,
        guidelines=guidelines,
        figures=(*of_guidelines, *of_codes, *of_settings, *of_within, *(row for _n, row in numbers.values())),
        **{name: found for name, (found, _row) in numbers.items()},
    )


def _guidelines(path: Path) -> tuple[tuple[Guideline, ...], list[Figure]]:
    columns = "year,effective_from,schedule,first_person,each_additional_person,check_by,confidence,source"
    found, dated = [], []
    for row in read_rows(path, columns.split(",")):
        start = row.needed_day("effective_from")
        schedule = row.choice("schedule", SCHEDULES)
        dated.append(row.figure(schedule, f"poverty guideline {row.values['year']}, {schedule}"))
        found.append(
            Guideline(
                row.whole("year"),
                start,
                schedule,
                row.whole("first_person"),
                row.whole("each_additional_person"),
            )
        )
    if {row.schedule for row in found} != set(SCHEDULES):
        raise BadData(f"{path.name} line 1: every schedule is needed: {', '.join(SCHEDULES)}")
    return tuple(sorted(found, key=lambda row: row.effective_from)), dated


def _codes(path: Path) -> tuple[dict[str, Code], list[Figure]]:
    found: dict[str, Code] = {}
    dated = []
    for row in read_rows(path, ["code", "gate", "citation", "effective_from", "confidence", "source"]):
        code = row.text("code")
        if code in found:
            raise row.bad(f"{code} stands twice")
        found[code] = Code(row.text("gate"), row.text("citation"))
        dated.append(row.figure(code, found[code].citation))
    return found, dated


def _settings(values: dict[str, Any], lines: Lines) -> tuple[dict[str, Any], list[Figure]]:
    """Return {setting: value}; exactly these settings, each of the right shape."""
    given = values.get("settings")
    is_whole = isinstance(given, dict) and all(isinstance(row, dict) for row in given.values())
    if not isinstance(given, dict) or not is_whole or set(given) != set(SETTINGS):
        raise lines.bad(f"[settings] must have exactly: {', '.join(SETTINGS)}", "settings.auto_pct")
    for name, fits in SETTINGS.items():
        if not fits(given[name].get("value")):
            raise lines.bad(f"settings.{name}: the value does not fit", f"settings.{name}", "value")
    dated = [lines.row(f"settings.{name}", row).figure(name, "setting") for name, row in given.items()]
    return {name: row.get("value") for name, row in given.items()}, dated


def _section(
    name: str,
    keys: tuple[str, ...],
    values: dict[str, Any],
    lines: Lines,
    fits: Callable[[Any], bool],
    need: str,
) -> tuple[dict[str, Any], Figure]:
    """Return a table's figures and its dates; exactly these keys, each of the right shape."""
    section = values.get(name)
    if not isinstance(section, dict):
        raise lines.bad(f"[{name}] is missing", name)
    found = {key: value for key, value in section.items() if key not in DATES}
    if set(found) != set(keys):
        wrong = ", ".join(sorted(set(found) ^ set(keys)))
        raise lines.bad(f"[{name}] lacks or does not know: {wrong}", name)
    for key, value in found.items():
        if not fits(value):
            raise lines.bad(f"{name}.{key}: {need}", name, key)
    return found, lines.row(name, section).figure(name, f"[{name}]")


def _numbers(name: str, values: dict[str, Any], lines: Lines) -> tuple[dict[str, int], Figure]:
    return _section(name, NUMBERS[name], values, lines, _is_whole, "a whole number of 0 or more is needed")


def _within(values: dict[str, Any], lines: Lines) -> tuple[dict[str, Any], list[Figure]]:
    need = "rows of [days, points] are needed, fewest days and most points first"
    found, dated = _section("within", WITHIN, values, lines, _is_falling, need)
    return {key: tuple((days, points) for days, points in rows) for key, rows in found.items()}, [dated]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_falling(rows: Any) -> bool:
    """Tell whether days grow and points never do: a nearer date is never worth less."""
    if not isinstance(rows, list) or not rows:
        return False
    if not all(isinstance(row, list) and len(row) == 2 and all(map(_is_whole, row)) for row in rows):
        return False
    return all(near[0] < far[0] and near[1] >= far[1] for near, far in pairwise(rows))


SETTINGS: dict[str, Callable[[Any], bool]] = {
    "auto_pct": _is_whole,
    "max_pct": _is_whole,
    "asset_cap": lambda value: value is None or _is_whole(value),
    "service_area": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "tps_only": lambda value: value in ("review", "accept"),
}
