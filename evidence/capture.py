"""Pages are fetched and files are read into the library by the worker, never while someone waits for a page
of ours. A `Link` is what waits for it: an address, or a file that was sent and lies among the originals."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence import originals
from evidence.actions.library import AlreadyInLibrary, add_document
from evidence.actions.links import NoLongerHere, NotAPage, why_not
from evidence.clients.fetch import Exchange, Fetcher, NotFetched
from evidence.clients.warc import as_warc
from evidence.models import Capture, Document, Link, LinkStatus, Snapshot
from evidence.reader import read
from evidence.reading.result import Reading
from foundation.refused import Refused


def fetch_waiting(client: Fetcher, *, at: datetime, most: int = 20) -> int:
    """Fetch what waits in line and return how many were tried. The network is asked outside transactions."""
    tried = 0
    while tried < most and (link := _lease(at)):
        _fetch(link, client, at)
        tried += 1
    return tried


@transaction.atomic
def _lease(at: datetime) -> Link | None:
    """Take the next link for five minutes, so that no second worker asks the site too."""
    waiting = Link.objects.filter(status=LinkStatus.WAITING).filter(
        Q(leased_until=None) | Q(leased_until__lt=at)
    )
    link = waiting.select_for_update(skip_locked=True).order_by("asked_at").first()
    if link:
        link.leased_until = at + timedelta(minutes=5)
        link.save(update_fields=["leased_until"])
    return link


@dataclass(frozen=True)
class Source:
    """What a link led to: the file, where it lies, and the exchanges it was fetched by."""

    raw: bytes = field(repr=False)
    url: str
    chain: list[Exchange] = field(default_factory=list)


def _fetch(link: Link, client: Fetcher, at: datetime) -> None:
    try:
        source = _sent(link) if link.upload_sha256 else _page(link, client)
        reading = read(source.raw)
    except NotFetched as reason:
        _refuse(link, why_not(reason.code))
    except Refused as refused:
        _refuse(link, str(refused))
    else:
        _keep(link, source, reading, at)


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
def _refuse(link: Link, reason: str) -> None:
    event = "evidence.file_refused" if link.upload_sha256 else "evidence.link_refused"
    Link.LIFE.move(link, LinkStatus.REFUSED, by="system:capture", event=event, reason=reason[:300])
    transaction.on_commit(lambda: _forget_unused(link.upload_sha256))


def _keep(link: Link, source: Source, reading: Reading, at: datetime) -> None:
    try:
        with transaction.atomic():
            document = add_document(
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
            _kept(link, document)
    except AlreadyInLibrary as refused:
        with transaction.atomic():
            _kept(link, refused.document)
    except Refused as refused:
        _refuse(link, str(refused))


def _kept(link: Link, document: Document) -> None:
    event = "evidence.file_kept" if link.upload_sha256 else "evidence.link_kept"
    Link.LIFE.move(link, LinkStatus.KEPT, by="system:capture", event=event, document_id=document.pk)
    transaction.on_commit(lambda: _forget_unused(link.upload_sha256))


@transaction.atomic
def _forget_unused(sha256: str) -> None:
    """Delete a file that was sent and became no source, unless another waits or was made of the same file."""
    waiting = Link.objects.filter(upload_sha256=sha256, status=LinkStatus.WAITING)
    if sha256 and not (waiting.exists() or Snapshot.objects.filter(original_sha256=sha256).exists()):
        originals.forget(sha256)
