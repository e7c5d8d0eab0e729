"""A database for each test, cloned from the stage it starts at.

Nothing of the application may empty a table, so a test gets a database of its own (ADR 10). Most tests
begin with the same story: an office, its people, Amina's case, triaged, offered, accepted. Each stage of it
is told once for each process of tests, by the same actions the application uses, and cloned from then on.
"""

import contextlib
import itertools
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

import psycopg
from django.conf import settings
from django.core.cache import caches
from django.db import connections

from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.devstack.template import NAME
from foundation.vault.keys import opening_keys


class Stages:
    """Databases by stage. `steps` maps each stage to what leads to it from the one before."""

    def __init__(self, cloner: psycopg.Connection, steps: Mapping[str, Callable[[], None]]) -> None:
        self.cloner, self.steps = cloner, dict(steps)
        self.made: dict[str, str] = {}
        self.number = itertools.count()

    def furthest(self, fixtures: Sequence[str]) -> str:
        """Return the furthest stage among the fixtures a test uses, or "" for an empty database."""
        return next((stage for stage in reversed(self.steps) if stage in fixtures), "")

    @contextlib.contextmanager
    def database(self, stage: str) -> Iterator[str]:
        """Yield the name of a clone of a stage, with every connection of ours leading to it."""
        name = self._clone(self._ready(stage))
        with leading_to(name):
            yield name
        self._drop(name)

    def drop(self) -> None:
        """Drop the stages' own databases."""
        for name in self.made.values():
            self._drop(name)

    def _ready(self, stage: str) -> str:
        """Return the database of a stage, made from the one before if it is not there yet."""
        if not stage:
            return NAME
        if stage not in self.made:
            before = list(self.steps)[: list(self.steps).index(stage)]
            name = self._clone(self._ready(before[-1] if before else ""))
            with leading_to(name):
                self.steps[stage]()
            self.made[stage] = name
        return self.made[stage]

    def _clone(self, template: str) -> str:
        name = f"test_{os.getpid()}_{next(self.number)}"
        self._when_alone(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def _drop(self, name: str) -> None:
        self._when_alone(f"DROP DATABASE {name} WITH (FORCE)")

    def _when_alone(self, statement: str) -> None:
        """Run a statement that wants nobody connected: a server's closing can take longer than ours."""
        for patience in (0.05, 0.2, 1, 3):
            try:
                self.cloner.execute(statement)
                return
            except psycopg.Error:
                time.sleep(patience)
        self.cloner.execute(statement)


@contextlib.contextmanager
def leading_to(name: str) -> Iterator[None]:
    """Have every connection of ours lead to one database, bound as "system:test"."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    with acting_as(system("test")), opening_keys(), each_statement_alone():
        for alias in settings.CACHES:
            caches[alias].key_prefix = name  # the other test processes count in the same Valkey
        try:
            yield
        finally:
            for alias in connections:
                connections[alias].close()
