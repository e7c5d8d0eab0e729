"""Is this fit to hold people's names? `python -m config.fit`, before anything of ours starts in production.

What `check --deploy` finds, in sentences; exits 78 where something must be mended first.
"""

import os
import sys
from collections.abc import Iterable, Sequence

import django
from django.core.checks import ERROR, CheckMessage, run_checks
from django.core.exceptions import ImproperlyConfigured

from foundation.database.keyfolder import BadKeys

CANNOT_START = 78  # EX_CONFIG of sysexits.h
DJANGOS_OWN = "security."  # headers, cookies, the secret: warnings to Django, faults here


def main(databases: Sequence[str] = ()) -> int:
    """Return 0, or 78 after saying what is not fit; with a database's name it is looked at too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        found = run_checks(include_deployment_checks=True, databases=list(databases) or None)
    except (ImproperlyConfigured, BadKeys) as error:
        return _refuse([str(error)])
    counts = [message for message in found if not message.is_silenced()]
    for message in counts:
        if not is_fault(message):
            say(f"Note: {_sentence(message)}")
    return _refuse(_sentence(message) for message in counts if is_fault(message))


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
