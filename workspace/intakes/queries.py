"""What a person told us and asks for, as the pages of their case show it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import Case
from foundation.accounts.models import Role, User
from foundation.vault.opening import open_many, open_one
from intake.models import Intake, Status, Step, Wish
from intake.posting import newest_step, on_page
from intake.queries import answers_of, narrative_of, open_wishes, replaced_answers
from intake.questionnaire.path import BY_KEY
from intake.review import Section, own_words, review_of, words_of
from intake.sheet import Sheet
from intake.told import Saved
from intake.words import WAYS, WRITE_WHEN, ZONES
from notifications.hours import terms_of
from notifications.models import Stop
from notifications.queries import reach_of
from workspace.names.queries import STORY, without_story

PURPOSE = "case page"
STARTED_SHOWN = 30
Pairs = list[tuple[str, str]]  # (question, answer in words)


@dataclass(frozen=True)
class Started:
    """A form begun on the telephone and not sent yet; nothing of it is opened."""

    id: uuid.UUID
    begun_by: str
    is_mine: bool
    begun_at: datetime
    saved_at: datetime


def started_by_phone(user: User, *, at: datetime) -> list[Started]:
    """Return the office's forms of the telephone that go on, one's own first, then what was touched last."""
    drafts = Intake.objects.filter(
        office=user.office_id, status=Status.DRAFT, typed_by__isnull=False, expires_at__gt=at
    )
    rows = drafts.select_related("typed_by").order_by("-saved_at")[:STARTED_SHOWN]
    listed = [
        Started(row.pk, row.typed_by.name, row.typed_by_id == user.pk, row.created_at, row.saved_at)
        for row in rows
        if row.typed_by
    ]
    return sorted(listed, key=lambda one: not one.is_mine)


def on_the_line(sheet: Sheet) -> Pairs:
    """Return who speaks while a form is taken down, and who interprets."""
    told, intake = sheet.told, sheet.intake
    caller = told.get("helper_name") or _("The person who needs help")
    languages = dict(settings.LANGUAGES)
    named = (
        (_("On the line"), caller),
        (_("Language of the conversation"), str(languages.get(intake.language, intake.language))),
        (_("Who interprets?"), intake.get_interpreted_display()),
    )
    return [(label, words) for label, words in named if words]


@dataclass(frozen=True)
class AnswerRow:
    """One page of the form with its answers; `number` is what the page's address ends in.

    `is_outside`: it was answered though the answers that lead to it say otherwise.
    """

    number: int
    heading: str
    is_group: bool
    is_answered: bool
    answers: Pairs
    is_outside: bool


@dataclass(frozen=True)
class AnswerSection:
    """A section of the form with the pages of it that were asked."""

    title: str
    rows: list[AnswerRow]


@dataclass(frozen=True)
class Replaced:
    """Answers as they stood until somebody changed them."""

    answers: Pairs
    until: datetime


@dataclass(frozen=True)
class ToldCard:
    """What the form says to one reader. `story_waits`: the story is not shown while names are open.

    `own_words` is what the person wrote for their attorney alone. `names_nobody`: they said that somebody
    here is a danger to them and gave no name, so that nobody could be compared. `helper` is who filled it
    in and how they are reached themself.
    """

    sections: list[AnswerSection]
    story_waits: bool
    own_words: Pairs
    replaced: list[Replaced]
    names_nobody: bool
    helper: Pairs


def told_of(
    case: Case,
    *,
    user: User,
    today: date,
    story_waits: bool,
    purpose: str = PURPOSE,
    saved: Saved | None = None,
) -> ToldCard:
    """Open what the person told us, as far as this reader may read it; `saved` is what is open already."""
    intake = case.intake
    sheet = Sheet(intake, saved or answers_of(intake, purpose=purpose), today)
    reads_on = user.has_role(Role.ATTORNEY) and not story_waits
    narrative = narrative_of(intake, purpose=purpose) if reads_on else {}
    return ToldCard(
        sections=answer_sections(without_story(review_of(sheet)) if story_waits else review_of(sheet)),
        story_waits=story_waits,
        own_words=[pair for key, value in narrative.items() for pair in own_words(BY_KEY[key], value)],
        replaced=[
            Replaced(words_of(answer.page, answer.value), answer.replaced_at)
            for answer in replaced_answers(intake, purpose=purpose)
            if not story_waits or answer.page.key not in STORY
        ],
        names_nobody=_names_nobody(sheet.answers.get("feared_here", {})),
        helper=_helper(sheet.path.values) if sheet.helper else [],
    )


def _helper(told: Mapping[str, Any]) -> Pairs:
    """Return who filled in the form for the person, and how to reach them."""
    named = (
        (_("Helper"), told.get("helper_name")),
        (_("Phone"), told.get("helper_phone")),
        (_("E-mail"), told.get("helper_email")),
    )
    return [(label, words) for label, words in named if words]


def _names_nobody(told: Mapping[str, Any]) -> bool:
    return told.get("feared_here") in ("yes", "talk") and not told.get("feared_name")


def answer_sections(sections: Iterable[Section]) -> list[AnswerSection]:
    """Return the sections of a review as plain values."""
    return [
        AnswerSection(
            str(section.title),
            [
                AnswerRow(
                    row.page.number, row.heading, row.is_group, row.is_answered, row.answers, row.is_outside
                )
                for row in section.rows
            ],
        )
        for section in sections
    ]


@dataclass(frozen=True)
class WishLine:
    """What somebody with the receipt asks for; all but a call are first confirmed with the person.

    `new_way` is how they may be reached instead, as (label, words). `is_unsafe`: never by the old way.
    """

    id: uuid.UUID
    words: str
    asked_at: datetime
    is_call: bool
    is_unsafe: bool
    new_way: Pairs


def wishes_of(case: Case, user: User) -> list[WishLine]:
    """Return what is asked for and was not decided, for caseworkers; nothing for others."""
    if not user.has_role(Role.CASEWORKER):
        return []
    wishes = list(open_wishes(case.intake))
    bring = [wish for wish in wishes if wish.kind in (Wish.Kind.CONTACT, Wish.Kind.UNSAFE)]
    opened = open_many(bring, "value", purpose=PURPOSE) if bring else {}
    return [
        WishLine(
            wish.pk,
            wish.get_kind_display(),
            wish.asked_at,
            wish.kind == Wish.Kind.CALL,
            wish.kind == Wish.Kind.UNSAFE,
            _new_way(opened[wish.pk].value) if wish.pk in opened else [],
        )
        for wish in wishes
    ]


def _new_way(value: Mapping[str, Any]) -> Pairs:
    """Put a new way to be reached into words; nobody has checked it yet."""
    ways = ", ".join(str(WAYS.get(way, way)) for way in value.get("channels", ()))
    named = (
        (_("Ways"), ways),
        (_("Phone"), value.get("phone", "")),
        (_("E-mail"), value.get("email", "")),
        (_("Safe times"), value.get("safe_times", "")),
        (_("When we may write"), _parts(value.get("write_when") or ())),
        (_("Through someone"), value.get("through_name", "")),
    )
    return [(label, words) for label, words in named if words]


@dataclass(frozen=True)
class OnPage:
    """Something staff put on the return page and did not take off yet."""

    id: uuid.UUID
    words: str
    on: date
    asks: bool


@dataclass(frozen=True)
class SeenByPerson:
    """What whoever holds the receipt sees of the matter now.

    `read_by`: the day by which the office promised that a person reads the form, while nobody has.
    `only_received`: a helper's receipt, until somebody spoke with the person alone.
    """

    step: str
    since: date | None
    read_by: date | None
    only_received: bool
    postings: list[OnPage]


def seen_by_person(case: Case) -> SeenByPerson:
    """Return what the return page of a case's person says."""
    intake = case.intake
    newest = newest_step(intake)
    moment = newest.since if newest else intake.submitted_at
    return SeenByPerson(
        step=str(Step(newest.step if newest else Step.RECEIVED).label),
        since=case.office.today(moment) if moment else None,
        read_by=None if newest else intake.read_by,
        only_received=not intake.may_wish,
        postings=_postings(case),
    )


def _postings(case: Case) -> list[OnPage]:
    return [
        OnPage(row.pk, own or str(row.get_kind_display()), case.office.today(row.posted_at), row.asks)
        for row, own in on_page(case.intake, purpose=PURPOSE)
    ]


@dataclass(frozen=True)
class Contact:
    """How to reach someone safely, opened and in words for staff; `stopped` says why nothing may be sent.

    `is_unsafe`: they said that nobody may use these ways any more.
    """

    is_unsafe: bool
    ways: list[str]
    stopped: str
    phone: str
    email: str
    hours: str
    through: str
    may_leave_message: bool
    write_when: str
    zone: str
    may_tell: str


def contact_of(case: Case) -> Contact | None:
    """Open how the person of a case may be reached; None where they left no way."""
    reach = reach_of(case.matter_id)
    if reach is None:
        return None
    opened = open_one(reach, purpose=PURPOSE)
    terms = terms_of(opened.terms)
    return Contact(
        is_unsafe=reach.stopped == Stop.UNSAFE,
        ways=[str(WAYS.get(way, way)) for way in opened.ways],
        stopped=reach.get_stopped_display(),
        phone=opened.phone,
        email=opened.email,
        hours=opened.hours,
        through=opened.through,
        may_leave_message=reach.may_leave_message,
        write_when=_parts(terms.parts),
        zone=str(ZONES.get(terms.zone, "")),
        may_tell=", ".join(str(WAYS.get(way, way)) for way in terms.tells),
    )


def terms_now(case: Case) -> dict[str, Any]:
    """Return when and how we may write to the person of a case, as its form begins."""
    reach = reach_of(case.matter_id)
    return terms_of(open_one(reach, "terms", purpose=PURPOSE).terms if reach else None).kept()


def _parts(parts: Iterable[str]) -> str:
    """Return the parts of a day at which we may write, in words."""
    named = dict(WRITE_WHEN)
    return ", ".join(str(named.get(part, part)) for part in parts)


@dataclass(frozen=True)
class FormOfPerson:
    """The form behind a case: who filled it in, and what stands open about it.

    `is_short`: what is urgent was sent first, and the rest may not be told yet.
    """

    filled_in: str
    is_short: bool
    must_speak_alone: bool
    may_invite_story: bool
    story_invited: bool
    on_hold: bool


def form_of_person(case: Case, *, story_waits: bool) -> FormOfPerson:
    """Return how the form came about; the story waits while names are open."""
    intake = case.intake
    return FormOfPerson(
        filled_in=_filled_in(intake),
        is_short=intake.is_short,
        must_speak_alone=bool(intake.helped and not intake.spoken_alone_at),
        may_invite_story=not intake.story_open_at and not story_waits,
        story_invited=bool(intake.story_open_at),
        on_hold=case.legal_hold,
    )


def _filled_in(intake: Intake) -> str:
    if intake.typed_by_id:
        who = intake.get_interpreted_display()
        interpreted = _("Who interpreted: %(who)s.") % {"who": who} if who else ""
        return f"{_('Taken down by a caseworker.')} {interpreted}".strip()
    return _("Filled in by a helper.") if intake.helped else _("Filled in on the public pages.")
