"""Any other manage.py command, with the embedded servers running while it does."""

import contextlib
from collections.abc import Sequence

from foundation.devstack.messages import compile_messages
from foundation.devstack.services import services

NEED_NO_SERVERS = {"help", "--help", "-h", "version", "--version", "check", "collectstatic", "makemessages"}
NEED_NO_SERVERS |= {"compare_names"}


def run_command(argv: Sequence[str]) -> int:
    """Run one Django command and return its exit code."""
    from django.core.management import execute_from_command_line

    compile_messages()
    verb = argv[1] if len(argv) > 1 else "help"
    with contextlib.nullcontext() if verb in NEED_NO_SERVERS or "--help" in argv else services():
        execute_from_command_line(list(argv))
    return 0
