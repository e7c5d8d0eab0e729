"""`screen`, `deadlines` and `data_check` from the command line, without a database or any server."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import screening.data
from foundation.devstack.commands import NEED_NO_SERVERS
from tests.screening.amina import AMINA, OWN

ROOT = Path(__file__).resolve().parents[2]
SCREEN = {"facts": AMINA, "as_of": "2026-11-23"}
DEADLINES = {"facts": {"arrival": "2025-11-28"}, "as_of": "2026-11-23"}


def run(*arguments, given=None):
    """Run manage.py where neither the database nor the broker can be reached."""
    env = {
        **os.environ,
        "INTAKE_NO_BOOTSTRAP": "1",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, input=given, capture_output=True, text=True)


def test_they_need_no_servers():
    assert {"screen", "deadlines", "data_check"} <= NEED_NO_SERVERS


LOADS = """
import sys
from foundation.devstack.commands import run_command
assert run_command(["manage.py", {command!r}, "-"]) == 0
ours = [name for name in sys.modules if name.endswith(".models") and not name.startswith("django.")]
print(ours, file=sys.stderr)
"""


@pytest.mark.parametrize(("command", "item"), [("screen", SCREEN), ("deadlines", DEADLINES)])
def test_pure_rules_start_without_apps_or_models(command, item):
    """Loading those takes longer than a thousand results."""
    code = [sys.executable, "-c", LOADS.format(command=command)]
    done = subprocess.run(code, cwd=ROOT, input=json.dumps([item]), capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr.strip() == "[]", done.stderr


BAD = [5, None, {}, {"facts": {"arrival": "soon"}, "as_of": "2026-11-23"}, {"facts": {}, "as_of": "soon"}]


@pytest.mark.parametrize(("command", "good"), [("screen", SCREEN), ("deadlines", DEADLINES)])
def test_a_malformed_item_is_named_in_its_place_and_the_rest_still_run(command, good, tmp_path):
    path = tmp_path / "items.json"
    path.write_text(json.dumps([good, *BAD, good]))
    done = run(command, str(path))
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert [item.get("index") for item in found[1:-1]] == [1, 2, 3, 4, 5]
    assert all(set(item) == {"index", "error"} for item in found[1:-1])
    assert found[4]["error"] == "arrival is not a date: 'soon'"
    assert found[0] == found[-1]
    assert "error" not in found[0]


def test_a_screening_is_printed_in_the_promised_shape():
    done = run("screen", "-", given=json.dumps([{**SCREEN, "config": {"auto_pct": 50}}]))
    assert done.returncode == 0
    assert json.loads(done.stdout) == [
        {
            "outcome": "ELIGIBLE_FOR_REVIEW",
            "band": "ROUTINE",
            "score": 5,
            "codes": ["NO_REP", "INCOME_125_200", "NEED_FEAR"],
            "points": {"one_year": 5},
            "gates": {"representation": "PASS", "afford": "PASS", "need": "PASS", "area": "PASS"},
            "one_year": {
                "operative": "2027-09-30",
                "anniversary": "2027-10-01",
                "outer": "2027-10-01",
                "outer_latest": "2027-10-01",
            },
            "look_by": "2026-12-08",
            "next_thing": "By Thursday, Sep 30: file the I-589 (One-year asylum deadline, safe date).",
        }
    ]


def test_deadlines_are_printed_in_the_promised_shape():
    done = run("deadlines", "-", given=json.dumps([DEADLINES, {"facts": {}, "as_of": "2026-11-23"}]))
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert [due["key"] for due in found[0]] == ["oyd_operative", "oyd_outer"]
    assert set(found[0][0]) == {
        *("key", "name", "date", "unmoved_date", "rule", "citation", "inputs", "confidence", "audience"),
        *(
            "status",
            "note",
            "kind",
            "latest",
            "safe",
            "source",
            "checked_on",
            "checked_by",
            "checked_against",
        ),
        *("filed_when", "applies_when", "file_where", "fees", "no_filing"),
    }
    assert found[1] == []


@pytest.mark.parametrize("command", ["screen", "deadlines"])
@pytest.mark.parametrize(
    "content", ["not json", "{}", "5", '"list"', "", "[1,", "\x00", "[" * 100_000, None, "folder"]
)
def test_what_is_no_list_of_items_is_a_matter_of_usage(command, content, tmp_path, capsys):
    path = tmp_path / "items.json"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_text(content)
    with pytest.raises(CommandError) as refused:
        call_command(command, str(path))
    assert refused.value.returncode == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("arguments", [["screen"], ["screen", "none.json"], ["deadlines", "a", "b"]])
def test_wrong_usage_exits_with_two_and_prints_nothing(arguments):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_an_empty_list_gives_an_empty_list():
    out = io.StringIO()
    call_command("screen", write("[]"), stdout=out)
    assert json.loads(out.getvalue()) == []


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(text):
    Path("items.json").write_text(text)
    return "items.json"


def test_ten_thousand_come_out_as_one_does():
    out = io.StringIO()
    call_command("screen", write(json.dumps((OWN * 500)[:10_000])), stdout=out)
    found = json.loads(out.getvalue())
    assert len(found) == 10_000
    assert found[: len(OWN)] == found[len(OWN) : 2 * len(OWN)]


@pytest.fixture
def broken(monkeypatch):
    """Break a data file of ours."""
    here = screening.data.HERE
    for path in here.glob("*.*"):
        if path.suffix in (".csv", ".toml"):
            Path(path.name).write_text(path.read_text().replace("danger = 25", "danger = much"))
    monkeypatch.setattr(screening.data, "HERE", Path.cwd())
    screening.data.tables.cache_clear()
    yield
    monkeypatch.undo()
    screening.data.tables.cache_clear()


@pytest.mark.parametrize("arguments", [("screen", "items.json"), ("data_check",)])
def test_broken_data_are_named_and_nothing_is_worked_out(broken, arguments, capsys):
    write("[]")
    with pytest.raises(CommandError, match=r"ruleset.toml: cannot be read: .*line") as refused:
        call_command(*arguments)
    assert refused.value.returncode == 1
    assert capsys.readouterr().out == ""


def data_check(*arguments):
    out = io.StringIO()
    call_command("data_check", *arguments, stdout=out)
    return out.getvalue()


def found_on(day):
    shown = json.loads(data_check("--on", day, "--json"))
    assert shown["on"] == day
    return {(each["group"], each["concern"]): each for each in shown["figures"]}


def test_figures_out_of_date_or_unverified_on_a_day_are_listed():
    now = found_on("2026-11-23")
    assert ("eoir33", "unverified") in now
    assert now["pfr", "unverified"]["file"] == "deadlines.csv"
    assert ("auto_pct", "unverified") in now
    assert not any(concern == "out_of_date" for _group, concern in now)
    assert not any(each["file"] == "poverty_guidelines.csv" for each in now.values())


def test_what_is_watched_in_the_law_is_listed_and_no_failure():
    shown = json.loads(data_check("--on", "2026-11-28", "--json"))["watch"]
    assert {"bia_appeal", "er", "refugee_memo"} <= {each["key"] for each in shown}
    lines = data_check("--on", "2026-11-28").splitlines()
    assert any("D.C. Cir. 25-5320" in line for line in lines)


def test_figures_grow_old_by_themselves():
    later = found_on("2027-10-01")
    assert later["annual_asylum_fee", "out_of_date"]["why"] == "was to be checked by 2027-09-30"
    assert later["48_states_dc", "out_of_date"]["why"] == "was to be checked by 2027-01-31"
    assert later["bia_appeal_reg_text", "out_of_date"]["check_by"] == "2026-12-31"


def test_figures_not_yet_in_force_are_listed():
    assert found_on("2025-01-01")["annual_asylum_fee", "out_of_date"]["why"] == "holds only from 2025-07-04"


def test_the_list_is_read_line_by_line_and_finding_something_is_no_failure():
    lines = data_check("--on", "2026-11-23").splitlines()
    assert lines[-1] == f"{len(lines) - 1} to look at on 2026-11-23"
    assert any(line.startswith("deadlines.csv:") and " pfr: Petition for review: " in line for line in lines)


def test_the_data_check_runs_without_a_database():
    done = run("data_check", "--on", "2026-11-23", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["figures"]
    assert run("data_check", "--on", "soon").returncode == 2
