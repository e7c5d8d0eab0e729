"""What an office needs before real people may use it: what is done, what is missing, and where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from cases.models import LawReader
from foundation.accounts.kits import has_kit
from foundation.accounts.models import Membership, Office, Role
from intake.promises import PROMISES, BadRecord, unapproved
from letters.queries import slots_of
from referrals.models import Practitioner

FILE_MAIL = "django.core.mail.backends.filebased.EmailBackend"


@dataclass(frozen=True)
class Item:
    """One thing an office needs: `address` is the page where it is done, "" where a command or setting does.

    `how` says what to do where it is not done. What `must` be done keeps real people out until it is.
    """

    words: str
    is_done: bool
    how: str
    address: str = ""
    must: bool = True


def ready_items(office: Office, *, on: date) -> list[Item]:
    """Return all of it, in the order somebody does it."""
    return [*_installed(office), *_keys(office), *_office(office), *_people(office), *_placing(office, on=on)]


def missing(items: list[Item]) -> int:
    """Return how many things that must be done are not."""
    return sum(1 for item in items if item.must and not item.is_done)


def _installed(office: Office) -> Iterator[Item]:
    yield Item(
        _("The address is one of the secure web (https)"),
        settings.SITE_URL.startswith("https://"),
        _("Set SITE_URL, and put the proxy that speaks TLS in front."),
    )
    yield Item(
        _("Mail leaves the building"),
        settings.EMAIL_BACKEND != FILE_MAIL,
        _("Set EMAIL_URL to your mail server. Until then mail is written to files."),
    )
    left = {"n": _unapproved(office)}
    yield Item(
        _("A lawyer approved every promise, word for word, in every language on offer"),
        left["n"] == 0,
        _("%(n)d are not approved. The command approve_words lists them and records an approval.") % left,
    )


def _unapproved(office: Office) -> int:
    """Return how many promises on offer nobody approved: all of them where the record cannot be read."""
    try:
        return sum(1 for _name, language in unapproved() if language in office.offered)
    except BadRecord:
        return len(PROMISES) * len(office.offered)


def _keys(office: Office) -> Iterator[Item]:
    yield Item(
        _("A key-recovery kit was made, and opened to try it"),
        has_kit(office),
        _("The command recovery_kit makes one. Without it a lost server is the loss of every answer."),
    )


def _office(office: Office) -> Iterator[Item]:
    page = reverse("office")
    yield Item(
        _("The office has a phone that people can call"), bool(office.phone), _("Write it down."), page
    )
    spoken = {code for code, words in office.hours_in.items() if words}
    yield Item(
        _("Its hours are said in every language of the pages"),
        spoken >= set(office.offered),
        _("Write them in each language."),
        page,
    )
    unread = [code for code in office.offered if office.is_unreviewed(code)]
    yield Item(
        _("Somebody who knows each language on offer has read its pages"),
        not unread,
        _("Have them read, and write down who did: %(languages)s. Or do not offer what nobody read.")
        % {"languages": ", ".join(str(get_language_info(code)["name_translated"]) for code in unread)},
        page,
    )
    yield Item(_("Its address is said"), bool(office.address), _("Write it down."), page, must=False)
    yield Item(
        _("It promises by when somebody looks at a form"),
        office.look_days is not None,
        _("Say within how many business days, or promise nothing."),
        page,
        must=False,
    )


def _people(office: Office) -> Iterator[Item]:
    page, active = reverse("people"), Membership.objects.filter(office=office, user__is_active=True)
    count = {
        role: active.filter(roles__contains=[role]).count() for role in (Role.CASEWORKER, Role.ADMINISTRATOR)
    }
    yield Item(
        _("A caseworker reads what comes in"), count[Role.CASEWORKER] > 0, _("Invite a caseworker."), page
    )
    yield Item(
        _("A second caseworker looks at what is urgent"),
        count[Role.CASEWORKER] > 1,
        _("Invite another one: an urgent case is closed by two people."),
        page,
        must=False,
    )
    yield Item(
        _("A second administrator can let the first in again"),
        count[Role.ADMINISTRATOR] > 1,
        _("Invite another one."),
        page,
        must=False,
    )


def _placing(office: Office, *, on: date) -> Iterator[Item]:
    yield Item(
        _("A queue is open"),
        office.queues.filter(closed_at=None).exists(),
        _("Without one no case can be referred."),
        reverse("panel:queues"),
    )
    panel = Practitioner.objects.filter(office=office, verified_at__isnull=False, user__is_active=True)
    yield Item(
        _("A practitioner's credentials are verified"),
        any(not one.is_expired(on=on) for one in panel),
        _("Invite an attorney, then verify who accepted."),
        reverse("panel:practitioners"),
    )
    slots = slots_of(office)
    yield Item(
        _("The words of every letter are written and approved"),
        all(slot.used for slot in slots),
        _("Write them, and have the lawyer you name approve them."),
        reverse("workspace:letter-templates"),
        must=False,
    )
    readers: Any = LawReader.objects.filter(office=office)
    yield Item(
        _("An attorney checks the law files"),
        readers.filter(ended_at=None).exists(),
        _("Name one."),
        reverse("workspace:law"),
        must=False,
    )
