"""The audit of locked packages: a known weakness fails, an index that does not answer is said."""

import json
import stat

import pytest

from foundation.devstack import audit, verify

SOUND = {"name": "django", "version": "5.2.8", "vulns": []}
WEAK = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "ours", "skip_reason": "not found"}


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """Have another program answer in place of pip-audit, which needs the network."""
    monkeypatch.setattr(audit.sys, "executable", str(tmp_path / "python"))

    def says(text):
        path = tmp_path / "pip-audit"
        path.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return says


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([SOUND, UNKNOWN], 0, "1 packages asked about, 1 not known there"),
        ([SOUND, WEAK], 1, "old 1.0: PYSEC-2026-1, mended in 1.1"),
        ([UNKNOWN], 0, "skipped"),
    ],
)
def test_a_known_weakness_fails_and_what_cannot_be_known_is_said(tool, capsys, packages, code, words):
    tool(json.dumps({"dependencies": packages}))
    assert audit.main() == code
    assert words in capsys.readouterr().out


@pytest.mark.parametrize("answer", ["", "Max retries exceeded", "{}x"])
def test_an_index_that_does_not_answer_is_said_and_fails_nothing(tool, capsys, answer):
    tool(answer)
    assert audit.main() == 0
    assert "skipped: the index of known vulnerabilities did not answer" in capsys.readouterr().out


def test_verify_runs_both_and_bandit_reads_every_folder_of_ours():
    checks = verify.static_checks()
    assert "known vulnerabilities" in checks
    assert {"foundation", "config", "intake", "cases", "demo"} <= set(checks["bandit"])
    assert "tests" not in checks["bandit"]
