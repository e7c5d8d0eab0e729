"""`manage.py data_check`: which dated figures someone must look at on a day, and why."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

import cases.data
import screening.data
from cases.data import Watched, law_watch
from foundation.figures import BadData, Concern, Figure, concerns

SOURCES: tuple[Callable[[], tuple[Figure, ...]], ...] = (screening.data.figures, cases.data.figures)


def day(text: str) -> date:
    return date.fromisoformat(text)


class Command(BaseCommand):
    """The figures someone must look at, and what is watched in the law each month.

    Exit status: 0 whatever is found, since old figures are work for a person and no failure;
    1 only where a data file is broken; 2 for a wrong argument. Needs no database and no servers.
    """

    help = "List the figures that are out of date or unverified on a day. Exit 1 only if data are broken."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="the day; today if left out")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or timezone.localdate()
        listed, watched = concerns(self._figures(), on=on), law_watch()
        if options["json"]:
            shown = {
                "on": on.isoformat(),
                "figures": [as_dict(concern) for concern in listed],
                "watch": [asdict(each) | {"known_to": each.known_to.isoformat()} for each in watched],
            }
            self.stdout.write(json.dumps(shown, indent=2))
            return
        for concern in listed:
            self.stdout.write(as_line(concern))
        for each in watched:
            self.stdout.write(watch_line(each))
        self.stdout.write(f"{len(listed) + len(watched)} to look at on {on}")

    def _figures(self) -> list[Figure]:
        """Return the figures of every app, or say about every broken file what is wrong with it."""
        figures: list[Figure] = []
        broken: list[str] = []
        for source in SOURCES:
            try:
                figures += source()
            except BadData as error:
                broken.append(str(error))
        if broken:
            raise CommandError("\n".join(broken), returncode=1)
        return figures


def watch_line(watched: Watched) -> str:
    """Write one thing in the law to look at each month."""
    known = f"known to {watched.known_to}: {watched.state}"
    return f"{'law_watch.csv':<28} {'each month':<12} {watched.what}: {watched.look_at} ({known})"


def as_line(concern: Concern) -> str:
    figure = concern.figure
    place = f"{figure.file}:{figure.line}"
    return f"{place:<28} {concern.kind:<12} {figure.group}: {figure.name}: {concern.why}"


def as_dict(concern: Concern) -> dict[str, Any]:
    figure = asdict(concern.figure)
    figure.pop("words")
    days = {name: str(value) for name, value in figure.items() if isinstance(value, date)}
    return {**figure, **days, "concern": concern.kind, "why": concern.why}
