"""Is this fit to hold people's names? `python -m config.fit`, before anything of ours starts in production.

What `check --deploy` finds, in sentences; exits 78 where something must be mended first.
"""

import os
import sys
from collections.abc import Iterable, Sequence

import django
from django.conf import settings
from django.core.checks import ERROR, CheckMessage, Error, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, transaction

from foundation.database.keyfolder import BadKeys
from foundation.database.principal import ANONYMOUS, NAMES_WORKER, acting_as, system

CANNOT_START = 78  # EX_CONFIG of sysexits.h
WHOSE = {"web": ANONYMOUS, "names": NAMES_WORKER}  # on whose behalf each kind of process asks
DJANGOS_OWN = "security."  # headers, cookies, the secret: warnings to Django, faults here


def main(databases: Sequence[str] = ()) -> int:
    """Return 0, or 78 after saying what is not fit; with a database's name it is looked at too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        found = run_checks(include_deployment_checks=True, databases=list(databases) or None)
    except (ImproperlyConfigured, BadKeys) as error:
        return _refuse([str(error)])
    found += of_the_database()
    counts = [message for message in found if not message.is_silenced()]
    for message in counts:
        if not is_fault(message):
            say(f"Note: {_sentence(message)}")
    return _refuse(_sentence(message) for message in counts if is_fault(message))


def of_the_database() -> list[CheckMessage]:
    """Return whether server and tables are those this program takes; one that is away is waited for later."""
    # Here and in the next line: settings and apps are ready only now.
    from operations.findings import BAD
    from operations.probes import database, migrations, office, versions

    with acting_as(WHOSE.get(settings.LOGIN, system("fit"))):
        if database().state == BAD:
            return []
        try:
            looked = [versions(), migrations()]
            # The names worker sees no office; before the first run there is none to name, which is no fault.
            if settings.LOGIN != "names" and all(one.state != BAD for one in looked) and any_office():
                looked.append(office())
        except ProgrammingError:
            return [
                Error("The database has no tables: python -m foundation.database.prepare", id="intake.E013")
            ]
    return [Error(f"{one.words} {one.todo}", id="intake.E013") for one in looked if one.state == BAD]


def any_office() -> bool:
    # Here: as above.
    from foundation.accounts.models import Office

    with transaction.atomic():
        return Office.objects.exists()


def is_fault(message: CheckMessage) -> bool:
    """Tell whether nothing may start with this."""
    return message.level >= ERROR or (message.id or "").startswith(DJANGOS_OWN)


def _refuse(problems: Iterable[str]) -> int:
    listed = list(problems)
    if listed:
        say("This does not start, because it is not fit for real people's names:")
    for problem in listed:
        say(f"- {problem}")
    return CANNOT_START if listed else 0


def _sentence(message: CheckMessage) -> str:
    words = f"{message.msg} {message.hint}" if message.hint else message.msg
    return f"{words} ({message.id})"


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
