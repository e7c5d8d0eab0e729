"""`manage.py verify`: every check and every test, the minutes of each part, what was not tried and why.

verify                 everything
verify --quick         the static checks, and the tests nearest to what changed
verify --only FILE     these tests and nothing else
verify --full          everything, the large matrices whole
verify ARGUMENTS       the static checks, and pytest with these arguments
"""

import contextlib
import ctypes.util
import fcntl
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from foundation.devstack.bootstrap import apt_install, say
from foundation.devstack.chromium import chromium
from foundation.devstack.messages import compile_messages
from foundation.devstack.nearest import changed_files, nearest_tests
from foundation.devstack.services import services
from foundation.house import ROOT

APT = [
    *("chromium-headless-shell", "fonts-noto-core", "libatomic1", "libfaketime", "nginx-light", "pgbouncer"),
    *("tesseract-ocr", "tesseract-ocr-ara", "tesseract-ocr-fra"),
]
PGBOUNCER, NGINX = Path("/usr/sbin/pgbouncer"), Path("/usr/sbin/nginx")  # not on an ordinary user's path
LOCK = "lock"  # in the temporary folder of a run, held while it lasts
# What starts the whole application: a file stays with one process, its tests share a running one.
# What takes longest comes first, or the last of it would run alone.
JOURNEYS = (
    *("tests/journeys/test_twelve.py", "tests/devstack/test_documented.py"),
    *("tests/devstack/test_documented_measures.py", "tests/devstack/test_up.py"),
    *("tests/journeys/test_intake.py", "tests/journeys/test_office_from_nothing.py"),
    *("tests/journeys", "tests/devstack"),
)
# The same, alone: whoever kills processes and waits for others to notice wants the machine for itself.
FAULTS = ("tests/faults/test_fault_drill.py", "tests/faults")
# Tests, browser, application and database wait for each other in turn: of two processes of tests each leaves
# a fifth of its core idle, which a third one uses.
AS_LISTED = ["--dist", "loadfile", "--no-loadscope-reorder"]
PARTS = {
    "database": ["-n", "3", "tests", *(f"--ignore={folder}" for folder in (*JOURNEYS, *FAULTS))],
    "journeys": ["-n", "3", *AS_LISTED, *JOURNEYS],
    "faults": ["-n", "2", *AS_LISTED, *FAULTS],
}

SLOWEST = ["--durations=12", "--durations-min=5"]  # of each part, so that whoever shortens it knows where


@dataclass
class Report:
    """What ran, how long it took, and what failed."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)  # how many tests, by the reason

    def run(self, part: str, name: str, command: Sequence[str]) -> None:
        """Run one check, letting it print, and note its time and its result."""
        print(f"\n=== {part}: {name}", flush=True)
        began = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=os.environ).returncode
        self.seconds[part] = self.seconds.get(part, 0) + time.monotonic() - began
        if code:
            self.failed.append(f"{part}: {name} (exit {code})")

    def run_together(self, part: str, commands: Mapping[str, Sequence[str]]) -> None:
        """Run checks that do not touch each other, two at a time, and print each as it ends."""
        began = time.monotonic()
        with ThreadPoolExecutor(2) as pool:
            running = {name: pool.submit(quietly, command) for name, command in commands.items()}
            for name, done in running.items():
                print(f"\n=== {part}: {name}\n{done.result().stdout}", flush=True)
                if done.result().returncode:
                    self.failed.append(f"{part}: {name} (exit {done.result().returncode})")
        self.seconds[part] = self.seconds.get(part, 0) + time.monotonic() - began

    def note_skipped(self, path: Path) -> None:
        """Count what the tests wrote of themselves that they left out, by its reason."""
        for line in set(path.read_text().splitlines()) if path.exists() else ():
            reason = line.partition("\t")[2]
            self.skipped[reason] = self.skipped.get(reason, 0) + 1

    def print(self) -> None:
        print("\npart        minutes", flush=True)
        for part, seconds in self.seconds.items():
            print(f"{part:<10}  {seconds / 60:7.1f}")
        print(f"{'all':<10}  {sum(self.seconds.values()) / 60:7.1f}\n")
        for reason, count in sorted(self.skipped.items()):
            print(f"NOT TRIED {count} x {reason}")
        for failure in self.failed:
            print(f"FAILED {failure}")
        print("verify: something failed" if self.failed else "verify: everything passed", flush=True)


def quietly(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    return subprocess.run(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def verify(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for and return the exit code; see the head of this file."""
    arguments = list(arguments)
    modes = set(arguments) & {"--full", "--quick", "--only"}
    arguments = [argument for argument in arguments if argument not in modes]
    if "--only" in modes and not arguments:
        print("usage: python3 manage.py verify --only tests/FOLDER/test_FILE.py", file=sys.stderr)
        return 2
    if "--full" in modes:
        os.environ["VERIFY_FULL"] = "1"
    if not ("--quick" in modes or browser_is_here()):
        return 2
    os.environ.update(INTAKE_ENV="test", INTAKE_LOGIN="tests", DJANGO_ALLOW_ASYNC_UNSAFE="true")
    compile_messages()
    report = Report()
    keep = bool(modes & {"--quick", "--only"})  # whoever asks for a part asks again soon
    with services("test", throwaway=True, in_memory=True, keep=keep), own_temporary_folder():
        os.environ["PREPARED_TABLES"] = str(Path(os.environ["TMPDIR"]) / "tables")
        report.run_together("static", databases(modes) | ({} if "--only" in modes else static_checks()))
        skipped = Path(os.environ["TMPDIR"]) / "skipped"
        os.environ["VERIFY_SKIPPED"] = str(skipped)
        for part, selection in chosen(modes, arguments).items():
            report.run(part, "pytest", [sys.executable, "-m", "pytest", *SLOWEST, *selection])
        report.note_skipped(skipped)
    report.print()
    return 1 if report.failed else 0


@contextlib.contextmanager
def own_temporary_folder() -> Iterator[None]:
    """Have every process of the checks and tests use one temporary folder, which goes with this run.

    One that was killed could not take its own away: the next run does.
    """
    remove_left_over()
    with (
        tempfile.TemporaryDirectory(prefix="verify-", ignore_cleanup_errors=True) as folder,
        (Path(folder) / LOCK).open("w") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        Path(folder).chmod(0o711)  # the image's own user walks through it to a test's keys, and lists nothing
        os.environ["TMPDIR"] = folder
        yield


def remove_left_over() -> None:
    """Remove the temporary folders of runs that are gone: those whose lock nobody holds."""
    for mark in Path(tempfile.gettempdir()).glob(f"verify-*/{LOCK}"):
        with contextlib.suppress(OSError), mark.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(mark.parent, ignore_errors=True)


def chosen(modes: set[str], arguments: Sequence[str]) -> dict[str, list[str]]:
    """Return the parts to run, each with pytest's arguments."""
    if "--quick" in modes:
        return {"nearest": ["-n", "2", *nearest_tests(changed_files()), *arguments]}
    parts = {"pytest": list(arguments)} if arguments else PARTS
    return {part: existing(selection) for part, selection in parts.items()}


def existing(selection: Sequence[str]) -> list[str]:
    """Leave out folders of tests that are not there (yet)."""
    return [
        argument
        for argument in selection
        if not argument.startswith("tests/") or (ROOT / argument.split("::")[0]).exists()
    ]


def databases(modes: set[str]) -> dict[str, list[str]]:
    """Return what makes the databases that tests are cloned from: empty, and with the demo office."""
    empty = [sys.executable, "-m", "foundation.devstack.template"]
    demo = ["env", "DJANGO_SETTINGS_MODULE=config.settings", sys.executable, "-m", "tests.running"]
    if modes & {"--only", "--quick"}:
        return {"the tests' database": empty}
    return {"the tests' databases": ["sh", "-c", f"{shlex.join(empty)} && {shlex.join(demo)}"]}


def static_checks() -> dict[str, list[str]]:
    """Return the commands for types, lint, format, templates, contracts, migrations; the longest first."""
    python = sys.executable
    tools = str((ROOT / ".venv" / "bin").resolve())
    templates = sorted(
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if "bootstrap5" not in path.parts
    )
    return {
        "mypy": [f"{tools}/mypy"],
        "ruff check": [f"{tools}/ruff", "check", "."],
        "ruff format": [f"{tools}/ruff", "format", "--check", "."],
        "djade": [f"{tools}/djade", "--check", "--target-version", "5.2", *templates],
        "import contracts": [f"{tools}/lint-imports"],
        "bandit": [f"{tools}/bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", *our_folders()],
        "Dockerfiles": [f"{tools}/hadolint", "--config", "docker/hadolint.yaml", *dockerfiles()],
        "known vulnerabilities": [python, "-m", "foundation.devstack.audit"],
        "missing migrations": [
            *("env", "INTAKE_LOGIN=migrator"),
            *(python, "-m", "django", "makemigrations", "--check", "--dry-run"),
        ],
        "django check": [python, "-m", "django", "check"],
    }


def dockerfiles() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docker").glob("*Dockerfile"))


def our_folders() -> list[str]:
    """Return the folders our own code lies in, tests left out."""
    return sorted(path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")


def browser_is_here() -> bool:
    """Install a browser, fonts and libatomic (playwright's node needs it), or say the line to type.

    PgBouncer, nginx, libfaketime and tesseract come with them; where they cannot be had, their tests say so.
    """
    here = chromium() and ctypes.util.find_library("atomic")
    if here and PGBOUNCER.exists() and NGINX.exists() and shutil.which("tesseract"):
        return True
    say(f"installing {' '.join(APT)} for the tests")
    if apt_install(APT) or here:
        return True
    line = f"sudo apt-get install -y {' '.join(APT)}"
    print(f"The browser tests need a browser. Please run: {line}   and then this again.", file=sys.stderr)
    return False
