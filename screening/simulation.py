"""Try a change of the rules over past intakes, without saving anything."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any
from uuid import UUID

from foundation.vault.keys import opening_keys
from intake.models import Intake, Status
from intake.queries import on_path, saved_of
from screening.data import HERE, Tables, load_tables
from screening.explaining import Difference, difference
from screening.facts import facts_from
from screening.models import Band, Outcome
from screening.rules import Assessment, Config, assess

NEWEST = 1000  # intakes looked at in one run, which answers within a few seconds
BATCH = 250
FILES = ("ruleset.toml", "poverty_guidelines.csv")


@dataclass(frozen=True)
class Change:
    """What is tried: other tables, and other settings over them. None and empty: as it stands."""

    tables: Tables | None = None
    settings: Mapping[str, Any] | None = None

    @property
    def config(self) -> Config:
        """The settings; BadFacts names one that cannot be read."""
        return Config.from_dict(dict(self.settings or {}), of=self.tables)


@dataclass(frozen=True)
class Turned:
    """One intake that would come out differently."""

    intake: UUID
    before: Assessment
    after: Assessment
    differs: Difference


@dataclass(frozen=True)
class Simulation:
    """How past intakes come out now and with the change, all as of one day."""

    on: date
    looked_at: int
    there_are: int
    turned: list[Turned]
    outcomes: list[tuple[str, int, int]]
    bands: list[tuple[str, int, int]]


def changed_tables(files: Mapping[str, bytes]) -> Tables | None:
    """Return the tables with some files exchanged, by name; BadData names file and line."""
    if not files:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for path in (*HERE.glob("*.csv"), *HERE.glob("*.toml")):
            copyfile(path, Path(folder) / path.name)
        for name in FILES:
            if name in files:
                (Path(folder) / name).write_bytes(files[name])
        return load_tables(Path(folder))


def simulate(office_id: int, change: Change, *, on: date, newest: int = NEWEST) -> Simulation:
    """Screen an office's newest submitted intakes twice, as the rules stand and with the change.

    Answers are opened a batch at a time: one key query and one access record for each.
    """
    config, plain = change.config, Config.from_dict()
    sent = Intake.objects.filter(office=office_id, status=Status.SUBMITTED)
    ids = list(sent.order_by("-submitted_at").values_list("pk", flat=True)[:newest])
    turned: list[Turned] = []
    pairs: list[tuple[Assessment, Assessment]] = []
    for start in range(0, len(ids), BATCH):
        for intake, answers in _answers(ids[start : start + BATCH]):
            facts = facts_from(answers, on=on)
            before = assess(facts, on=on, config=plain)
            after = assess(facts, on=on, config=config, of=change.tables)
            pairs.append((before, after))
            if _is_turned(before, after):
                turned.append(Turned(intake, before, after, difference(before, after)))
    return Simulation(
        on=on,
        looked_at=len(ids),
        there_are=sent.count(),
        turned=turned,
        outcomes=_counts(Outcome.values, ((earlier.outcome, later.outcome) for earlier, later in pairs)),
        bands=_counts(Band.values, ((earlier.band, later.band) for earlier, later in pairs)),
    )


def _answers(ids: list[UUID]) -> Iterable[tuple[UUID, dict[str, Any]]]:
    """Open the answers of a batch, and forget its keys."""
    with opening_keys():
        intakes = Intake.objects.select_related("office").filter(pk__in=ids)
        saved = saved_of(intakes, purpose="simulate")
        return [(pk, on_path(saved[pk])) for pk in ids if pk in saved]


def _is_turned(before: Assessment, after: Assessment) -> bool:
    """Tell whether outcome, band or codes differ; a score alone turns nothing."""
    return (before.outcome, before.band, set(before.codes)) != (after.outcome, after.band, set(after.codes))


def _counts(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, int, int]]:
    """Return (name, how many now, how many with the change) for each name that occurs."""
    counted = list(pairs)
    now, then = Counter(before for before, _after in counted), Counter(after for _before, after in counted)
    return [(name, now[name], then[name]) for name in names if now[name] or then[name]]
