"""`manage.py check`: nobody waits for an event that never comes."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, register

from foundation.events.ledger import listened_to
from foundation.house import our_sources

# A name in quotes, unless it is listened to or looked for.
NAMED = re.compile(r"""(?<!@on\()(?<!name=)["']([a-z_]+\.[a-z_]+)["']""")


@register("events")
def listeners_hear_something(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every event somebody listens to is recorded somewhere in our code."""
    recorded = names_in(our_sources())
    return [
        Error(f"{' and '.join(keys)}: nothing in our code records {name!r}.", id="events.E001")
        for name, keys in listened_to().items()
        if name not in recorded
    ]


def names_in(sources: Iterable[Path]) -> set[str]:
    """Return the names of events that our code records; the lists in the events.py do not count."""
    return {name for path in sources if path.name != "events.py" for name in NAMED.findall(path.read_text())}
