"""Files as people send them: what of a folder of PDFs is taken, and whether the copies look like them.

python -m benchmarks.files FOLDER [--sample 300] [--list] [--out FILE]

The folder stands outside the repository. Each file is opened by PDFium in a process of its own (what it does
not open counts for nothing) and rebuilt as the worker does it. Of `--sample` copies the pages are then
painted beside their originals by that other process, apart from the look the sandbox itself takes.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from foundation.files import sandbox

SEED = 16
ALIKE = 0.005  # of a page's pixels may differ
PATIENCE = 120
# Refusals that are meant: the file was understood, and is not what we take.
POLICY = {"encrypted", "too_many_pixels", "too_many_pages", "too_heavy", "two_in_one"}
SAY_LOOK = {
    "drawn",
    "not_drawn",
    "looks_different",
    "text_missing",
    "not_compared",
    "media",
    "comments",
    "layers",
}


@dataclass
class Outcome:
    """One file: its pages as PDFium counts them (0: it does not open), and what became of it."""

    name: str
    pages: int
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    seconds: float = 0
    apart: list[float] = field(default_factory=list)

    @property
    def unlike(self) -> list[int]:
        """Return the pages, from 1, that do not look like the original."""
        return [number for number, share in enumerate(self.apart, 1) if share > ALIKE]

    def is_noted(self, page: int) -> bool:
        """Tell whether a note says that a page does not look like the original."""
        for note in self.notes:
            code, _, pages = note.partition(":")
            if code in SAY_LOOK and (not pages or pages.endswith("+") or str(page) in pages.split(",")):
                return True
        return False


def looked_at(original: Path, copy: Path | None = None) -> dict[str, list[float]]:
    """Return what another process sees: the sizes of both in pages, and by how much each page differs."""
    command = [sys.executable, "-m", "benchmarks.files_seen", str(original), *([str(copy)] if copy else [])]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE)
        return dict(json.loads(done.stdout)) if done.returncode == 0 else {"pages": [0], "apart": []}
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return {"pages": [0], "apart": []}


def rebuilt(path: Path, out: Path) -> Outcome:
    """Rebuild one file as the worker does; its copy is left in `out`."""
    outcome, began = Outcome(path.name, int(looked_at(path)["pages"][0])), time.monotonic()
    try:
        result = sandbox.rebuild(path.read_bytes(), kind="pdf")
    except sandbox.CannotWork as error:
        outcome.reason = f"stuck: {error}"
    else:
        outcome.reason, outcome.notes = result.reason, result.notes
        if not result.reason:
            (out / path.name).write_bytes(result.content)
    outcome.seconds = time.monotonic() - began
    return outcome


def measure(folder: Path, sample: int) -> list[Outcome]:
    """Rebuild every PDF of a folder, and look at a sample of the copies."""
    outcomes = []
    with tempfile.TemporaryDirectory() as kept:
        for number, path in enumerate(sorted(folder.glob("*.pdf")), 1):
            outcomes.append(rebuilt(path, Path(kept)))
            sys.stderr.write(f"\r{number}")
        taken = [one for one in outcomes if one.pages and not one.reason]
        for one in random.Random(SEED).sample(taken, min(sample, len(taken))):  # noqa: S311  a repeatable sample
            one.apart = looked_at(folder / one.name, Path(kept) / one.name)["apart"]
    return outcomes


def figures(outcomes: list[Outcome]) -> dict[str, object]:
    opened = [one for one in outcomes if one.pages]
    meant = [one for one in opened if one.reason in POLICY]
    taken = [one for one in opened if not one.reason]
    pages = [(one, number) for one in opened for number in range(1, len(one.apart) + 1)]
    unlike = [(one, number) for one, number in pages if number in one.unlike]
    seconds = sorted(one.seconds for one in opened)
    return {
        "files": len(outcomes),
        "opened by PDFium": len(opened),
        "refused on purpose": dict(Counter(one.reason for one in meant)),
        "taken": len(taken),
        "taken of those not refused on purpose": round(len(taken) / max(len(opened) - len(meant), 1), 4),
        "stuck": sum(one.reason.startswith("stuck") for one in outcomes),
        "pages looked at": len(pages),
        "pages that look like the original": round(1 - len(unlike) / max(len(pages), 1), 4),
        "others without a note": [
            f"{one.name} p{number}" for one, number in unlike if not one.is_noted(number)
        ],
        "notes": dict(Counter(note.partition(":")[0] for one in taken for note in one.notes).most_common()),
        "seconds, median and slowest": [round(seconds[len(seconds) // 2], 1), round(seconds[-1], 1)]
        if seconds
        else [],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--list", action="store_true", help="name what was refused")
    parser.add_argument("--out", type=Path, help="keep every outcome as JSON lines")
    options = parser.parse_args()
    outcomes = measure(options.folder, options.sample)
    sys.stdout.write(json.dumps(figures(outcomes), indent=1) + "\n")
    if options.list:
        for one in outcomes:
            if one.pages and one.reason:
                sys.stdout.write(f"{one.name} {one.reason}\n")
    if options.out:
        options.out.write_text("".join(json.dumps(asdict(one)) + "\n" for one in outcomes))


if __name__ == "__main__":
    main()
