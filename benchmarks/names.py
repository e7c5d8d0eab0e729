"""How good and how fast names are found. Prints every figure of docs/benchmarks.md.

    python -m benchmarks.names [FOLDER] [--parties 1000000] [--quick]

FOLDER (default ../shared/names) holds labelled_pairs.csv, listed_and_retyped.csv and background_50k.csv.
"""

import argparse
import contextlib
import csv
import gc
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fit_names import Weights, held_out, measure, read_pairs
from conflicts.data import weights
from conflicts.index import NameIndex, Party
from conflicts.rules import UnusableName, analyse
from conflicts.rules.writing import script_of

ROOT = Path(__file__).resolve().parents[1]
CROSS_SCRIPT = ROOT / "tests" / "conflicts" / "data" / "cross_script.csv"
SEED = 6
BAD = {
    "empty": "",
    "one letter": "A",
    "10,000 letters": "abcdefghi " * 1000,
    "10,000 letters in one word": "a" * 10_000,
    "longest allowed": "ab " * 133,
    "16 common words": "Mohammed Ahmed Ali Hassan Hussein Omar Said Kim " * 2,
    "emoji": "😀🎉" * 20,
    "punctuation": "-.,'!?" * 20,
    "mixed direction": "Ahmed محمد \u202e حسن Hassan",
    "NUL": "Ah\0med Ali",
    "lone surrogate": "Ahmed \ud800 Ali",
}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


SYLLABLES = [
    *(
        "ba",
        "ka",
        "mo",
        "ri",
        "sha",
        "tan",
        "el",
        "ur",
        "gha",
        "dou",
        "kov",
        "len",
        "ski",
        "mar",
        "tes",
        "fa",
    ),
    *(
        "ye",
        "zo",
        "nia",
        "dar",
        "han",
        "wo",
        "lde",
        "gi",
        "or",
        "sel",
        "ahm",
        "bek",
        "ova",
        "pur",
        "zad",
        "eh",
    ),
]


def background(folder: Path, count: int, rare: float = 0.0) -> Iterator[tuple[str, str, str]]:
    """Yield `count` names with birth date and nationality, spread as the 50,000 are.

    The 50,000 come first. The others are recombined: the shape of a random one is kept (its number of
    words, its script, its nationality), and each word is drawn from the words that stand at that place
    (first, middle, last) in the names of that nationality and script, as often as they do there. In a share
    `rare` of them the last word is one of 300,000 invented: a register has more words than 50,000 people.
    """
    with (folder / "background_50k.csv").open(newline="", encoding="utf-8") as lines:
        people = [(r["full_name"], r["date_of_birth"], r["nationality"]) for r in csv.DictReader(lines)]
    yield from people[:count]
    draw = random.Random(SEED)  # noqa: S311 - a repeatable experiment
    invented = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))) for _ in range(300_000 if rare else 0)]
    places: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, _, nationality in people:
        words = name.split()
        for place, word in zip(_places(len(words)), words, strict=True):
            places[nationality, script_of(words[0]), place].append(word)
    for _ in range(count - len(people)):
        name, _, nationality = draw.choice(people)
        words = name.split()
        script = script_of(words[0])
        drawn = [draw.choice(places[nationality, script, place]) for place in _places(len(words))]
        if draw.random() < rare:
            drawn[-1] = draw.choice(invented)
        yield " ".join(drawn), draw.choice(people)[1], nationality


def _places(length: int) -> list[str]:
    return ["first", *["middle"] * (length - 2), "last"][:length] if length > 1 else ["first"]


@dataclass(frozen=True)
class Query:
    """A name as someone types it, and the id of the party it is."""

    typed: str
    party: int


def listed(folder: Path) -> list[tuple[str, str, str, str]]:
    with (folder / "listed_and_retyped.csv").open(newline="", encoding="utf-8") as lines:
        return [
            (row["name_on_file"], row["name_as_typed"], row["date_of_birth"], row["nationality"])
            for row in csv.DictReader(lines)
        ]


def cross_script() -> list[tuple[str, str]]:
    """Return the pairs of one name in two scripts that are kept with the tests."""
    with CROSS_SCRIPT.open(newline="", encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return [(row["original"], row["latin"]) for row in rows]


def write_analyses(folder: Path, count: int, rare: float, file: Path) -> float:
    """Write the stored analyses of `count` parties, one a line, and return microseconds a name."""
    spent, done = 0.0, 0
    with file.open("w", encoding="utf-8") as out:
        for name, birth_date, nationality in background(folder, count, rare):
            began = time.perf_counter()
            stored = str(analyse(name))
            spent, done = spent + time.perf_counter() - began, done + 1
            out.write(f"{stored}\t{birth_date}\t{nationality}\n")
    return spent / done * 1e6


def load(file: Path) -> NameIndex:
    """Build the index from stored analyses."""
    index = NameIndex()
    gc.disable()
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            stored, birth_date, country = line.rstrip("\n").split("\t")
            index.add(Party(number, stored, birth_date, country))
    # Without this the collector walks all parties now and then, in the middle of a look-up (100 ms at 1M).
    gc.freeze()
    gc.enable()
    return index


def add_all(index: NameIndex, first: int, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        index.add(Party(first + number, str(analyse(name))))


@dataclass(frozen=True)
class Found:
    """How a set of look-ups went: shares of queries, times in milliseconds."""

    recall_1: float
    recall_10: float
    p50: float
    p95: float
    worst: float
    cpu_95: float

    def __str__(self) -> str:
        times = (
            f"p50 {self.p50:.1f} ms  p95 {self.p95:.1f} (cpu {self.cpu_95:.1f}) ms  worst {self.worst:.1f} ms"
        )
        return f"recall@1 {self.recall_1:.3f}  recall@10 {self.recall_10:.3f}  {times}"


def look_up_all(index: NameIndex, queries: Sequence[Query], *, show: bool = False) -> Found:
    """Look every name up and measure; a party counts as first only where no other stands before it."""
    times, cpu, first, ten = [], [], 0, 0
    for query in queries:
        began, worked = time.perf_counter(), time.thread_time()
        hits = index.look_up(analyse(query.typed), limit=10)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.thread_time() - worked) * 1000)
        ids = [hit.id for hit in hits]
        first += ids[:1] == [query.party]
        ten += query.party in ids
        if show and ids[:1] != [query.party]:
            place = ids.index(query.party) + 1 if query.party in ids else "-"
            say(f"    {place}: {query.typed} -> {[(h.score, _name(h)) for h in hits[:2]]}")
    p95, cpu_95 = statistics.quantiles(times, n=20)[18], statistics.quantiles(cpu, n=20)[18]
    shares = first / len(queries), ten / len(queries)
    return Found(*shares, statistics.median(times), p95, max(times), cpu_95)


def _name(hit: object) -> str:
    pairs = hit.comparison.reasons  # type: ignore[attr-defined]
    return " ".join(part.text for pair in pairs for part in pair.theirs)


def timed(index: NameIndex, name: str) -> float:
    """Return the milliseconds that looking up any text takes, refused or not."""
    began = time.perf_counter()
    with contextlib.suppress(UnusableName):
        index.look_up(analyse(name))
    return (time.perf_counter() - began) * 1000


def memory_mb() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_index(folder: Path, file: Path, show: bool) -> None:
    """Load, measure and print, in this process and nothing else in it."""
    began, slowest = time.perf_counter(), 0.0
    index = load(file)
    built, held = time.perf_counter() - began, memory_mb()
    count = len(index)
    words = len(index.vocabulary.marked)
    say(f"  {count:>9,} parties  ready in {built:.1f} s  {held:.0f} MB  {words:,} words")
    rows, pairs = listed(folder), cross_script()
    add_all(index, count, [row[0] for row in rows])
    retyped = [Query(row[1], count + i) for i, row in enumerate(rows)]
    say(f"    retyped        {look_up_all(index, retyped, show=show)}")
    start = count + len(rows)
    add_all(index, start, [original for original, _ in pairs])
    across = [Query(latin, start + i) for i, (_, latin) in enumerate(pairs)]
    say(f"    from Latin     {look_up_all(index, across, show=show)}")
    for i in range(len(pairs)):
        index.remove(start + i)
    add_all(index, start, [latin for _, latin in pairs])
    across = [Query(original, start + i) for i, (original, _) in enumerate(pairs)]
    say(f"    to Latin       {look_up_all(index, across, show=show)}")
    for name in BAD.values():
        slowest = max(slowest, timed(index, name))
    say(f"    bad input      slowest {slowest:.1f} ms")
    say(f"    memory         {memory_mb():.0f} MB at most")


def labelled(folder: Path) -> None:
    """Print how the labelled pairs are judged: all of them, and halves not learned from."""
    pairs = read_pairs(folder / "labelled_pairs.csv")
    weighing = weights()
    current = Weights(weighing["start"], weighing["features"])
    unseen = held_out(pairs)
    strong = [pair for pair in pairs if pair.quality == "STRONG"]
    right = sum((current.score(pair.features) >= 0.5) == pair.match for pair in strong)
    say(f"  in sample  F1 {measure(pairs, current).f1:.3f}  {measure(pairs, current)}")
    say(f"  held out   F1 {statistics.mean(unseen):.3f}, {min(unseen):.3f} to {max(unseen):.3f}")
    say(f"  STRONG     {right} of {len(strong)} right")


def bad_input() -> None:
    """Print what is answered to names that are none, and how long it took."""
    for what, name in BAD.items():
        began = time.perf_counter()
        try:
            answer = f"{len(analyse(name).parts)} parts"
        except UnusableName as refusal:
            answer = str(refusal)
        say(f"  {what:<28} {(time.perf_counter() - began) * 1000:6.2f} ms  {answer}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "names")
    parser.add_argument("--parties", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--rare", type=float, default=0.0, help="share of names given an invented last word")
    parser.add_argument("--show", action="store_true", help="print the look-ups that did not come first")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        measure_index(options.folder, options.measure, options.show)
        return 0
    say("labelled pairs")
    labelled(options.folder)
    say("bad input")
    bad_input()
    say("look-up")
    with tempfile.TemporaryDirectory() as scratch:
        for count in options.parties:
            file = Path(scratch) / "analyses"
            say(f"  analysis {write_analyses(options.folder, count, options.rare, file):.0f} µs a name")
            command = [sys.executable, "-m", "benchmarks.names", str(options.folder), "--measure", str(file)]
            subprocess.run(command + ["--show"] * options.show, check=True, cwd=ROOT)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
