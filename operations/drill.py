"""The restore drill: a backup into an empty database and folder, and a look whether it would carry an office.

The copy is looked at in a process of its own, which has the keys the recovery kit held and nothing of the
running installation but its servers.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import Membership, Office, Role, User
from foundation.database.keyfolder import PASSWORD, key_folder
from foundation.events.checkpoints import read_anchors, verify
from foundation.files.actions import open_file
from foundation.files.models import StoredFile
from foundation.house import ROOT
from foundation.vault.fields import sealed_fields
from foundation.vault.keys import VaultError
from foundation.vault.kit import open_kit, write_keys
from foundation.vault.opening import open_one
from operations.ledger import note_restored, sign_on


class DrillFailed(RuntimeError):
    """The restored copy would not carry an office; the message says what failed."""


@contextmanager
def empty_place(url: str) -> Iterator[tuple[str, Path]]:
    """Yield the address of an empty database on the same server and an empty folder; both go at the end."""
    name = f"intake_drill_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            with tempfile.TemporaryDirectory(prefix="drill-") as folder:
                yield urlunsplit(urlsplit(url)._replace(path=f"/{name}")), Path(folder)
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def keys_for_drill(folder: Path, kit: Path | None, codes: list[str]) -> None:
    """Write the keys of the kit into a new folder, or without a kit those of this machine.

    The database's passwords are this server's own, since no kit keeps them. Raises BadKit.
    """
    here = key_folder()
    if kit:
        write_keys(open_kit(kit.read_text(), codes).keys, folder)
    else:
        folder.mkdir(mode=0o700)
    for path in here.iterdir() if here else ():
        if path.is_file() and (not kit or path.name.startswith(PASSWORD)):
            shutil.copy2(path, folder / path.name)


def run_inside(url: str, folder: Path, command: list[str]) -> str:
    """Run a command of ours on the empty place, and return what it says. Raises DrillFailed."""
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
        "INTAKE_KEYS": str(folder / "keys"),
        "INTAKE_STATE": str(folder / "state"),
        "INTAKE_APPROVALS": str(folder / "state" / "approvals.toml"),
        "LEDGER_ANCHORS": str(folder / "state" / "anchors.json"),
        "INTAKE_NO_BOOTSTRAP": "1",
        "INTAKE_LOGIN": "tests",  # the log-ins of all processes: it signs in and signs the ledger
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise DrillFailed(f"{command[0]} stopped: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout


def look_at_copy() -> dict[str, Any]:
    """Open a value of each kind, sign in, sign and verify the ledger. Raises DrillFailed, NotOurs."""
    opened = open_one_of_each()
    files = open_a_file()
    sign_in()
    path, now = Path(settings.LEDGER_ANCHORS), timezone.now()
    note_restored(read_anchors(path), by="system:restore-drill", at=now)
    signed = sign_on(path, at=timezone.now())
    report = verify(read_anchors(path))
    if report.problems:
        raise DrillFailed(f"The ledger: {report.problems[0]}")
    return {"opened": opened, "files": files, "signed": signed, "ledger_rows": report.rows}


def open_one_of_each() -> int:
    """Open one sealed value of each kind that has one, and return how many kinds. Raises DrillFailed."""
    kinds = 0
    for model in apps.get_models():
        for name in sealed_fields(model):
            row = model._base_manager.filter(**{f"{name}__isnull": False}).first()
            if row is None:
                continue
            try:
                open_one(row, name, purpose="restore drill")
            except VaultError as error:
                raise DrillFailed(f"{model._meta.label}.{name} does not open with these keys.") from error
            kinds += 1
    return kinds


def open_a_file() -> int:
    """Open the newest file that people sent, whole, and return 1; 0 where there is none."""
    stored = StoredFile.objects.order_by("-stored_on").first()
    if stored is None:
        return 0
    try:
        for _piece in open_file(stored, purpose="restore drill"):
            pass
    except (OSError, VaultError) as error:
        raise DrillFailed("A file does not open with these keys.") from error
    return 1


def sign_in() -> None:
    """Sign in to the copy through its pages, as somebody made for that. Raises DrillFailed."""
    password, secret = secrets.token_urlsafe(24), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    with transaction.atomic():
        office = Office.objects.order_by("pk").first()
        if office is None:
            raise DrillFailed("There is no office in it.")
        user = User(email=f"drill-{secrets.token_hex(4)}@drill.invalid", name="Drill")
        user.set_password(password)
        user.save()
        Membership.objects.create(user=user, office=office, roles=[Role.CASEWORKER])
        TOTP.activate(user, secret)
    browser = Browser()
    browser.send("login", username=user.email, password=password)
    counter = next(iter(yield_hotp_counters_from_time()))
    browser.send("mfa_authenticate", code=format_hotp_value(hotp_value(secret, counter)))
    if browser.get("home") != 200:
        raise DrillFailed("Nobody can sign in to it.")


class Browser:
    """What asks the pages of the copy, in this process."""

    def __init__(self) -> None:
        host = next((name for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
        extra: Mapping[str, Any] = {"HTTP_HOST": host.lstrip("."), "HTTP_X_FORWARDED_PROTO": "https"}
        self.client = Client(**extra)

    def send(self, name: str, **values: str) -> None:
        self.client.post(reverse(name), values, secure=True)

    def get(self, name: str) -> int:
        return int(self.client.get(reverse(name), secure=True).status_code)


def read_result(said: str) -> dict[str, Any]:
    """Return what the process that looked at the copy found: its last line."""
    found: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return found
