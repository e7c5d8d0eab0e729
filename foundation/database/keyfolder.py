"""The folder of keys and passwords, outside the repository and outside the settings.

`INTAKE_KEYS` names it, or systemd's `CREDENTIALS_DIRECTORY`; in development the first `up` makes one.
One secret a file, readable by its owner alone.
"""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

LEAST_BYTES = 32
NEEDED = ("django-secret-key", "kek-1", "blind-index-key", "receipt-pepper", "ledger-signing-key")


class BadKeys(RuntimeError):
    """A key is missing, weak, or readable by others; the message says which and what to do."""


def key_folder() -> Path | None:
    """Return the folder of keys, or None where none is named."""
    named = os.environ.get("INTAKE_KEYS") or os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(named) if named else None


def read_key(name: str) -> bytes | None:
    """Return a secret, or None where the folder has no such file."""
    folder = key_folder()
    path = folder / name if folder else None
    return path.read_bytes().strip() if path and path.is_file() else None


def needed_key(name: str) -> bytes:
    """Return a secret; BadKeys if it is missing."""
    key = read_key(name)
    if not key:
        raise BadKeys(f"The key {name!r} is missing from {key_folder() or 'INTAKE_KEYS, which is not set'}.")
    return key


def make_keys(folder: Path, names: Iterable[str] = NEEDED) -> None:
    """Make what is missing of the keys, 32 random bytes in hexadecimal each."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in names:
        path = folder / name
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32))


def check_keys() -> list[str]:
    """Return what is wrong with the key folder, in sentences; nothing wrong is an empty list."""
    folder = key_folder()
    if folder is None:
        return ["INTAKE_KEYS is not set: name the folder that holds the keys."]
    return [problem for name in NEEDED for problem in _problems(folder / name)]


def _problems(path: Path) -> Iterable[str]:
    try:
        key = path.read_bytes().strip()
    except PermissionError:
        yield f"The key {path.name} cannot be read by user {os.geteuid()}: it must be its owner."
        return
    except OSError:
        yield f"The key {path.name} is missing from {path.parent}."
        return
    if len(key) < LEAST_BYTES * 2 or not _is_hex(key):
        yield f"The key {path.name} must be at least {LEAST_BYTES} random bytes in hexadecimal."
    elif len(set(bytes.fromhex(key.decode()))) < LEAST_BYTES // 4:
        yield f"The key {path.name} is not random."
    if path.stat().st_mode & 0o077 and not os.environ.get("CREDENTIALS_DIRECTORY"):
        yield f"The key {path.name} can be read by others: chmod 600 {path}."


def _is_hex(key: bytes) -> bool:
    try:
        return bool(bytes.fromhex(key.decode("ascii")))
    except ValueError:
        return False
