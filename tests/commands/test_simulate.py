"""`manage.py simulate`: other data files over past requests, as lines or JSON."""

import json

import pytest
from django.core.management import CommandError, call_command

from screening.data import HERE
from screening.models import Screening


@pytest.fixture
def richer(tmp_path):
    """Guidelines so low that nobody passes."""
    path = tmp_path / "guidelines.csv"
    path.write_text((HERE / "poverty_guidelines.csv").read_text().replace("15960,5680", "100,50"))
    return path


def test_what_cannot_be_used_is_said_in_one_line(case, tmp_path):
    bad = tmp_path / "ruleset.toml"
    bad.write_text("ruleset = 5")
    for arguments in (["--ruleset", bad], ["--ruleset", tmp_path / "none"]):
        with pytest.raises(CommandError):
            call_command("simulate", "--office", "demo", *map(str, arguments))
    with pytest.raises(CommandError, match="no office"):
        call_command("simulate", "--office", "nowhere")


def test_who_would_come_out_differently_is_printed_and_nothing_is_saved(case, richer, capsys):
    call_command("simulate", "--office", "demo", "--guidelines", str(richer))
    printed = capsys.readouterr().out
    assert case.reference in printed and "+INCOME_GT_LIMIT" in printed
    assert "1 of 1 would come out differently" in printed
    assert "Canary" not in printed
    assert Screening.objects.count() == 1


def test_the_same_as_json(case, richer, capsys):
    call_command("simulate", "--office", "demo", "--guidelines", str(richer), "--json")
    shown = json.loads(capsys.readouterr().out)
    assert shown["looked_at"] == 1
    assert shown["different"][0]["outcome"] == ["ELIGIBLE_FOR_REVIEW", "NOT_ELIGIBLE_PROGRAM"]


def test_nothing_changed_is_nothing_different(case, capsys):
    call_command("simulate", "--office", "demo")
    assert "0 of 1 would come out differently" in capsys.readouterr().out
