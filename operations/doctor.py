"""Everything that is looked at, in one list: for `manage.py doctor`, `watch`, the worker, the health page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from operations import probes, probes_inside
from operations.findings import BAD, OK, Finding
from operations.signs import keep_figures, kept_figures

# What a web process cannot serve without: /health/ready answers 503 with one of these.
STOPS = ("database", "migrations", "static")


def near(*, at: datetime) -> Iterator[Finding]:
    """Yield what any process can see; without a database, little more than that."""
    yield (there := probes.database())
    yield probes.broker()
    yield from (probes.worker(), probes.beat(), probes.names(), probes.storage(), probes.static())
    yield probes.edge()
    if there.state == OK:
        yield from (probes.migrations(), probes.office(), probes.clock(at=at))


def inside(*, at: datetime) -> tuple[list[Finding], dict[str, Any]]:
    """Return what a job of ours can see, and the figures it rests on."""
    lines = probes_inside.line_figures(at=at)
    unsigned = probes_inside.seconds_unsigned(at=at)
    findings = [
        probes.versions(),
        probes.connections(),
        probes.keys(at=at),
        probes_inside.queues(lines),
        probes_inside.sealing(unsigned),
        *probes_inside.backups(at=at),
        probes_inside.restored(at=at),
        probes_inside.languages(),
        probes_inside.promises(),
        probes_inside.data(at=at),
    ]
    figures = {"lines": lines, "unsigned": unsigned, "backup_age": probes_inside.backup_age(at=at)}
    return findings, figures


def over_network(*, at: datetime) -> list[Finding]:
    return [probes_inside.mail(), probes_inside.certificate(at=at)]


def look(*, at: datetime) -> None:
    """Take the inside look and keep it where the web process finds it: the worker does, every half minute."""
    findings, figures = inside(at=at)
    keep_figures({**figures, "at": at.timestamp(), "findings": [one.as_dict for one in findings]})


def everything(*, at: datetime, network: bool = True) -> list[Finding]:
    """Return every finding, asked now."""
    found = list(near(at=at))
    if found[0].state == OK:
        try:
            found += inside(at=at)[0]
        except DatabaseError:
            found[0] = Finding("database", BAD, "away")
    return [*found, *(over_network(at=at) if network else [])]


def as_seen_by_web(*, at: datetime) -> list[Finding]:
    """Return what this process sees, and what the worker saw last; its silence is said by its own."""
    return [*near(at=at), *(Finding(**one) for one in kept_figures().get("findings", []))]
