"""Which tests lie nearest to what changed: a first answer within a minute, before the whole of `verify`."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from foundation.house import ROOT

SLOW = ("tests/journeys", "tests/faults", "tests/devstack")  # a whole application runs beside them
MOST = 12  # files of tests at once
ALWAYS = [
    *("tests/architecture/test_privacy.py", "tests/architecture/test_status_gate.py"),
    *("tests/architecture/test_translations.py", "tests/architecture/test_circles.py"),
]


def changed_files(root: Path = ROOT) -> list[str]:
    """Return what differs from the last commit, or what the last commit changed where nothing does."""
    here = [*_git(root, "diff", "--name-only", "HEAD"), *_git(root, "ls-files", "-o", "--exclude-standard")]
    return sorted(here or _git(root, "diff", "--name-only", "HEAD~1", "HEAD"))


def _git(root: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def nearest_tests(changed: Iterable[str], root: Path = ROOT) -> list[str]:
    """Return the files of tests to run for these changed files, at most MOST of them and those of ALWAYS.

    A test that changed comes first, then those that name the changed module, those of its own app before
    the others'; of a template, those of the folder it lies in.
    """
    texts = {
        str(path.relative_to(root)): path.read_text()
        for path in sorted((root / "tests").rglob("test_*.py"))
        if not str(path.relative_to(root)).startswith(SLOW)
    }
    ranked: dict[str, None] = {}
    changed = list(changed)
    ranked |= dict.fromkeys(path for path in changed if path in texts)
    for path in changed:
        ranked |= dict.fromkeys(_about(path, texts))
    return [*list(ranked)[:MOST], *(path for path in ALWAYS if path in texts and path not in ranked)]


def _about(path: str, texts: dict[str, str]) -> list[str]:
    """Return the tests that name a module or lie beside a template, nearest first."""
    parts = Path(path).parts
    if parts[0] == "templates" and len(parts) > 2:
        return [name for name in texts if name.startswith(f"tests/{parts[1]}/")]
    if Path(path).suffix != ".py" or parts[0] == "tests":
        return []
    module = ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")
    package, _dot, name = module.rpartition(".")
    names_it = re.compile(
        rf"\b{re.escape(module)}\b" + (rf"|from {re.escape(package)} import .*\b{name}\b" if package else "")
    )
    app = parts[1] if parts[0] == "foundation" and len(parts) > 2 else parts[0]
    tests = [test for test, text in texts.items() if names_it.search(text)]
    return sorted(tests, key=lambda test: not test.startswith(f"tests/{app}/"))
