"""Make a key folder for a server: `python -m foundation.database.make_keys FOLDER` and its options."""

import argparse
import os
import shutil
from pathlib import Path

from foundation.database.keyfolder import NEEDED, PASSWORD, make_keys
from foundation.database.logins import LOGINS

# What each kind of process opens the database with; none of them has another's password.
OF = {
    "web": ("public", "staff", "audit"),
    "worker": ("worker", "audit"),
    "names": ("names", "audit"),
    "backup": ("worker", "audit", "backup", "key_backup"),
}


def main(folder: Path, owner: int | None = None, *, split: bool = False) -> None:
    """Make the keys, and the passwords of the database's log-ins, that are not there yet.

    With an `owner` the folders and their files are given to that user's number, which takes root. `split`
    also writes a folder for each kind of process beside it (FOLDER-web and so on), with what it needs.
    """
    make_keys(folder, [*NEEDED, *(f"db-{name}" for name in LOGINS)])
    folders = [folder, *(_part(folder, name) for name in OF if split)]
    if owner is not None:
        for path in (one for place in folders for one in (place, *place.iterdir())):
            os.chown(path, owner, -1)


def _part(folder: Path, name: str) -> Path:
    """Write anew the folder of one kind of process, and return it."""
    part = folder.with_name(f"{folder.name}-{name}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    for path in folder.iterdir():
        login = path.name.removeprefix(PASSWORD)
        if path.is_file() and (login == path.name or login in OF[name]):
            shutil.copy2(path, part / path.name)
    return part


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--owner", type=int, metavar="UID", help="who alone may read them, such as 10001")
    parser.add_argument("--split", action="store_true", help="a folder beside it for each kind of process")
    chosen = parser.parse_args()
    main(chosen.folder, chosen.owner, split=chosen.split)
