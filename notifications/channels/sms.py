"""Text messages: through the gateway that the settings name. In development a folder takes them.

An installation that names none has no text messages: whoever wants one is a task for a person.
"""

import json
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from notifications.channels.carrier import Carrier, Client, Outgoing
from notifications.models import Channel


class FileGateway:
    """Writes each text into a folder, under its key: a second copy takes the place of the first."""

    def send(self, outgoing: Outgoing) -> str:
        folder = Path(settings.SMS_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"to": outgoing.to, "text": outgoing.body}, ensure_ascii=False)
        (folder / f"{outgoing.key}.json").write_text(text)
        return outgoing.key


def _gateway() -> Client | None:
    """Return the gateway that the settings name, or None."""
    return cast(Client, import_string(settings.SMS_GATEWAY)()) if settings.SMS_GATEWAY else None


CARRIER = Carrier(
    channel=Channel.TEXT, ways=frozenset({"text"}), address="phone", client=_gateway(), rings=True
)
