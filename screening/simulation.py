"""Other figures than the program's: those an office set for itself, and those that somebody tries."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from typing import Any

from screening.data import HERE, Tables, load_tables
from screening.rules import Config, config_of

FILES = ("ruleset.toml", "poverty_guidelines.csv")


@dataclass(frozen=True)
class Change:
    """What is tried: other tables, and other settings over the office's `own`. None and empty: as it stands.

    A setting that is None is the program's again.
    """

    tables: Tables | None = None
    settings: Mapping[str, Any] | None = None
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        """The settings as tried; BadFacts names one that cannot be read."""
        return config_of({**self.own, **(self.settings or {})}, of=self.tables)

    @property
    def now(self) -> Config:
        """The settings as they stand."""
        return config_of(self.own)


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
