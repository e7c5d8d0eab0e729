"""The folder of keys and passwords, outside the repository and outside the settings.

`INTAKE_KEYS` names it, or systemd's `CREDENTIALS_DIRECTORY`; in development the first `up` makes one.
One secret a file, readable by its owner alone, and behind it when it was made: so that goes along where the
file is copied. docs/keys.md says what each is for and how it is changed.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

LEAST_BYTES = 32
KEK, PASSWORD, RETIRED = "kek-", "db-", "retired-"
SECRET, SECRET_BEFORE = "django-secret-key", "django-secret-key-before"
FIXED = ("blind-index-key", "receipt-pepper", "ledger-signing-key")  # what is kept depends on these for good
NEEDED = (SECRET, f"{KEK}1", *FIXED)  # what a new folder begins with
FRESH = timedelta(days=400)  # a year, and a month to get round to it


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
    words = path.read_bytes().split() if path and path.is_file() else []
    return words[0] if words else None


def needed_key(name: str) -> bytes:
    """Return a secret; BadKeys if it is missing."""
    key = read_key(name)
    if not key:
        raise BadKeys(f"The key {name!r} is missing from {key_folder() or 'INTAKE_KEYS, which is not set'}.")
    return key


def make_keys(folder: Path, names: Iterable[str] = NEEDED) -> None:
    """Make what is missing of the keys: 32 random bytes in hexadecimal each, and the time."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in names:
        path = folder / name
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(f"{secrets.token_hex(32)} {datetime.now(UTC).isoformat(timespec='seconds')}\n")


def epochs() -> list[int]:
    """Return the numbers of the key-encryption keys in the folder, oldest first."""
    folder = key_folder()
    names = [path.name.removeprefix(KEK) for path in folder.glob(f"{KEK}*")] if folder else []
    return sorted(int(name) for name in names if name.isascii() and name.isdigit())


def check_keys() -> list[str]:
    """Return what is wrong with the key folder, in sentences; nothing wrong is an empty list.

    Every key that is there is looked at. Of the key-encryption keys one is enough: older ones are retired.
    """
    folder = key_folder()
    if folder is None:
        return ["INTAKE_KEYS is not set: name the folder that holds the keys."]
    names = list(_wanted(folder))
    return [
        *(problem for name in names for problem in _problems(folder / name)),
        *_alike(folder, names),
        *_open_to_others(folder),
    ]


def _wanted(folder: Path) -> Iterator[str]:
    """Yield the names of the keys that must be fit: what is needed, and whatever else is there."""
    yield SECRET
    yield from [f"{KEK}{epoch}" for epoch in epochs()] or [f"{KEK}1"]
    yield from FIXED
    yield from sorted(path.name for path in folder.glob(f"{PASSWORD}*"))
    if (folder / SECRET_BEFORE).exists():
        yield SECRET_BEFORE


def _problems(path: Path) -> Iterable[str]:
    try:
        words = path.read_bytes().split()
    except PermissionError:
        yield f"The key {path.name} cannot be read by user {os.geteuid()}: it must be its owner."
        return
    except OSError:
        yield f"The key {path.name} is missing from {path.parent}."
        return
    key = words[0] if words else b""
    if len(key) < LEAST_BYTES * 2 or not _is_hex(key):
        yield f"The key {path.name} must be at least {LEAST_BYTES} random bytes in hexadecimal."
    elif len(set(bytes.fromhex(key.decode()))) < LEAST_BYTES // 4:
        yield f"The key {path.name} is not random."
    if path.stat().st_mode & 0o077 and not os.environ.get("CREDENTIALS_DIRECTORY"):
        yield f"The key {path.name} can be read by others: chmod 600 {path}."


def _alike(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Say which keys are one and the same: whoever has one of them would have both."""
    seen: dict[bytes, str] = {}
    for name in names:
        key = read_key(name) if os.access(folder / name, os.R_OK) else None
        if key and (other := seen.setdefault(key, name)) != name:
            yield f"The keys {other} and {name} are the same: each must be one of its own."


def _open_to_others(folder: Path) -> Iterator[str]:
    if folder.is_dir() and folder.stat().st_mode & 0o022:
        yield f"Others may put keys of their own into {folder}: chmod 700 {folder}."


def _is_hex(key: bytes) -> bool:
    try:
        return bool(bytes.fromhex(key.decode("ascii")))
    except ValueError:
        return False


# --- how old they are -----------------------------------------------------------------------------


def made_at(path: Path) -> datetime:
    """Return when a key was made; of one that does not say, when its file was written."""
    words = path.read_text(errors="replace").split()
    try:
        made = datetime.fromisoformat(words[1])
    except (IndexError, ValueError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def stale_keys(*, at: datetime) -> list[str]:
    """Return, in sentences, which keys it is time to change, and which were put aside and left there."""
    folder = key_folder()
    if folder is None or not folder.is_dir():
        return []
    newest = [f"{KEK}{epochs()[-1]}"] if epochs() else []
    passwords = sorted(path.name for path in folder.glob(f"{PASSWORD}*"))
    changed = [name for name in (*newest, SECRET, *passwords) if os.access(folder / name, os.R_OK)]
    left = sorted(path.name for path in (*folder.glob(f"{RETIRED}*"), *folder.glob(SECRET_BEFORE)))
    return [
        *(words for name in changed if (words := _age(folder / name, at))),
        *(f"{name} still lies in {folder}: take it to where the backup's keys are kept." for name in left),
    ]


def _age(path: Path, at: datetime) -> str:
    made = made_at(path)
    if made > at:
        return f"The key {path.name} says it was made at {made}, a time to come: is the clock right?"
    if at - made > FRESH:
        return f"The key {path.name} is of {made:%Y-%m-%d}: it is time for a new one (docs/keys.md)."
    return ""
