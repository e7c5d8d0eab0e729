"""Every measure that the documentation names runs, on an office of forty cases that the first makes."""

from pathlib import Path

import pytest

from tests.support import documented
from tests.support.documented import is_measure, runs, short_forms

folder, prepared = documented.folder, documented.prepared


@pytest.mark.parametrize("name", [name for name in short_forms(Path()) if is_measure(name)])
def test_a_documented_measure_runs(prepared, name):
    runs(prepared, name)
