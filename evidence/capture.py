"""Pages are fetched and files are read into the library by the worker, never while someone waits for a page
of ours. A `Link` is what waits for it: an address, or a file or text that lies among the originals."""

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from evidence import originals
from evidence.actions.library import AlreadyInLibrary, NothingToQuote, add_document
from evidence.clients.fetch import Exchange, Fetcher, NotFetched
from evidence.clients.warc import as_warc
from evidence.models import Capture, Document, Link, LinkStatus, Snapshot
from evidence.pictures import of_pictures_alone
from evidence.reader import Unreadable, check_is_a_text, read, read_pasted
from evidence.reading.result import Reading
from foundation.refused import Refused
from foundation.work.models import DONE

WORKER = "system:capture"


def fetcher() -> Fetcher:
    """Return the client that the settings name."""
    client: Fetcher = import_string(settings.EVIDENCE_FETCHER)()
    return client


@dataclass(frozen=True)
class Source:
    """What a link led to: the file, where it lies, and the exchanges it was fetched by."""

    raw: bytes = field(repr=False)
    url: str
    chain: list[Exchange] = field(default_factory=list)

    @property
    def charset(self) -> str:
        """The character set its site named, or nothing."""
        return self.chain[-1].charset if self.chain else ""


@dataclass(frozen=True)
class Fetched:
    """What a link led to and what that says, or a code of `refusal_words` for why it is not taken.

    `of_pictures`: what it says was recognized on its pages, so that somebody has to look at it.
    """

    source: Source | None = None
    reading: Reading | None = None
    reason: str = ""
    of_pictures: bool = False


def fetch(link: Link, *, client: Fetcher) -> Fetched:
    """Fetch and read what a link leads to, in no transaction."""
    try:
        source = _sent(link) if link.upload_sha256 else _page(link, client)
        reading, of_pictures = (read_pasted(source.raw), False) if link.pasted else _read(source)
        check_is_a_text(reading)
        return Fetched(source, reading, of_pictures=of_pictures)
    except (NotFetched, Unreadable) as refused:
        return Fetched(reason=refused.code)


def _read(source: Source) -> tuple[Reading, bool]:
    """Return what a file says, and whether that was recognized: a PDF of pictures alone is read like a photo.

    Raises Unreadable with the reason.
    """
    try:
        return read(source.raw, charset=source.charset), False
    except Unreadable as refused:
        if refused.code != "pictures_only":
            raise
        return of_pictures_alone(source.raw), True


def _sent(link: Link) -> Source:
    """Return the file that was sent. Raises NotFetched where it is gone."""
    try:
        return Source(originals.path_of(link.upload_sha256).read_bytes(), link.url)
    except FileNotFoundError:
        raise NotFetched("no_longer_here") from None


def _page(link: Link, client: Fetcher) -> Source:
    """Return the page of an address.

    Raises NotFetched where its site does not answer 200, or less than all of it; Unreadable where a check
    for robots stands in its place.
    """
    chain = client.fetch(link.url)
    page = chain[-1]
    if page.is_challenge:
        raise Unreadable("challenge")
    if page.status != HTTPStatus.OK:
        raise NotFetched(f"answered:{page.status}")
    if page.is_cut_short:
        raise NotFetched("cut_short")
    return Source(page.body, page.url, chain)


@transaction.atomic
def keep(link: Link, fetched: Fetched, *, at: datetime) -> None:
    """Keep what a link led to as a source of the library, or the reason why it is none."""
    if fetched.source is None or fetched.reading is None:
        refuse(link, fetched.reason)
        return
    try:
        with transaction.atomic():
            document = _add(link, fetched, fetched.source, fetched.reading, at)
    except AlreadyInLibrary as refused:
        document = refused.document
    except NothingToQuote:
        refuse(link, "nothing_to_quote")
        return
    except Refused as refused:
        refuse(link, str(refused))
        return
    _kept(link, document)


def _add(link: Link, fetched: Fetched, source: Source, reading: Reading, at: datetime) -> Document:
    came = Capture.PASTE if link.pasted else Capture.LINK if source.chain else Capture.UPLOAD
    return add_document(
        reading.text,
        capture=Capture.RECOGNIZED if fetched.of_pictures else came,
        url=source.url,
        kind=link.kind,
        reading=reading,
        original=b"" if link.pasted else source.raw,  # what was pasted is the text itself
        warc=as_warc(source.chain) if source.chain else b"",
        by=link.asked_by,
        at=at,
    )


def refuse(link: Link, reason: str, *, by: Any = WORKER) -> None:
    """Note, in a code of `refusal_words`, why what a link leads to is not taken."""
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
