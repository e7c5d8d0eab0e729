"""The processor time of `manage.py screen`, and its ratio to that of another checkout (docs/benchmarks.md).

python -m benchmarks.screening [CHECKOUT] [--against OTHER] [--items 10000] [--pairs 7] [--save FILE]
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIRST_DAY = date(2026, 1, 5)
# How often a fact is known, of those that both an older and a newer screening read.
DATES = {
    "arrival": (0.9, -1200, 0),
    "individual_hearing": (0.15, -30, 500),
    "master_hearing": (0.25, -30, 300),
    "asylum_interview": (0.08, -20, 120),
    "notice_due": (0.08, -10, 60),
    "checkin": (0.15, -10, 90),
    "denial_date": (0.06, -200, 0),
}
WORDS = {
    "state": (0.95, ("NY", "NJ", "CA", "TX", "PR", "AK")),
    "fear": (0.95, ("yes", "yes", "yes", "unsure", "no")),
    "rep": (0.95, ("none", "none", "none", "limited", "notario", "active", "ending", "unknown")),
    "entry": (0.8, ("visa", "port", "ewi", "ewi", "other")),
    "custody": (0.15, ("ice", "orr")),
    "conflict": (0.05, ("possible", "confirmed")),
}
FLAGS = {
    "i589_filed": 0.2,
    "in_proceedings": 0.4,
    "uac": 0.05,
    "danger": 0.1,
    "vulnerable": 0.1,
    "benefit": 0.2,
    "hardship": 0.1,
    "fear_screening": 0.05,
    "in_absentia": 0.04,
    "prior_denial": 0.05,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", nargs="?", default=".", type=Path)
    parser.add_argument("--against", type=Path, help="another checkout; the two take turns")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--file", type=Path, help="a list to screen instead of invented facts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.file or Path(folder) / "facts.json"
        if not options.file:
            chance = random.Random(1)  # noqa: S311 invented people, no secret
            file.write_text(json.dumps([item(chance) for _n in range(options.items)]))
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        say(*report(options.checkout, options.against, file.resolve(), options.pairs))


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def report(checkout: Path, against: Path | None, file: Path, pairs: int) -> Iterator[str]:
    """Yield the median of each checkout in seconds, and of the ratios pair by pair; they take turns."""
    both = [checkout, against] if against else [checkout]
    for each in both:
        user_seconds(each, file)
    runs = [[user_seconds(each, file) for each in both] for _pair in range(pairs)]
    for each, seconds in zip(both, zip(*runs, strict=True), strict=True):
        yield f"{each}: {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f}"
    if against:
        ratios = [ours / theirs for ours, theirs in runs]
        yield f"ratio {statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}"


def user_seconds(checkout: Path, file: Path) -> float:
    """Return the processor time of one whole command, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = ["python3", "manage.py", "screen", str(file)]
    subprocess.run(command, cwd=checkout, stdout=subprocess.DEVNULL, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def item(chance: random.Random) -> dict[str, Any]:
    """Invent one person's facts and a day: a quarter of the dates are known by their month alone."""
    on = FIRST_DAY + timedelta(days=chance.randrange(330))
    facts: dict[str, Any] = {name: True for name, often in FLAGS.items() if chance.random() < often}
    for name, (often, words) in WORDS.items():
        if chance.random() < often:
            facts[name] = chance.choice(words)
    for name, (often, first, last) in DATES.items():
        if chance.random() < often:
            day = (on + timedelta(days=chance.randint(first, last))).isoformat()
            facts[name] = day if chance.random() < 0.75 else day[:7]
    if chance.random() < 0.85:
        facts |= {"household_size": chance.randint(1, 6), "income": chance.randrange(0, 900_000)}
        facts["period"] = chance.choice(("weekly", "monthly", "yearly"))
    if chance.random() < 0.5:
        facts["age"] = chance.randint(4, 70)
    return {"facts": facts, "as_of": on.isoformat()}


if __name__ == "__main__":
    main()
