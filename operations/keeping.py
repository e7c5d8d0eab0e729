"""The classes this app sweeps, as lines of the one table of how long things are kept (/office/keeping/)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from operations.retention import classes, days_of
from workspace.keeping.queries import OPERATOR, KeptLine, spoken

SWEEP = "operations.tasks.sweep_kept"
LOGS = timedelta(days=30)  # docker/bare/: journald.conf, logrotate. Containers keep by size
WORDS: dict[str, Any] = {
    "sessions": gettext_lazy("Ended sessions of staff"),
    "originals": gettext_lazy("Files just as they were sent, once their safe copy is made"),
    "deliveries": gettext_lazy("What an event owed to a part of the program, once done"),
    "messages": gettext_lazy("Messages that were read or sent"),
    "readings": gettext_lazy("Who opened what: the records; their seals stay"),
    "runs": gettext_lazy("Backups, drills and sweeps that were run: that they were, and their figures"),
}


def kept_lines() -> Iterator[KeptLine]:
    """Yield each class of operations/data/retention.csv, what is outside the database last."""
    for name in classes():
        days = days_of(name)
        how_long = spoken(timedelta(days=days)) if days else _("As long as what was sent")
        yield KeptLine(WORDS[name], how_long, OPERATOR, SWEEP if days else "")
    yield KeptLine(_("Logs of the machine: codes and ids"), spoken(LOGS), OPERATOR)
    for words, days in (
        (_("Backups of the data, which open with a newer backup of the keys"), settings.BACKUP_DAYS),
        (_("Backups of the keys: after these days no copy opens what was deleted"), settings.BACKUP_KEY_DAYS),
    ):
        yield KeptLine(words, spoken(timedelta(days=days)), OPERATOR)
