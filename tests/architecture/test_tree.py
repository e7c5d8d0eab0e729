"""What lies in the tree is what we wrote or chose: no wheel, no archive, nothing large came in by a slip."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400  # lines of a file that somebody reads; data and what a tool writes apart

LARGEST = 900_000  # bytes: a catalog of a whole language is the largest
BUILT = (".whl", ".zip", ".tar", ".tgz", ".so", ".pyc", ".mo", ".sqlite3", ".dump")


@pytest.fixture(scope="module")
def files():
    """Return the files that a clone has; without git, as in an image, there is nothing to look at."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("this tree is no clone")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_nothing_that_is_built_or_downloaded_lies_in_the_tree(files):
    assert [path.name for path in files if path.name.endswith(BUILT)] == []


def test_no_file_is_larger_than_a_source(files):
    assert [path.name for path in files if path.exists() and path.stat().st_size > LARGEST] == []


def test_no_file_of_code_is_longer_than_one_reads(files):
    """A file over 400 lines holds two subjects; migrations are written by Django."""
    code = [path for path in files if path.suffix in {".py", ".html", ".js"} and path.exists()]
    long = {
        str(path.relative_to(ROOT))
        for path in code
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > LONGEST
    }
    assert long == set()
