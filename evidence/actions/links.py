"""Put an address, a file or a text in line to be read into the library."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evidence import originals
from evidence.clients.fetch import NotFetched, check_url
from evidence.models import Link, LinkStatus
from evidence.reader import Unreadable, judge
from evidence.reading.kinds import KINDS, LARGEST, Kind, kind_of
from evidence.words import refusal_words
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.work.nudging import wake

LINKS = "links"  # the line of what is to be fetched or read


@transaction.atomic
def add_link(url: str, *, kind: str, by: User, at: datetime) -> Link:
    """Put an address in line for the worker; refused at once where it is no plain web address.

    Raises Forbidden for someone of no office; NotAPage for an address nobody may fetch.
    """
    if by.office is None:
        raise Forbidden
    try:
        check_url(url)
    except NotFetched as reason:
        raise NotAPage(refusal_words(reason.code)) from None
    link = Link.objects.create(office=by.office, url=url, kind=kind, asked_by=by, asked_at=at, next_try_at=at)
    record("evidence.link_asked", link, by=by, at=at)
    wake(LINKS)
    return link


@transaction.atomic
def add_file(raw: bytes, *, name: str, kind: str, url: str = "", by: User, at: datetime) -> Link:
    """Keep a file that was sent and put it in line for the worker.

    `url` is where it was published. Raises Unreadable where it is refused at a glance. Raises Forbidden
    for someone of no office.
    """
    judge(raw, name)
    return _wait(raw, KINDS[kind_of(raw)], kind=kind, url=url, by=by, at=at)


@transaction.atomic
def add_text(text: str, *, kind: str, url: str = "", by: User, at: datetime) -> Link:
    """Keep a text that was pasted and put it in line for the worker, to be read as a file of text is.

    Raises Forbidden for someone of no office; Unreadable for a text without words, or of too many.
    """
    raw = text.encode()
    if not raw.strip() or len(raw) > LARGEST:
        raise Unreadable("too_big" if raw.strip() else "empty")
    return _wait(raw, KINDS["text"], kind=kind, url=url, pasted=True, by=by, at=at)


def _wait(raw: bytes, of: Kind, *, by: User, at: datetime, **about: Any) -> Link:
    """Keep what was sent among the originals and put it in line."""
    if by.office is None:
        raise Forbidden
    link = Link.objects.create(
        office=by.office,
        upload_sha256=originals.keep(raw),
        upload_type=of.media_type,
        asked_by=by,
        asked_at=at,
        next_try_at=at,
        **about,
    )
    record("evidence.file_sent", link, by=by, at=at)
    wake(LINKS)
    return link


@transaction.atomic
def retry_link(link: Link, *, by: User, at: datetime) -> Link:
    """Ask once more for a page that could not be fetched, in place of the old one.

    Raises Forbidden for someone of another office; NotAPage for a file: it was not kept, and must be sent
    again; NotAllowed for what is no longer refused.
    """
    if link.upload_sha256:
        raise NotAPage(_("This file was not kept. Please send it again."))
    remove_link(link, by=by)
    return add_link(link.url, kind=link.kind, by=by, at=at)


@transaction.atomic
def remove_link(link: Link, *, by: User) -> None:
    """Take what could not be read off the list.

    Raises Forbidden for someone of another office; NotAllowed for what waits or was kept.
    """
    if by.office_id != link.office_id:
        raise Forbidden
    Link.LIFE.move(link, LinkStatus.REMOVED, by=by, event="evidence.link_removed")


class NotAPage(Refused):
    message = _("This address cannot be fetched.")
