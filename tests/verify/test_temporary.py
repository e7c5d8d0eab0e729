"""Nothing of a run is left in the temporary folders."""

import subprocess
import sys
import tempfile
from pathlib import Path

from foundation.devstack.verify import own_temporary_folder

MAKE = "import tempfile; print(tempfile.mkdtemp())"


def test_what_the_tests_leave_behind_goes_with_the_run(monkeypatch):
    monkeypatch.setenv("TMPDIR", tempfile.gettempdir())
    with own_temporary_folder():
        made = subprocess.run([sys.executable, "-c", MAKE], capture_output=True, text=True, check=True)
        left = Path(made.stdout.strip())
        assert left.is_dir()
    assert not left.exists()
    assert not left.parent.exists()
