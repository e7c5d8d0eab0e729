"""The drill, short: every part killed once or more while people work; nothing lost, twice or left over.

`manage.py fault_drill` runs it for longer; docs/reliability.md has the figures of such a run.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHORT = ["--minutes", "0.5", "--people", "1", "--pause", "1", "--seed", "3"]


def test_nothing_is_lost_or_done_twice_while_parts_are_killed():
    command = [sys.executable, "manage.py", "fault_drill", *SHORT]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=600)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and said.rstrip().endswith("SOUND"), said
    assert "lost 0 []   twice 0 []" in said and "left over {}" in said
    assert "revoked: shows nothing" in said
