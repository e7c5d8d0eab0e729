"""A case that another organization may take: who suits, what it would read, what was asked and answered."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.facts import known_of, screening_facts_of
from cases.models import LIVE, Case, Track
from cases.words import DEADLINES
from directory.models import LEGAL, Relief
from directory.queries import Entry, Match, entry_of, matches_for
from directory.rules import Asks
from foundation.badges import Badge
from foundation.countries import country_name
from foundation.states import STATES
from foundation.vault.opening import open_many, open_one
from intake.told import HELD
from intake.words import spoken_words
from referrals.links import LinkOver
from referrals.models import CAME_BACK, HandOver, HandOverStatus
from referrals.summary_queries import SHOWN_DATES, is_adult
from screening.models import Band


def asks_of(case: Case, *, on: date) -> Asks:
    """Return what the person of a case needs of an organization; what is not known is left open."""
    known = known_of([case], purpose="matching")[case.pk]
    facts = screening_facts_of(known, on=on)
    wants = [code for code in facts.other_protection if code in Relief.values]
    fears = [] if facts.fear == "no" else [Relief.ASYLUM.value]
    return Asks(
        help=LEGAL,
        language=known.answers.get("spoken_language") or "",
        state=facts.state or facts.court_state or "",
        is_held=facts.custody in HELD,
        is_child_alone=facts.uac,
        relief=(*fears, *wants),
    )


def receivers_for(case: Case) -> list[Match]:
    """Return the office's directory beside a case: those that suit first, last who said no already."""
    today = case.office.today(timezone.now())
    matches = matches_for(case.office, asks_of(case, on=today), on=today)
    said_no = set(case.hand_overs.filter(status__in=CAME_BACK).values_list("organization", flat=True))
    why = _("was asked and does not take the person")
    told = [replace(one, against=[*one.against, why]) for one in matches if one.organization.pk in said_no]
    return [*(one for one in matches if one.organization.pk not in said_no), *told]


def draft_for(case: Case, *, on: date) -> str:
    """Write a summary of a case from coarse facts: nothing that says who it is. A person edits it."""
    asks = asks_of(case, on=on)
    born = open_one(case.applicant, "birth_date", purpose="hand-over summary").birth_date
    ages = {True: _("18 or older"), False: _("under 18"), None: _("not known")}
    place = str(STATES[asks.state]) if asks.state in STATES else _("not known")
    held = _("yes") if asks.is_held else _("no, or not known")
    wants = ", ".join(str(Relief(code).label) for code in asks.relief) or _("not known")
    lines = [
        (_("Age"), ages[is_adult(born, on=on)]),
        (_("Language"), spoken_words(asks.language)),
        (_("From"), country_name(case.country) if case.country else _("not known")),
        (_("Now in"), place),
        (_("Held by immigration"), held),
        (_("Needs help with"), wants),
        (_("Track"), Track(case.track).label),
        (_("How urgent"), Band(case.band).label),
        *_dates_ahead(case, on=on),
    ]
    if asks.is_child_alone:
        lines.insert(1, (_("A child who is alone"), _("yes")))
    return "\n".join(f"{label}: {value}" for label, value in lines)


def _dates_ahead(case: Case, *, on: date) -> list[tuple[str, str]]:
    ahead = case.deadlines.filter(key__in=SHOWN_DATES, date__gte=on, status__in=LIVE).order_by("date")
    named = [(str(DEADLINES.get(one.key, one.name)), one.date) for one in ahead]
    return [(name, date_format(day, "j F Y")) for name, day in named if day]


@dataclass(frozen=True)
class HandOverLine:
    """One hand-over of a case as its page says it, opened for whoever works on it."""

    id: uuid.UUID
    receiver: str
    phone: Entry | None
    status: Badge
    is_asked: bool
    is_accepted: bool
    came_back: bool
    consent: str
    consent_on: date | None
    asked_by: str
    asked_at: datetime
    expires_at: datetime | None
    answered_at: datetime | None
    refusal: str
    contact: str
    given_how: str
    note: str
    summary: str


def hand_overs_of(case: Case) -> list[HandOverLine]:
    """Open what other organizations were asked of a case, the newest first."""
    rows = list(case.hand_overs.select_related("organization", "asked_by").order_by("-asked_at"))
    notes = open_many(rows, "note", purpose="hand-over")
    contacts = open_many(rows, "contact", purpose="hand-over")
    summaries = open_many(rows, "summary", purpose="hand-over")
    return [_line(row, notes[row.pk], contacts[row.pk], summaries[row.pk]) for row in rows]


def _line(row: HandOver, note: Any, contact: Any, summary: Any) -> HandOverLine:
    return HandOverLine(
        id=row.pk,
        receiver=row.receiver,
        phone=entry_of(row.organization) if row.organization else None,
        status=HandOverStatus(row.status).badge,
        is_asked=row.status == HandOverStatus.ASKED,
        is_accepted=row.status == HandOverStatus.ACCEPTED,
        came_back=row.status in CAME_BACK and row.seen_at is None,
        consent=str(row.get_consent_how_display()),
        consent_on=row.consent_on,
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        answered_at=row.answered_at,
        refusal=str(row.get_refusal_display()),
        contact=contact.contact or "",
        given_how=str(row.get_given_how_display()),
        note=note.note,
        summary=summary.summary or "",
    )


def newest_hand_over(case: Case) -> HandOver:
    """Return the hand-over of a case that was asked last. Raises LinkOver where there is none."""
    newest = case.hand_overs.select_related("case__office", "case__intake").order_by("-asked_at").first()
    if newest is None:
        raise LinkOver
    return newest


def told_of(case: Case) -> list[Entry]:
    """Return the organizations the person of a case is told of."""
    rows = case.told_of.select_related("organization").order_by("organization__name")
    return [entry_of(row.organization) for row in rows]
