"""Any other manage.py command, with the embedded servers running while it does."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module

from foundation.devstack.messages import compile_messages
from foundation.devstack.services import services, state_folder
from foundation.house import ROOT

MIGRATES = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "dbshell", "pgtrigger"}
THROWAWAY = {"make_office", "bench"}  # measure on a cluster of their own, never on the demo database
DURABLE = {"deliveries"}  # measured on a new one whose commits are on the disk
NEED_NO_SERVERS = {
    *("help", "--help", "-h", "version", "--version", "check", "collectstatic", "makemessages"),
    *("screen", "deadlines", "data_check", "compare_names", "intake_flow", "words", "changes"),
    *("rebuild_file", "read_source", "fault_drill", "backup_keys", "packet_check", "verify_packet"),
}
# Rules over a list, without apps and models, whose loading would take longer than a thousand results: where.
PURE = {"screen": "cases", "deadlines": "cases"}


def run_command(argv: Sequence[str]) -> int:
    """Run one Django command and return its exit code."""
    # Here: the log-in must be chosen before the settings are read.
    from django.core.management import execute_from_command_line

    compile_messages()
    verb = argv[1] if len(argv) > 1 else "help"
    os.environ.setdefault("INTAKE_LOGIN", login_for(verb))
    if verb in THROWAWAY:
        return run_on_throwaway(argv)
    if verb in PURE:
        return run_pure(argv, PURE[verb])
    if (verb in NEED_NO_SERVERS and "--database" not in argv) or "--help" in argv:
        execute_from_command_line(list(argv))
        return 0
    with services(), bound(verb):
        execute_from_command_line(list(argv))
    return 0


def login_for(verb: str) -> str:
    """Return the database log-in a command goes through: `load_demo` has people accept invitations, too."""
    if verb in MIGRATES:
        return "migrator"
    return "demo" if verb == "load_demo" else "worker"


def run_pure(argv: Sequence[str], app: str) -> int:
    """Run a command of pure rules with no app loaded; it may import no model."""
    # Here: settings are read at the first look, and only what is loaded from now on sees them.
    import django
    from django.conf import settings

    settings.INSTALLED_APPS = []
    django.setup()
    module = import_module(f"{app}.management.commands.{argv[1]}")
    module.Command().run_from_argv(list(argv))
    return 0


def run_on_throwaway(argv: Sequence[str]) -> int:
    """Run a command on a cluster that is there for measuring alone; make_office begins it anew."""
    # Here: the log-in must be chosen before the settings are read.
    from django.core.management import execute_from_command_line

    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "CACHE_URL"):
        os.environ.pop(name, None)
    durable = bool(DURABLE & set(argv))
    name = "bench-durable" if durable else "bench"
    if argv[1] == "make_office" or durable:
        for folder in state_folder().glob(f"postgres-{name}*"):
            shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
    with services(name, throwaway=not durable):
        prepare = [sys.executable, "-m", "foundation.devstack.prepare", "--no-demo"]
        if code := subprocess.run(prepare, cwd=ROOT).returncode:
            return code
        with bound(argv[1]):
            execute_from_command_line(list(argv))
    return 0


@contextlib.contextmanager
def bound(verb: str) -> Iterator[None]:
    """Act as "system:<the command>"; a statement outside a transaction gets one of its own."""
    # Here: likewise.
    import django

    django.setup()
    # Only after setup: these need the apps to be ready.
    from foundation.database.principal import acting_as, each_statement_alone, system
    from foundation.vault.keys import opening_keys

    with acting_as(system(verb)), opening_keys(), each_statement_alone():
        yield
