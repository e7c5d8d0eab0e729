"""Pages are fetched into the library by the worker, never while someone waits for a page of ours."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evidence.actions import AlreadyInLibrary, add_document
from evidence.clients.fetch import Exchange, Fetcher, NotFetched, check_url
from evidence.clients.warc import as_warc
from evidence.models import Capture, Document, Link, LinkStatus
from evidence.reading import Reading, read
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


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
    return link


class NotAPage(Refused):
    message = _("This address cannot be fetched.")


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


def _fetch(link: Link, client: Fetcher, at: datetime) -> None:
    try:
        chain = client.fetch(link.url)
        page = chain[-1]
        if page.status != HTTPStatus.OK:
            raise NotAPage(_("The site answered %(status)s.") % {"status": page.status})
        reading = read(page.body, declared=page.header("content-type"))
    except NotFetched as reason:
        _refuse(link, why_not(reason.code))
    except Refused as refused:
        _refuse(link, str(refused))
    else:
        _keep(link, chain, reading, at)


@transaction.atomic
def _refuse(link: Link, reason: str) -> None:
    Link.LIFE.move(
        link, LinkStatus.REFUSED, by="system:capture", event="evidence.link_refused", reason=reason[:300]
    )


def _keep(link: Link, chain: list[Exchange], reading: Reading, at: datetime) -> None:
    try:
        with transaction.atomic():
            document = add_document(
                reading.text,
                capture=Capture.LINK,
                url=chain[-1].url,
                kind=link.kind,
                reading=reading,
                original=chain[-1].body,
                warc=as_warc(chain),
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
    Link.LIFE.move(
        link, LinkStatus.KEPT, by="system:capture", event="evidence.link_kept", document_id=document.pk
    )
