"""Back to a minute: the script that docs/how-to/point-in-time.md rests on does all of it once."""

import os
import subprocess
import sys

import pytest

from foundation.house import ROOT


@pytest.mark.skipif(
    not os.environ.get("VERIFY_FULL"), reason="minutes: verify --full goes back by PostgreSQL's archive"
)
def test_what_happened_after_the_minute_is_gone_and_on_record_and_signing_goes_on():
    env = {**os.environ, "PYTHON": sys.executable}
    done = subprocess.run(
        ["bash", "docker/point-in-time.sh"], cwd=ROOT, env=env, capture_output=True, text=True, timeout=1800
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "rows before the last seal" in done.stdout and "WRONG" not in done.stdout
