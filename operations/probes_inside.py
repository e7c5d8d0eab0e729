"""Looks that take the rights of a job of ours, or the network: the worker, `doctor` and `watch` ask these."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, transaction
from django.db.models import Count, Min, Q

import cases.data
import screening.data
from foundation.events import checkpoints
from foundation.events.models import AccessRecord, Event
from foundation.figures import concerns
from foundation.figures.concerns import OUT_OF_DATE
from foundation.work.line import lines
from intake.promises import PROMISES, BadRecord, unapproved
from operations.findings import BAD, WARN, Finding
from operations.models import Kind, Run

LATE = timedelta(minutes=10)
UNSIGNED = timedelta(minutes=5)
DRILL_DAYS = 190
RESTORE_SHOWN = timedelta(days=30)  # so that whoever must be told is told (docs/how-to/restore.md)
FILE_MAIL = "django.core.mail.backends.filebased.EmailBackend"
NETWORK_SECONDS = 5


def line_figures(*, at: datetime) -> dict[str, dict[str, float]]:
    """Return, for each line, how many rows wait, for how long the first has been due, how many are stuck."""
    found = {}
    with transaction.atomic():
        for line in lines():
            rows = line.model._base_manager.filter(next_try_at__isnull=False)
            row = rows.aggregate(
                waiting=Count("pk", filter=Q(stuck_at=None)),
                stuck=Count("pk", filter=Q(stuck_at__isnull=False)),
                first=Min("next_try_at", filter=Q(stuck_at=None)),
            )
            age = max(0.0, (at - row["first"]).total_seconds()) if row["first"] else 0.0
            found[line.key] = {"waiting": row["waiting"], "stuck": row["stuck"], "age": age}
    return found


def queues(found: dict[str, dict[str, float]]) -> Finding:
    late = [key for key, line in found.items() if line["age"] > LATE.total_seconds()]
    if late:
        return Finding("queues", BAD, "late", {"lines": ", ".join(late)})
    stuck = sum(int(line["stuck"]) for line in found.values())
    return Finding("queues", WARN, "stuck", {"count": stuck}) if stuck else Finding("queues")


def seconds_unsigned(*, at: datetime) -> float:
    """Return how old the oldest row is that no checkpoint covers; -1 where transactions count from anew."""
    oldest = at
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        horizon = cursor.fetchone()[0]
        newest = {one.kind: one for one in checkpoints.newest_checkpoints()}
        for kind, model in (("events", Event), ("access", AccessRecord)):
            last = newest.get(kind)
            if last and horizon < last.to_xid:
                return -1
            rows: Any = model._base_manager  # type: ignore[attr-defined]
            unsigned = rows.filter(xid__gte=last.to_xid if last else 0, seq__gt=checkpoints.life_began(kind))
            oldest = min(oldest, unsigned.aggregate(first=Min("at"))["first"] or at)
    return (at - oldest).total_seconds()


def sealing(seconds: float) -> Finding:
    if seconds < 0:
        return Finding("sealing", BAD, "restored")
    if seconds > UNSIGNED.total_seconds():
        return Finding("sealing", BAD, "late", {"minutes": int(seconds // 60)})
    return Finding("sealing")


def backups(*, at: datetime) -> Iterator[Finding]:
    with transaction.atomic():
        newest = {kind: _newest(kind) for kind in (Kind.BACKUP, Kind.DRILL)}
        last = Run.objects.filter(kind=Kind.BACKUP, ended_at__isnull=False).first()
    yield _backup(newest[Kind.BACKUP], last, at=at)
    drill = newest[Kind.DRILL]
    if drill is None:
        yield Finding("drill", WARN, "never")
    elif (days := (at - drill).days) > DRILL_DAYS:
        yield Finding("drill", WARN, "late", {"days": days})
    else:
        yield Finding("drill")


def restored(*, at: datetime) -> Finding:
    """Say for a month that the database was restored, and how much of the record was not in the backup."""
    rows = Run.objects.filter(kind=Kind.RESTORE, ended_at__gt=at - RESTORE_SHOWN)
    with transaction.atomic():
        last = rows.order_by("-ended_at").first()
    if last is None:
        return Finding("restore")
    data = {"day": f"{last.ended_at:%Y-%m-%d}", "lost": last.figures["lost"]}
    return Finding("restore", WARN, "done", data)


def backup_age(*, at: datetime) -> float | None:
    """Return how many seconds ago the newest backup was made; None where there is none."""
    with transaction.atomic():
        newest = _newest(Kind.BACKUP)
    return (at - newest).total_seconds() if newest else None


def _newest(kind: str) -> datetime | None:
    """Return when a kind of run last ended well."""
    rows = Run.objects.filter(kind=kind, error="", ended_at__isnull=False)
    return rows.order_by("-ended_at").values_list("ended_at", flat=True).first()


def _backup(newest: datetime | None, last: Run | None, *, at: datetime) -> Finding:
    if last and last.error:
        return Finding("backups", BAD, "failed", {"error": last.error})
    if newest is None:
        return Finding("backups", BAD if settings.PRODUCTION else WARN, "never")
    hours = (at - newest).total_seconds() / 3600
    if hours > settings.BACKUP_HOURS:
        return Finding("backups", BAD, "late", {"hours": int(hours)})
    return Finding("backups")


def languages() -> Finding:
    folder = Path(settings.LOCALE_PATHS[0])
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    missing = [code for code in others if not (folder / code / "LC_MESSAGES" / "django.mo").exists()]
    if missing:
        return Finding("languages", BAD, "missing", {"codes": ", ".join(missing)})
    return Finding("languages")


def promises() -> Finding:
    try:
        count = len(list(unapproved()))
    except BadRecord:
        count = len(PROMISES) * len(settings.LANGUAGES)
    return Finding("promises", WARN, "missing", {"count": count}) if count else Finding("promises")


def data(*, at: datetime) -> Finding:
    figures = [*screening.data.figures(), *cases.data.figures()]
    old = [one for one in concerns(figures, on=at.date()) if one.kind == OUT_OF_DATE]
    return Finding("data", WARN, "old", {"count": len(old)}) if old else Finding("data")


# --- over the network: not asked every half minute ------------------------------------------------


def mail() -> Finding:
    if settings.EMAIL_BACKEND == FILE_MAIL:
        return Finding("mail", WARN, "files")
    try:
        server: Any = get_connection(timeout=NETWORK_SECONDS)
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", BAD, "refused", {"error": type(error).__name__})
    return Finding("mail")


def certificate(*, at: datetime) -> Finding:
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https":
        return Finding("certificate")  # Getting ready says that the address is none of the secure web
    try:
        place = (site.hostname or "", site.port or 443)
        with socket.create_connection(place, timeout=NETWORK_SECONDS) as plain:
            with ssl.create_default_context().wrap_socket(plain, server_hostname=place[0]) as secure:
                ends = dict(secure.getpeercert() or {}).get("notAfter")
    except (OSError, ssl.SSLError) as error:
        return Finding("certificate", WARN, "unread", {"error": type(error).__name__})
    days = (datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC) - at).days
    return Finding("certificate", BAD, "soon", {"days": days}) if days < 14 else Finding("certificate")
