"""Pages are fetched and files are read into the library by the worker, never while someone waits for a page
of ours. A `Link` is what waits for it: an address, or a file that was sent and lies among the originals."""

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from evidence import originals
from evidence.actions import AlreadyInLibrary, add_document
from evidence.clients.fetch import Exchange, Fetcher, NotFetched, check_url
from evidence.clients.warc import as_warc
from evidence.models import Capture, Document, Link, LinkStatus, Snapshot
from evidence.reader import judge, read
from evidence.reading.kinds import MEDIA_TYPES, kind_of
from evidence.reading.result import Reading
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.work.models import DONE
from foundation.work.nudging import wake

LINKS = "links"  # the line of what is to be fetched or read
WORKER = "system:capture"


@transaction.atomic
def ask_for_link(url: str, *, kind: str, by: User, at: datetime) -> Link:
    """Put an address in line for the worker; refused at once where it is no plain web address."""
    if by.office is None:
        raise Forbidden
    try:
        check_url(url)
    except NotFetched as reason:
        raise NotAPage(why_not(reason.code)) from None
    link = Link.objects.create(office=by.office, url=url, kind=kind, asked_by=by, asked_at=at, next_try_at=at)
    record("evidence.link_asked", link, by=by, at=at)
    wake(LINKS)
    return link


@transaction.atomic
def ask_for_file(raw: bytes, *, name: str, kind: str, url: str = "", by: User, at: datetime) -> Link:
    """Keep a file that was sent and put it in line for the worker.

    `url` is where it was published. Raises Unreadable where it is refused at a glance.
    """
    if by.office is None:
        raise Forbidden
    judge(raw, name)
    link = Link.objects.create(
        office=by.office,
        url=url,
        kind=kind,
        upload_sha256=originals.keep(raw),
        upload_type=MEDIA_TYPES[kind_of(raw)],
        asked_by=by,
        asked_at=at,
        next_try_at=at,
    )
    record("evidence.file_sent", link, by=by, at=at)
    wake(LINKS)
    return link


def fetcher() -> Fetcher:
    """Return the client that the settings name."""
    client: Fetcher = import_string(settings.EVIDENCE_FETCHER)()
    return client


class NotAPage(Refused):
    message = _("This address cannot be fetched.")


class NoLongerHere(Refused):
    message = _("This file is no longer here. Please send it again.")


WHY_NOT = {
    "scheme": _("Only http and https addresses can be fetched."),
    "userinfo": _("An address with a name or password in it is not fetched."),
    "port": _("Only the usual web ports are fetched."),
    "host": _("This address names no site."),
    "malformed": _("This is not a web address."),
    "name": _("There is no site of this name."),
    "address": _("This address leads into a private network. It is not fetched."),
    "redirects": _("The site sends from page to page without end."),
    "large": _("The page is larger than 20 MB."),
    "slow": _("The site took too long to answer."),
    "certificate": _("The site's certificate is not valid."),
    "unreachable": _("The site could not be reached."),
}


def why_not(code: str) -> str:
    """Return why a page was not fetched, in words."""
    return str(WHY_NOT.get(code, WHY_NOT["unreachable"]))


@dataclass(frozen=True)
class Source:
    """What a link led to: the file, where it lies, and the exchanges it was fetched by."""

    raw: bytes = field(repr=False)
    url: str
    chain: list[Exchange] = field(default_factory=list)


@dataclass(frozen=True)
class Fetched:
    """What a link led to and what that says, or in words why it is not taken."""

    source: Source | None = None
    reading: Reading | None = None
    reason: str = ""


def fetch(link: Link, *, client: Fetcher) -> Fetched:
    """Fetch and read what a link leads to, in no transaction."""
    try:
        source = _sent(link) if link.upload_sha256 else _page(link, client)
        return Fetched(source, read(source.raw))
    except NotFetched as not_fetched:
        return Fetched(reason=why_not(not_fetched.code))
    except Refused as refused:
        return Fetched(reason=str(refused))


def _sent(link: Link) -> Source:
    try:
        return Source(originals.path_of(link.upload_sha256).read_bytes(), link.url)
    except FileNotFoundError:
        raise NoLongerHere from None


def _page(link: Link, client: Fetcher) -> Source:
    chain = client.fetch(link.url)
    page = chain[-1]
    if page.status != HTTPStatus.OK:
        raise NotAPage(_("The site answered %(status)s.") % {"status": page.status})
    return Source(page.body, page.url, chain)


@transaction.atomic
def keep(link: Link, fetched: Fetched, *, at: datetime) -> None:
    """Keep what a link led to as a source of the library, or the reason why it is none."""
    if fetched.source is None or fetched.reading is None:
        refuse(link, fetched.reason)
        return
    try:
        with transaction.atomic():
            document = _add(link, fetched.source, fetched.reading, at)
    except AlreadyInLibrary as refused:
        document = refused.document
    except Refused as refused:
        refuse(link, str(refused))
        return
    _kept(link, document)


def _add(link: Link, source: Source, reading: Reading, at: datetime) -> Document:
    return add_document(
        reading.text,
        capture=Capture.LINK if source.chain else Capture.UPLOAD,
        url=source.url,
        kind=link.kind,
        reading=reading,
        original=source.raw,
        warc=as_warc(source.chain) if source.chain else b"",
        by=link.asked_by,
        at=at,
    )


def refuse(link: Link, reason: str, *, by: Any = WORKER) -> None:
    """Note why what a link leads to is not taken."""
    event = "evidence.file_refused" if link.upload_sha256 else "evidence.link_refused"
    Link.LIFE.move(link, LinkStatus.REFUSED, by=by, event=event, reason=reason[:300], **DONE)
    transaction.on_commit(lambda: _forget_unused(link.upload_sha256))


def _kept(link: Link, document: Document) -> None:
    event = "evidence.file_kept" if link.upload_sha256 else "evidence.link_kept"
    Link.LIFE.move(link, LinkStatus.KEPT, by=WORKER, event=event, document_id=document.pk, **DONE)
    transaction.on_commit(lambda: _forget_unused(link.upload_sha256))


@transaction.atomic
def _forget_unused(sha256: str) -> None:
    """Delete a file that was sent and became no source, unless another waits or was made of the same file."""
    waiting = Link.objects.filter(upload_sha256=sha256, status=LinkStatus.WAITING)
    if sha256 and not (waiting.exists() or Snapshot.objects.filter(original_sha256=sha256).exists()):
        originals.forget(sha256)
