"""Learn the weights of the name score from labelled pairs, and say how they do on pairs not learned from.

    python -m benchmarks.fit_names FILE… [--write]

A logistic regression over the features of an alignment, by plain gradient descent, every weight at most
zero: nothing that differs can speak for a match, so each weight reads as a price. Of each file the pairs of
one person count as much in all as those of two, and each file as much as another.
"""

import argparse
import csv
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from conflicts.rules import UnusableName, analyse
from conflicts.rules.comparison import judge

WEIGHTS = Path(__file__).resolve().parents[1] / "conflicts" / "data" / "weights.json"
# Too rare in the pairs to be learned: set by hand. Slips and how dense they stand say nearly the same, and
# the files disagree which of the two it is: slips by themselves have a price in between.
BY_HAND = {"turned": -4.5, "initials": -0.4, "of_another": -4.5, "thin": -1.65, "slips": -0.4}
# A name not found costs more than one read for nothing: as far as the hits of names_hits allow.
LEAN = 0.15
SHRINK = 0.002  # of each weight's square, per pair
STEPS = 400


@dataclass(frozen=True)
class Labelled:
    """A pair, its features (None if a name is unusable), and what a person said of it."""

    names: tuple[str, str]
    features: dict[str, float] | None
    match: bool
    quality: str
    source: str = ""


@dataclass(frozen=True)
class Weights:
    """What a perfect pair begins with and what each feature costs, in log-odds."""

    start: float
    costs: dict[str, float]

    def score(self, found: dict[str, float] | None) -> float:
        """Return the probability of a match, 0-1."""
        if found is None:
            return 0.0
        return 1 / (1 + math.exp(-self.start - sum(self.costs[name] * x for name, x in found.items())))


@dataclass(frozen=True)
class Figures:
    """Counts of right and wrong at the threshold."""

    hits: int
    false: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)


def read_pairs(file: Path) -> list[Labelled]:
    """Read a CSV with name1, name2, is_match, quality."""
    with file.open(newline="", encoding="utf-8") as lines:
        return [
            Labelled(
                (row["name1"], row["name2"]),
                features_of(row["name1"], row["name2"]),
                row["is_match"] == "true",
                row["quality"],
                file.stem,
            )
            for row in csv.DictReader(lines)
        ]


def features_of(one: str, other: str) -> dict[str, float] | None:
    try:
        a, b = analyse(one), analyse(other)
    except UnusableName:
        return None
    return judge(a, b)[1]


def fit(pairs: Sequence[Labelled]) -> Weights:
    """Return the weights under which the labels are likeliest, by gradient descent with AdaGrad steps."""
    usable = [pair for pair in pairs if pair.features is not None]
    groups = Counter((pair.source, pair.match) for pair in usable)
    counts = {group: len(usable) / len(groups) / number for group, number in groups.items()}
    names = [name for name in next(iter(pair.features for pair in usable)) or {} if name not in BY_HAND]
    costs, start = dict.fromkeys(names, 0.0), 1.0
    seen, seen_start = dict.fromkeys(names, 1e-6), 1e-6
    for _ in range(STEPS):
        slope, slope_start = {name: SHRINK * costs[name] * len(usable) for name in names}, 0.0
        for pair in usable:
            features = pair.features or {}
            error = Weights(start, {**BY_HAND, **costs}).score(features) - pair.match
            error *= counts[pair.source, pair.match]
            slope_start += error
            for name in names:
                slope[name] += error * features[name]
        for name in names:
            seen[name] += slope[name] ** 2
            costs[name] = min(0.0, costs[name] - 0.3 * slope[name] / math.sqrt(seen[name]))
        seen_start += slope_start**2
        start -= 0.3 * slope_start / math.sqrt(seen_start)
    return Weights(start + LEAN, {**costs, **BY_HAND})


def measure(pairs: Sequence[Labelled], weights: Weights) -> Figures:
    """Count right and wrong at the threshold of one half."""
    verdicts = [(weights.score(pair.features) >= 0.5, pair.match) for pair in pairs]
    return Figures(verdicts.count((True, True)), verdicts.count((True, False)), verdicts.count((False, True)))


def held_out(pairs: Sequence[Labelled], seeds: int = 10) -> list[float]:
    """Return F1 on the half not learned from, both ways round, for several random halvings."""
    scores = []
    for seed in range(seeds):
        shuffled = list(pairs)
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - a shuffle for an experiment
        half = len(shuffled) // 2
        for learned, unseen in ((shuffled[:half], shuffled[half:]), (shuffled[half:], shuffled[:half])):
            scores.append(measure(unseen, fit(learned)).f1)
    return scores


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the figures, and with --write replace the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    pairs = [pair for file in options.pairs for pair in read_pairs(file)]
    weights, unseen = fit(pairs), held_out(pairs)
    say = sys.stdout.write
    say(f"in sample  F1 {measure(pairs, weights).f1:.3f}  {measure(pairs, weights)}\n")
    say(f"held out   F1 {sum(unseen) / len(unseen):.3f} (mean of {len(unseen)}), ")
    say(f"{min(unseen):.3f} to {max(unseen):.3f}\n")
    for pair in pairs:
        if (weights.score(pair.features) >= 0.5) != pair.match:
            say(f"  wrong: {pair.names} {pair.match} {weights.score(pair.features):.2f} {pair.quality}\n")
    if options.write:
        found = {
            "made": "python -m benchmarks.fit_names FILE --write: logistic regression, every weight <= 0",
            "learned_from": {file.stem: len(read_pairs(file)) for file in options.pairs},
            "by_hand": sorted(BY_HAND),
            "start": round(weights.start, 2),
            "features": {name: round(cost, 2) for name, cost in weights.costs.items()},
        }
        WEIGHTS.write_text(json.dumps(found, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
