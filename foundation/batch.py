"""Run a pure function over a JSON list from a file or from standard input. Needs no database."""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

STANDARD_INPUT = "-"


class BadFile(ValueError):
    """There is no such file, or it does not hold a JSON list."""


def read_list(name: str) -> list[Any]:
    """Return the list in a file, or in standard input for "-"; BadFile says what is wrong."""
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        items = json.loads(raw)
    except OSError as error:
        raise BadFile(f"{name} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{name} is not JSON: {error}") from error
    if not isinstance(items, list):
        raise BadFile(f"{name} does not hold a list")
    return items


def run_list(items: list[Any], function: Callable[[Any], Any]) -> tuple[list[Any], bool]:
    """Return each item's result in its place, and whether all could be read.

    A ValueError of the function becomes {"index", "error"}; the other items still run.
    """
    results = [_result(index, item, function) for index, item in enumerate(items)]
    return [result for result, _read in results], all(read for _result, read in results)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the collector of cycles from walking thousands of results again and again: none of them is one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _result(index: int, item: Any, function: Callable[[Any], Any]) -> tuple[Any, bool]:
    try:
        return function(item), True
    except ValueError as error:
        return {"index": index, "error": str(error)}, False


class BatchCommand(BaseCommand):
    """A command that prints one JSON list for another, and nothing else on standard output.

    Exit status: 0; 1 where an item could not be read, or our own data are broken; 2 where there is no
    such file, it is not JSON, or it holds no list. A subclass gives `load` (its data) and `item`.
    """

    requires_system_checks = ()  # they would look at addresses, templates and the database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE|-", help="a file with a JSON list; - is standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.load()
        except ValueError as error:
            raise CommandError(str(error)) from error
        with without_collecting():
            try:
                items = read_list(options["file"])
            except BadFile as error:
                raise CommandError(str(error), returncode=2) from error
            results, all_read = run_list(items, self.item)
            self.stdout.write(json.dumps(results))
        if not all_read:
            sys.exit(1)

    def load(self) -> None:
        raise NotImplementedError

    def item(self, item: Any) -> Any:
        raise NotImplementedError
