"""What the worker does for the library: fetch and read what is linked, and recognize text on pictures."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence import capture, recognition
from evidence.actions.links import LINKS
from evidence.clients.fetch import Fetcher
from evidence.models import Link, Recognition
from evidence.reading.result import Reading
from foundation.work.line import Line, register


def keep_link(link: Link, fetched: capture.Fetched) -> None:
    capture.keep(link, fetched, at=timezone.now())


def given_up(link: Link, *, by: Any, at: datetime) -> None:
    """Tell whoever asked for it that it did not become a source."""
    capture.refuse(link, "given_up", by=by)


def keep_recognized(asked: Recognition, reading: Reading) -> None:
    recognition.keep(asked, reading, at=timezone.now())


def links(client: Fetcher | None = None) -> Line[Link]:
    """Return the line of links, fetched by a client; without one, by that of the settings."""
    return Line(
        key=LINKS,
        model=Link,
        title=_("A page or file for the library"),
        work=partial(capture.fetch, client=client) if client else fetch,
        keep=keep_link,
        given_up=given_up,
        related=("asked_by", "office"),
        lease=timedelta(minutes=5),
        tries=5,
        alone=True,
    )


def fetch(link: Link) -> capture.Fetched:
    return capture.fetch(link, client=capture.fetcher())


register(links())
RECOGNITIONS = register(
    Line(
        key=recognition.RECOGNITION,
        model=Recognition,
        title=_("Pages of a source to be read by text recognition"),
        work=recognition.recognized,
        keep=keep_recognized,
        related=("document",),
        lease=timedelta(hours=1),  # a long report takes seconds for each page
        tries=3,
        alone=True,
    )
)
