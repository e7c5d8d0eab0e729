"""Looks any process can take, without a right to anybody's rows: /health/ready asks these."""

import os
import shutil
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from conflicts.queries import worker_state
from foundation.accounts.models import Office
from foundation.database.caches import Away
from foundation.database.keyfolder import check_keys, stale_keys
from foundation.database.prepare import LEAST_POSTGRES
from operations.findings import BAD, WARN, Finding
from operations.signs import edge_notes, is_heard

LOW, FULL = 10, 5  # percent of the disk that is free
SLACK = 5  # seconds the clocks may differ
NEARLY_ALL = 0.8  # of the connections that are not kept for an administrator
CONNECTIONS = """
SELECT count(*),
       current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
  FROM pg_stat_activity WHERE datid IS NOT NULL AND usesysid IS NOT NULL  -- the rest is nobody's connection
"""


def database() -> Finding:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Finding("database", BAD, "away")
    return Finding("database")


def versions() -> Finding:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        found = cursor.fetchone()[0]
    if found < LEAST_POSTGRES:
        data = {"found": found, "least": LEAST_POSTGRES}
        return Finding("versions", BAD, "postgres_old", data)
    return Finding("versions")


def migrations() -> Finding:
    """Compare what was run with what the program has; a squashed one counts as what it replaces."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = set(cursor.fetchall())
    known = on_disk()
    ours = {app for app, _name in known}
    if ahead := {one for one in applied - known if one[0] in ours}:
        return Finding("migrations", BAD, "ahead", {"count": len(ahead)})
    if behind := known - applied:
        return Finding("migrations", BAD, "behind", {"count": len(behind)})
    return Finding("migrations")


@cache
def on_disk() -> frozenset[tuple[str, str]]:
    """Return every migration this program has."""
    return frozenset(MigrationLoader(None).disk_migrations or {})


def broker() -> Finding:
    shared: Any = caches["default"]
    try:
        shared.ask()
    except Away:
        return Finding("broker", BAD, "away")
    return Finding("broker")


def worker() -> Finding:
    return Finding("worker") if is_heard("worker") else Finding("worker", BAD, "silent")


def beat() -> Finding:
    return Finding("beat") if is_heard("beat") else Finding("beat", BAD, "silent")


def names() -> Finding:
    return Finding("names") if worker_state() else Finding("names", BAD, "silent")


def storage() -> Finding:
    root = Path(settings.MEDIA_ROOT)
    there = root if root.is_dir() else root.parent
    if not os.access(there, os.W_OK):
        return Finding("storage", BAD, "unwritable")
    disk = shutil.disk_usage(there)
    data = {"percent": round(100 * disk.free / disk.total)}
    if data["percent"] < LOW:
        return Finding("storage", *((BAD, "full") if data["percent"] < FULL else (WARN, "low")), data)
    return Finding("storage")


def clock(*, at: datetime) -> Finding:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        seconds = abs((cursor.fetchone()[0] - at).total_seconds())
    return Finding("clock", BAD, "off", {"seconds": round(seconds)}) if seconds > SLACK else Finding("clock")


def connections() -> Finding:
    """Say how near the server is to its last connection: one more process is then told that it is away."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CONNECTIONS)
        used, most = cursor.fetchone()
    if used < most * NEARLY_ALL:
        return Finding("connections")
    return Finding("connections", WARN, "scarce", {"used": used, "most": most})


def static() -> Finding:
    root = settings.STATIC_ROOT
    if root and not (Path(root) / "staticfiles.json").exists():
        return Finding("static", BAD, "missing")
    return Finding("static")


def office() -> Finding:
    with transaction.atomic():
        if Office.objects.filter(slug=settings.INTAKE_OFFICE).exists():
            return Finding("office")
    return Finding("office", BAD, "missing", {"slug": settings.INTAKE_OFFICE})


def keys(*, at: datetime) -> Finding:
    if wrong := check_keys():
        return Finding("keys", BAD, "unfit", {"count": len(wrong)})
    old = stale_keys(at=at)
    return Finding("keys", WARN, "old", {"count": len(old)}) if old else Finding("keys")


def edge() -> Finding:
    found = edge_notes()
    return Finding("edge", WARN, found[0]) if found else Finding("edge")
