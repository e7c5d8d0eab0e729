#!/usr/bin/env python3
"""Django's manage.py, and two commands that need nothing but Python 3.11 and pip.

python3 manage.py up        set everything up and run it
python3 manage.py verify    set everything up and test it
"""

import os
import sys
from pathlib import Path


def main() -> int:
    """Prepare the environment, then run the command with the servers it needs."""
    if sys.version_info < (3, 11):  # before anything is read that an older one cannot
        sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".")
    root = Path(__file__).resolve().parent
    sys.path.insert(0, str(root))
    from foundation.devstack import bootstrap  # standard library only

    verb = sys.argv[1] if len(sys.argv) > 1 else "help"
    bootstrap.ensure_environment(root, for_tests=verb == "verify")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if verb == "up":
        from foundation.devstack.up import up

        return up(sys.argv[2:])
    if verb == "verify":
        from foundation.devstack.verify import verify

        return verify(sys.argv[2:])
    from foundation.devstack.commands import run_command

    return run_command(sys.argv)


if __name__ == "__main__":
    raise SystemExit(main())
