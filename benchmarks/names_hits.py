"""How many possible hits a caseworker would have to read. Prints a row of docs/benchmarks.md.

    python -m benchmarks.names_hits [FOLDER] [--parties 100000] [--forms 1000]

Invented people, none of whom is on file, are put to the index as the names worker does; whatever reaches the
threshold is a hit that somebody reads for nothing.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.names import ROOT, add_all, background
from conflicts.index import POOLED, NameIndex
from conflicts.rules import THRESHOLD, analyse

SEED = 16


@dataclass(frozen=True)
class Read:
    """What the forms came to: hits in all, of them namesakes word for word, the most for one form."""

    forms: int
    hits: int
    namesakes: int
    none: int
    most: int

    def __str__(self) -> str:
        return (
            f"{self.forms:,} forms: {self.hits:,} hits, {self.namesakes:,} of them the very words; "
            f"{self.none} forms without any, at most {self.most} for one"
        )


def invented(names: Sequence[str], count: int) -> Iterator[str]:
    """Yield names of people who are on no list: words of the names given, put together anew.

    Every third is written with a slip: a letter dropped, doubled or changed with its neighbor.
    """
    draw = random.Random(SEED)  # noqa: S311 - a repeatable experiment
    for number in range(count):
        name = draw.choice(names)
        yield _slip(name, draw) if number % 3 == 0 else name


def _slip(name: str, draw: random.Random) -> str:
    at = draw.randrange(1, max(2, len(name) - 1))
    before, letter, after = name[:at], name[at : at + 1], name[at + 1 :]
    return draw.choice(
        [before + after, before + letter + letter + after, before + after[:1] + letter + after[1:]]
    )


def read(index: NameIndex, forms: Sequence[str]) -> Read:
    """Look every form up as the names worker does and count what reaches the threshold."""
    counts, namesakes = [], 0
    for form in forms:
        hits = index.look_up(analyse(form), limit=POOLED, floor=THRESHOLD)
        counts.append(len(hits))
        namesakes += sum(all(pair.how.value == "same" for pair in hit.comparison.reasons) for hit in hits)
    return Read(len(counts), sum(counts), namesakes, counts.count(0), max(counts))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "names")
    parser.add_argument("--parties", type=int, default=100_000)
    parser.add_argument("--forms", type=int, default=1_000)
    options = parser.parse_args(arguments)
    # The recombined names are drawn in one sequence: those after the parties on file are other people.
    everyone = [name for name, _, _ in background(options.folder, options.parties * 2)]
    index = NameIndex()
    add_all(index, 0, everyone[: options.parties])
    found = read(index, list(invented(everyone[options.parties :], options.forms)))
    sys.stdout.write(f"{options.parties:,} parties, {found}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
