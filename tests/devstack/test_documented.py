"""Every command that the documentation names runs, in a short form: newcomers type what stands there.

In their order: some read what others made.
"""

from pathlib import Path

import pytest

from tests.support import documented
from tests.support.documented import ELSEWHERE, NAMED, PAGES, is_measure, runs, short_forms

folder, prepared = documented.folder, documented.prepared


def named_in_the_docs():
    pages = [page for page in PAGES if page.is_file() and page.name != "CHANGELOG.md"]
    return {name for page in pages for name in NAMED.findall(page.read_text())}


def test_every_documented_command_has_a_short_form(tmp_path):
    named = named_in_the_docs()
    assert len(named) > 15
    assert sorted(named - set(short_forms(tmp_path)) - ELSEWHERE) == []


@pytest.mark.parametrize("name", [name for name in short_forms(Path()) if not is_measure(name)])
def test_a_documented_command_runs(prepared, name):
    runs(prepared, name)
