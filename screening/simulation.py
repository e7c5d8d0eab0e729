"""A change of the rules' figures that somebody tries: other tables, other settings."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

from screening.data import HERE, Tables, load_tables
from screening.rules import Config

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
