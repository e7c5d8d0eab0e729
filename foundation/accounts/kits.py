"""Make an office's key-recovery kit, and prove at once that it opens what the office sealed."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from django.db import transaction

from foundation.accounts.models import Office
from foundation.database.keyfolder import PASSWORD, RETIRED, key_folder
from foundation.events.ledger import record
from foundation.events.models import Event
from foundation.house import ROOT
from foundation.vault.keys import cipher, newest_epoch, wrapped_keys
from foundation.vault.kit import BadKit, Proof, make_kit, seal_proof

MADE = "vault.kit_made"


@transaction.atomic
def write_kit(office: Office, file: Path, *, people: int, by: str, at: datetime) -> list[str]:
    """Write a new kit, open it in a process that has neither keys nor database, and return the codes.

    Raises BadKit where it does not open, or the file is there already; OSError where it cannot be written.
    """
    words = f"This was sealed by {office.name} on {at:%Y-%m-%d} at {at:%H:%M} UTC."
    proof = Proof(
        office.matter_id,
        wrapped_keys([office.matter_id])[office.matter_id],
        seal_proof(words, key=cipher(office.matter_id)),
    )
    text, codes = make_kit(_keys(), people=people, proof=proof, office=office.name, at=at)
    with file.open("x") as kit:
        kit.write(text)
    for one in range(people):
        _try(file, [codes[one], codes[(one + 1) % people]], expected=words)
    record(MADE, office, by=by, at=at, data={"people": people, "epoch": newest_epoch()})
    return codes


def has_kit(office: Office) -> bool:
    """Tell whether a kit was made since the newest key-encryption key began."""
    made = Event.objects.filter(name=MADE, subject_id=str(office.pk))
    return made.filter(data__epoch=newest_epoch()).exists()


def _keys() -> dict[str, bytes]:
    """Return what a kit keeps: all but the database's passwords, which can be made anew."""
    folder = key_folder()
    if folder is None:
        raise BadKit("INTAKE_KEYS is not set: there are no keys to keep.")
    kept = (path for path in sorted(folder.iterdir()) if path.is_file())
    return {path.name: path.read_bytes() for path in kept if not path.name.startswith((PASSWORD, RETIRED))}


def _try(file: Path, codes: list[str], *, expected: str) -> None:
    command = [sys.executable, "-m", "foundation.vault.kit", str(file.resolve())]
    told = "\n".join(codes) + "\n"
    done = subprocess.run(command, cwd=ROOT, env={}, input=told, capture_output=True, text=True, timeout=60)
    if expected not in done.stdout:
        file.unlink()
        raise BadKit(f"The kit was tried and does not open, and is deleted. {done.stderr.strip()}")
