"""Sentences that promise something: a lawyer approves each, word for word, before it may be shown.

Development and demos show them marked as they are; production refuses to, until the file that
INTAKE_APPROVALS names holds an approval of exactly these words in the language of the page
(`manage.py approve_words`).
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from foundation.refused import Refused

# Every promise by name: of the pages `consent` and `benefits`, and what is said after the answers were sent.
PROMISES: dict[str, Any] = {
    "consent": _("Can we keep your answers and read them to see if we can help?"),
    "not-lawyers-yet": _(
        "We are not your lawyers yet. We do not share your answers with the government unless a judge "
        "makes us, and we would tell you if we could."
    ),
    "private": _(
        "We do not share your answers with the government unless a judge makes us, and we would tell you "
        "if we could."
    ),
    "notice-kept": _(
        "We keep nothing before you say yes. Then we keep what you tell us and what you send us."
    ),
    "notice-locked": _("It is locked when we keep it, and we note each time that somebody opens it."),
    "notice-readers": _("People who work in this office read your answers."),
    "notice-lawyers": _("A lawyer we ask first reads about the case without your name."),
    "notice-story": _("Your story and any arrests are for you and your own lawyer alone."),
    "notice-drafts": _("A form that you do not send is deleted after some days. The form says on which day."),
    "notice-delete": _("You can ask us to delete what you told us. Your receipt opens the page for it."),
    "notice-must-keep": _("We must keep what a judge or a law tells us to keep."),
    "sent": _("A person on our team will read your answers. We have not agreed to be your lawyer yet."),
    "look": _("A person on our team reads your answers by %(day)s."),
    "benefits": _("We do not tell the government what you say here."),
}
# What the return page says, which whoever holds the receipt reads: by the steps of a matter and by what staff
# put there (intake/models: Step, Posting.Kind).
PROMISES |= {
    "step-received": _("We have what you sent. A person on our team reads it."),
    "step-reading": _("A person on our team works on it."),
    "step-seeking": _("We ask lawyers, one after the other. This can take weeks."),
    "step-taken": _("A lawyer said yes. They reach you in the safe way you chose."),
    "step-news": _(
        "We have something to tell you. A person tells you: in the safe way you chose, or when you come."
    ),
    "step-handed_over": _(
        "Another organization helps you now. Somebody from our office talked with you about it."
    ),
    "step-declined": _(
        "Somebody from our office talked with you. It does not mean that what you say is not true, or that"
        " nobody can help."
    ),
    "step-closed": _("We finished. If you need help again, call us or start again."),
    "posted-paper": _("Please send a photo of the paper we talked about."),
    "posted-call": _("Please call us."),
    "posted-come": _("Please come to our office."),
    "posted-letter": _("A letter from us is ready. You can get it at our office."),
    "asked-goes-on": _("If you cannot get it, say so here. We go on with your case all the same."),
}


class NotApproved(Refused):
    """A promise of this page was not approved: nobody may be shown it."""

    status = 503
    message = _("This page is not open yet. Please call us.")


@dataclass(frozen=True)
class Approval:
    """Who approved which words, when: `sha256` is of the words as shown."""

    name: str
    language: str
    sha256: str
    by: str
    on: str


def register_promises(promises: dict[str, Any]) -> None:
    """Add promises an app above this one makes, by name."""
    PROMISES.update(promises)


class BadRecord(ValueError):
    """The file of approvals is not what it should be; the message names it."""


def approvals() -> list[Approval]:
    """Return the approvals on record; none if there is no file."""
    path = Path(settings.INTAKE_APPROVALS)
    if not path.is_file():
        return []
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("approval", [])
        return [Approval(**{name: str(value) for name, value in row.items()}) for row in rows]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise BadRecord(f"{path.name} cannot be read: {error}") from error


def approve(language: str, *, by: str, on: str) -> int:
    """Add an approval of every promise's present words in a language; return how many."""
    rows = [Approval(name, language, digest(words_in(name, language)), by, on) for name in PROMISES]
    with Path(settings.INTAKE_APPROVALS).open("a", encoding="utf-8") as file:
        for row in rows:
            values = "".join(f"{name} = {json.dumps(value)}\n" for name, value in asdict(row).items())
            file.write(f"[[approval]]\n{values}\n")
    return len(rows)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def words_in(name: str, language: str) -> str:
    with override(language):
        return str(PROMISES[name])


def wording(name: str) -> str:
    """Name the exact words of a promise in the active language, to keep beside a consent."""
    return digest(str(PROMISES[name]))[:16]


def is_approved(name: str, language: str, words: str) -> bool:
    return (name, language, digest(words)) in {
        (approval.name, approval.language, approval.sha256) for approval in approvals()
    }


def unapproved() -> Iterator[tuple[str, str]]:
    """Yield (name, language) of every promise whose present words nobody approved."""
    for name in PROMISES:
        for language, _label in settings.LANGUAGES:
            if not is_approved(name, language, words_in(name, language)):
                yield name, language


def may_show(name: str) -> bool:
    """Tell whether a promise may be shown in the language of the page: always outside production."""
    return not settings.PRODUCTION or is_approved(name, str(get_language()), str(PROMISES[name]))


def _shown(name: str) -> str:
    if not may_show(name):
        raise NotApproved
    return str(PROMISES[name])


# A promise to put into a page: looked up when it is shown.
promise = lazy(_shown, str)


def promise_look(day: date | None) -> str:
    """Return the promise that a person reads a form by a day; "" where the office promises none."""
    return str(promise("look")) % {"day": date_format(day, "l, j F")} if day else ""


def notice() -> list[tuple[Any, list[Any]]]:
    """Return the privacy notice: parts of it by their titles, each with its sentences."""
    device = [
        _("These pages keep small marks (cookies) in your browser, so that the form opens again."),
        _("Leave takes them away. It does not clear what your browser remembers of the pages you saw."),
    ]
    return [
        (_("What we keep"), _promised("kept", "locked")),
        (_("Who reads it"), [*_promised("readers", "lawyers", "story"), promise("private")]),
        (_("How long we keep it"), _promised("drafts", "delete", "must-keep")),
        (_("This phone or computer"), device),
    ]


def _promised(*names: str) -> list[Any]:
    return [promise(f"notice-{name}") for name in names]
