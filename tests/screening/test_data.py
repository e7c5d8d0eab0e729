"""The figures of the rule set: whole, dated, and changed without touching Python."""

import shutil

import pytest

from foundation.figures import BadData
from screening import apps
from screening import data as module
from screening.data import HERE, load_tables, tables
from screening.rules import Facts, assess
from tests.screening.amina import FILED, TODAY, result


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the data whose files can be changed: change(file, old, new)."""
    for path in HERE.glob("*.*"):
        if path.suffix in (".csv", ".toml"):
            shutil.copy(path, tmp_path)
    return tmp_path


def change(folder, file, old, new):
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "ruleset.toml",
            'ruleset = "2026.12"',
            "ruleset = 2026.12",
            "ruleset.toml line 1: ruleset is needed, in quotes",
        ),
        (
            "ruleset.toml",
            "value = 125",
            'value = "125"',
            "ruleset.toml line 7: settings.auto_pct: the value does not fit",
        ),
        (
            "ruleset.toml",
            'value = "review"',
            'value = "maybe"',
            "ruleset.toml line 30: settings.tps_only: the value does",
        ),
        (
            "ruleset.toml",
            'value = ["*"]',
            'value = "*"',
            "ruleset.toml line 24: settings.service_area: the value does",
        ),
        (
            "ruleset.toml",
            "[settings.max_pct]",
            "[settings.most_pct]",
            "ruleset.toml line 6: [settings] must have exactly: auto",
        ),
        (
            "ruleset.toml",
            "[settings.tps_only]",
            "[elsewhere]",
            "ruleset.toml line 6: [settings] must have exactly: auto",
        ),
        (
            "ruleset.toml",
            "danger = 25",
            "danger = -25",
            "points.danger: a whole number of 0 or more is needed",
        ),
        (
            "ruleset.toml",
            "danger = 25",
            "danger = true",
            "points.danger: a whole number of 0 or more is needed",
        ),
        ("ruleset.toml", "danger = 25", "dangers = 25", "[points] lacks or does not know: danger, dangers"),
        ("ruleset.toml", "[household]", "[home]", "ruleset.toml line 1: [household] is missing"),
        ("ruleset.toml", "[7, 35]", "[7, 5]", "within.master_hearing: rows of [days, points] are needed"),
        ("ruleset.toml", "[7, 35]", "[30, 35]", "within.master_hearing: rows of [days, points] are needed"),
        ("ruleset.toml", "[7, 35]", "[7]", "within.master_hearing: rows of [days, points] are needed"),
        (
            "ruleset.toml",
            "[[7, 35], [30, 25], [90, 10]]",
            "[]",
            "within.master_hearing: rows of [days, points]",
        ),
        (
            "ruleset.toml",
            "[[7, 35], [30, 25], [90, 10]]",
            "35",
            "within.master_hearing: rows of [days, points]",
        ),
        (
            "ruleset.toml",
            "ROUTINE = 0",
            "ROUTINE = 1",
            "bands must fall from CRITICAL to ROUTINE, which is 0",
        ),
        ("ruleset.toml", "HIGH = 45", "HIGH = 75", "bands must fall from CRITICAL to ROUTINE, which is 0"),
        (
            "ruleset.toml",
            'confidence = "policy"',
            'confidence = "sure"',
            "ruleset.toml line 6: confidence is 'sure'",
        ),
        ("poverty_guidelines.csv", "15060", "15,060", "poverty_guidelines.csv line 2: 9 cells instead of 8"),
        (
            "poverty_guidelines.csv",
            "18810",
            "18810.5",
            "poverty_guidelines.csv line 3: first_person is '18810.5'",
        ),
        (
            "poverty_guidelines.csv",
            "2024-01-11",
            "",
            "poverty_guidelines.csv line 2: effective_from is needed",
        ),
        ("poverty_guidelines.csv", ",HI,", ",PR,", "poverty_guidelines.csv line 4: schedule is 'PR'"),
        ("codes.csv", "NO_REP,", "NO_CONSENT,", "codes.csv line 3: NO_CONSENT stands twice"),
        ("codes.csv", "NO_REP,representation", "NO_REP,", "codes.csv line 3: gate is needed"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(folder, file, old, new, said):
    change(folder, file, old, new)
    with pytest.raises(BadData) as refused:
        load_tables(folder)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{file} line ")


def test_a_schedule_that_is_missing_is_refused(folder):
    lines = (folder / "poverty_guidelines.csv").read_text().splitlines()
    (folder / "poverty_guidelines.csv").write_text(
        "\n".join(line for line in lines if ",AK," not in line) + "\n"
    )
    with pytest.raises(BadData, match="every schedule is needed"):
        load_tables(folder)


def test_a_broken_file_stops_the_start_with_file_and_line(folder, monkeypatch):
    change(folder, "codes.csv", "NO_REP,", "NO_CONSENT,")
    monkeypatch.setattr(module, "HERE", folder)
    tables.cache_clear()
    try:
        [error] = apps.data_is_whole()
    finally:
        monkeypatch.undo()
        tables.cache_clear()
    assert error.msg == "codes.csv line 3: NO_CONSENT stands twice"
    assert apps.data_is_whole() == []


def test_a_figure_changes_without_touching_python(folder):
    change(folder, "ruleset.toml", "value = 200", "value = 150")
    change(folder, "ruleset.toml", "fear_screening = 60", "fear_screening = 61")
    change(folder, "ruleset.toml", 'ruleset = "2026.12"', 'ruleset = "trial"')
    change(folder, "codes.csv", "office policy, gate 1", "another policy, gate 1")
    changed = load_tables(folder)
    trial = result(of=changed, income=2_660_00, fear_screening=True)
    assert assess(Facts(), on=TODAY, of=changed).ruleset == "trial"
    assert assess(Facts(), on=TODAY).ruleset == "2026.12"
    assert trial.gates["afford"] == "FAIL"
    assert trial.points["clock"] == 61
    assert trial.ruleset == "trial"
    assert trial.findings[0].citation.startswith("another policy")
    assert result(income=2_660_00, fear_screening=True).gates["afford"] == "PASS"


def band(found):
    return found.band


def afford(found):
    return found.gates["afford"]


def points(group):
    return lambda found: found.points.get(group)


def says(code):
    return lambda found: code in found.codes


@pytest.mark.parametrize(
    ("old", "new", "changes", "seen", "before", "after"),
    [
        ("check_over = 20", "check_over = 3", {"household_size": 4}, afford, "PASS", "UNKNOWN"),
        ("value = 125", "value = 10", {}, says("INCOME_LE_125"), True, False),
        ("appeal_short = 10", "appeal_short = 12", {"denial_date": "2026-11-11"}, points("clock"), 50, 60),
        ("appeal_long = 30", "appeal_long = 60", {"denial_date": "2026-10-20"}, points("clock"), 40, 50),
        ("appeal_near = 10", "appeal_near = 11", {"denial_date": "2026-11-04"}, points("clock"), 50, 60),
        (
            "passed_recently = 180",
            "passed_recently = 2",
            {"arrival": "2025-11-20"},
            points("one_year"),
            20,
            10,
        ),
        ("checkin_soon = 14", "checkin_soon = 13", {"checkin": "2026-12-07"}, points("custody"), 15, None),
        (
            "er_exposure = 731",
            "er_exposure = 700",
            {"entry": "ewi", "arrival": "2024-12-01"},
            points("er"),
            10,
            None,
        ),
        (
            "merits_critical = 7",
            "merits_critical = 8",
            {"individual_hearing": "2026-12-01"},
            band,
            "HIGH",
            "CRITICAL",
        ),
        ("master_high = 7", "master_high = 8", {"master_hearing": "2026-12-01"}, band, "MEDIUM", "HIGH"),
        (
            "one_year_critical = 14",
            "one_year_critical = 0",
            {"arrival": "2025-11-28"},
            band,
            "CRITICAL",
            "HIGH",
        ),
        ("one_year_high = 30", "one_year_high = 0", {"arrival": "2025-12-24"}, band, "HIGH", "MEDIUM"),
        ("MEDIUM = 20", "MEDIUM = 1", {"vulnerable": True}, band, "ROUTINE", "MEDIUM"),
        ("[60, 30]", "[60, 39]", {"arrival": "2026-01-20"}, points("one_year"), 30, 39),
        (
            "evidence = 30",
            "evidence = 31",
            {"individual_hearing": "2026-12-23"},
            says("EVIDENCE_DATE_PASSED"),
            False,
            True,
        ),
    ],
)
def test_every_kind_of_figure_is_read_from_the_file(folder, old, new, changes, seen, before, after):
    facts = changes if "arrival" in changes else FILED | changes
    change(folder, "ruleset.toml", old, new)
    assert seen(result(of=tables(), **facts)) == before
    assert seen(result(of=load_tables(folder), **facts)) == after


def test_every_row_has_its_source_and_its_confidence():
    for figure in tables().figures:
        assert figure.words.strip() and figure.confidence and figure.line > 0
    assert {figure.file for figure in tables().figures} == {
        "codes.csv",
        "poverty_guidelines.csv",
        "ruleset.toml",
    }
    assert len([figure for figure in tables().figures if figure.file == "ruleset.toml"]) == 12


def test_look_within_has_a_time_for_every_band():
    assert tables().look_within == {"CRITICAL": 0, "HIGH": 2, "MEDIUM": 5, "ROUTINE": 10}
