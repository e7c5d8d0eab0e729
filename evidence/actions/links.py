"""Put an address or a file in line to be read into the library."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evidence import originals
from evidence.clients.fetch import MOST_BYTES, NotFetched, check_url
from evidence.models import Link, LinkStatus
from evidence.reader import judge
from evidence.reading.kinds import KINDS, kind_of
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
        raise NotAPage(why_not(reason.code)) from None
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
    if by.office is None:
        raise Forbidden
    judge(raw, name)
    link = Link.objects.create(
        office=by.office,
        url=url,
        kind=kind,
        upload_sha256=originals.keep(raw),
        upload_type=KINDS[kind_of(raw)].media_type,
        asked_by=by,
        asked_at=at,
        next_try_at=at,
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
    "large": _("The page is larger than %(size)s MB."),
    "slow": _("The site took too long to answer."),
    "certificate": _("The site's certificate is not valid."),
    "cut_short": _("The page came cut short: the site sent less than it announced. Try again."),
    "unreachable": _("The site could not be reached."),
}


def why_not(code: str) -> str:
    """Return why a page was not fetched, in words."""
    return str(WHY_NOT.get(code, WHY_NOT["unreachable"])) % {"size": MOST_BYTES // 1_000_000}
