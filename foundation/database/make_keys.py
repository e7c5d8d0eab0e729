"""Make a key folder for a server: `python -m foundation.database.make_keys FOLDER`."""

import sys
from pathlib import Path

from foundation.database.keyfolder import NEEDED, make_keys
from foundation.database.logins import LOGINS


def main(folder: str) -> None:
    """Make the keys, and the passwords of the database's log-ins, that are not there yet."""
    make_keys(Path(folder), [*NEEDED, *(f"db-{name}" for name in LOGINS)])


if __name__ == "__main__":
    main(sys.argv[1])
