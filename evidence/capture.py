"""Pages are fetched and files are read into the library by the worker, never while someone waits for a page
of ours. A `Link` is what waits for it: an address, or a file that was sent and lies among the originals."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import Q
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
from foundation.events.ledger import nudge, record
from foundation.refused import Forbidden, Refused

TASK = "evidence.tasks.fetch_waiting_links"


@transaction.atomic
def ask_for_link(url: str, *, kind: str, by: User, at: datetime) -> Link:
    """Put an address in line for the worker; refused at once where it is no plain web address."""
    if by.office is None:
        raise Forbidden
    try:
        check_url(url)
    except NotFetched as reason:
        raise NotAPage(why_not(reason.code)) from None
    link = Link.objects.create(office=by.office, url=url, kind=kind, asked_by=by, asked_at=at)
    record("evidence.link_asked", link, by=by, at=at)
    nudge(TASK)
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
    )
    record("evidence.file_sent", link, by=by, at=at)
    nudge(TASK)
    return link


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
