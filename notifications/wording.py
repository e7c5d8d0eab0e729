"""An office's own words of a message: written, approved where they promise something, ended, and found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Membership, Office, Role, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from notifications.kinds import KINDS
from notifications.models import Message, Wording
from notifications.rules import LONGEST, Problem, fill, problems
from notifications.versions import next_number, note_end

WHY = {
    "unknown": _("{what} stands in braces and is none of the fields."),
    "stray": _("A brace has no partner."),
    "title": _("The subject is one line without braces: a locked phone shows it."),
    "link": _("{{link}} is missing: without the address nobody can follow this message."),
    "no_link": _("{{link}} has no place here: this message carries no address."),
    "phone": _("{{phone}} stands here, and the office has no phone. Write one under Our office first."),
    "tells": _("“{what}” tells whoever holds the phone what this is about."),
    "name": _("“{what}” is a name: whoever holds the phone would know who writes."),
    "long": _("This is longer than {most} text messages: the pieces may come in any order."),
}


class NotFitToSend(Refused):
    message = _("These words cannot be sent.")


class SomethingElseWritten(Refused):
    status = 409
    message = _("Somebody wrote a newer version meanwhile: it is listed here. Save again to write the next.")


class EndedAlready(Refused):
    status = 409
    message = _("These words are used no more already.")


@dataclass(frozen=True)
class Words:
    """The words of one message as they go out, but for what is put in braces."""

    title: str
    body: str


@transaction.atomic
def write_wording(
    office: Office,
    *,
    kind: str,
    language: str,
    title: str,
    body: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Wording:
    """Write the next version of an office's words for a kind of message.

    `seen` is the number of the newest version when the page was opened, None where nobody looked. Raises
    Forbidden; NotFitToSend with everything that is wrong; SomethingElseWritten.
    """
    if not may_word(by, office):
        raise Forbidden
    if wrong := [*wrong_with(office, kind, title, body)]:
        raise NotFitToSend(said(wrong))
    Office.objects.select_for_update(of=("self",)).get(pk=office.pk)  # two writers get two numbers
    number = next_number(versions_of(office, kind, language))
    if seen is not None and seen != number - 1:
        raise SomethingElseWritten
    wording = Wording.objects.create(
        office=office,
        kind=kind,
        language=language,
        number=number,
        title=title.strip(),
        body=body.strip(),
        must_be_approved=KINDS[kind].for_applicants,
        written_by=by,
        written_at=at,
    )
    data = {"kind": kind, "language": language, "number": wording.number}
    record("notifications.wording_written", wording, by=by, at=at, data=data)
    return wording


@transaction.atomic
def end_wording(wording: Wording, *, by: User, at: datetime) -> None:
    """Use these words no more, but an older version that is fit, else the program's.

    Raises Forbidden; EndedAlready.
    """
    if not may_word(by, wording.office):
        raise Forbidden
    if not note_end(wording, by=by, at=at):
        raise EndedAlready
    record("notifications.wording_ended", wording, by=by, at=at)


def may_word(user: User, office: Office) -> bool:
    return user.has_role(Role.ADMINISTRATOR) and user.office == office


def wrong_with(office: Office, kind: str, title: str, body: str) -> Iterable[Problem]:
    """Return all that keeps words from being used for a kind of message."""
    people = Membership.objects.filter(office=office).values_list("user__name", flat=True)
    return problems(
        title,
        body,
        needs_link=KINDS[kind].carries_link,
        names=[office.name, *people],
        phone=office.phone,
        is_short=KINDS[kind].for_applicants,
    )


def said(wrong: Iterable[Problem]) -> str:
    """Return problems in words, each in a sentence of its own."""
    return " ".join(str(WHY[one.code]).format(what=one.what, most=LONGEST) for one in wrong)


def versions_of(office: Office, kind: str, language: str) -> Any:
    """Return the versions of an office's words, newest first."""
    rows = Wording.objects.filter(office=office, kind=kind, language=language)
    return rows.select_related("written_by", "approved_by", "ended_by", "office").order_by("-number")


# --- what goes out --------------------------------------------------------------------------------


def fit_words(office_id: int, languages: Iterable[str]) -> dict[tuple[str, str], Words]:
    """Return the words an office uses in place of the program's: {(kind, language): words}."""
    rows = Wording.objects.filter(office=office_id, language__in=list(languages), ended_at=None)
    fit = rows.exclude(must_be_approved=True, approved_at=None).order_by("number")
    return {
        (kind, language): Words(title, body)
        for kind, language, title, body in fit.values_list("kind", "language", "title", "body")
    }


def words_of(message: Message, own: Mapping[tuple[str, str], Words], *, language: str, phone: str) -> Words:
    """Return what a message says in a language: the office's own words where it has some, else the program's.

    Called with that language active; `phone` is the office's by now. Words that ask for one it does not have
    any more give way to the program's.
    """
    words = own.get((message.kind, language))
    if words is None or ("{phone}" in words.body and not phone):
        return Words(message.title, message.body)
    return Words(words.title, fill(words.body, phone=phone, link=message.address))


def program_words(kind: str) -> Words:
    """Return the program's own words of a kind in the active language, as an office would write them."""
    body = str(KINDS[kind].body)
    return Words(str(KINDS[kind].title), f"{body}\n\n{{link}}" if KINDS[kind].carries_link else body)
