"""Make a key folder for a server: `python -m foundation.database.make_keys FOLDER [--owner UID]`."""

import argparse
import os
from pathlib import Path

from foundation.database.keyfolder import NEEDED, make_keys
from foundation.database.logins import LOGINS


def main(folder: Path, owner: int | None = None) -> None:
    """Make the keys, and the passwords of the database's log-ins, that are not there yet.

    With an `owner` the folder and its files are given to that user's number, which takes root.
    """
    make_keys(folder, [*NEEDED, *(f"db-{name}" for name in LOGINS)])
    if owner is not None:
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner, -1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--owner", type=int, metavar="UID", help="who alone may read them, such as 10001")
    chosen = parser.parse_args()
    main(chosen.folder, chosen.owner)
