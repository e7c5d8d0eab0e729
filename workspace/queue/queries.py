"""Cases in a list, with the names of their people."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases import codes
from cases.looking import short_words
from cases.models import Case, CaseTag, Status, WaitsOn
from cases.rules.next import TELL
from cases.words import DEADLINES
from foundation.accounts.models import Office, User
from foundation.badges import Badge
from foundation.calendar import add_business_days
from foundation.countries import country_name
from foundation.languages import language_name
from intake.asked import Tally, tally_of
from intake.queries import NAME
from notifications.talk import first_unanswered
from screening.models import Band
from workspace.listing import case_address, people_of
from workspace.when import When, when_of

LONG = 3  # working days after which an answer is late
SOON = 30  # days before a hearing within which its chip shows
SHOWN = (
    *(
        "matter_id",
        "office_id",
        "intake_id",
        "reference",
        "status",
        "band",
        "country",
        "look_by",
        "next_code",
    ),
    *("codes", "live_date", "live_key", "hearing_on", "waits_on", "waits_since", "triaged_at", "opened_at"),
    *("closed_at", "told_at", "urgency_place", "date_place", "caseworker_place"),
    *("caseworker__name", "applicant__matter_id", "applicant__office_id"),
    *(f"applicant__{name}" for name in NAME),
)


@dataclass(frozen=True)
class Chip:
    """One thing to mind about a case: a shape and a word."""

    name: str
    words: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class CaseRow:
    """A case in the queue; its cells are templatetags/queue_rows.py."""

    id: uuid.UUID
    address: str
    band: Badge
    person: str
    reference: str
    next_short: str
    when: When | None
    what: str
    chips: list[Chip]
    language: str
    interpreter: bool
    country: str
    state: str
    status: Badge
    acts: str
    is_mine: bool
    since: str
    caseworker: str
    initials: str
    tags: list[str]


def shown(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return cases with what `case_rows` reads of them, and nothing more: one statement."""
    tags = CaseTag.objects.filter(case=OuterRef("pk"), removed_at=None, tag__ended_at=None)
    named = tags.order_by("tag__name").values("tag__name")
    return (
        cases.select_related("applicant", "caseworker")
        .only(*SHOWN)
        .annotate(tag_names=ArraySubquery(named), unanswered=first_unanswered())
    )


def case_rows(
    cases: Iterable[Case], *, purpose: str, user: User, office: Office, today: date
) -> list[CaseRow]:
    """Return cases of `shown` as the queue shows them to somebody of their office."""
    listed = list(cases)
    people = people_of(listed, purpose=purpose)
    papers = tally_of(case.intake_id for case in listed)
    return [
        CaseRow(
            id=case.pk,
            address=case_address(case.pk),
            band=Band(case.band).badge,
            person=people[case.pk],
            reference=case.reference,
            next_short=_next_short(case, papers.get(case.intake_id)),
            **_when(case, today=today),
            chips=[*_wrote(case, office, today=today), *chips_of(case, today=today)],
            **_plain(case),
            status=Status(case.status).badge,
            acts=_acts(case, user),
            is_mine=case.waits_on == WaitsOn.OFFICE and case.caseworker_id == user.pk,
            since=since_words(office.today(case.waits_since), today=today) if case.is_open else "",
            caseworker=case.caseworker.name if case.caseworker else "",
            initials=_initials(case.caseworker.name) if case.caseworker else "",
            tags=getattr(case, "tag_names", []),
        )
        for case in listed
    ]


def _when(case: Case, *, today: date) -> dict[str, Any]:
    if not case.is_open:
        return {"when": None, "what": ""}
    when, what = live_when(case, today=today)
    return {"when": when, "what": what}


def since_words(day: date, *, today: date) -> str:
    """Return since when something waits, in days."""
    return _since(max((today - day).days, 0), get_language())


@lru_cache(maxsize=2048)
def _since(days: int, _reader: str | None) -> str:
    known = {0: _("since today"), 1: _("since yesterday")}
    return str(known[days]) if days in known else str(_("%(days)s days") % {"days": days})


def _plain(case: Case) -> dict[str, Any]:
    language, reader = codes.value_of(case.codes, codes.LANGUAGE), get_language() or "en"
    return {
        "language": _language(language, reader),
        "interpreter": language not in ("", "eng"),
        "country": _country(case.country, reader),
        "state": codes.value_of(case.codes, codes.STATE),
    }


def live_when(case: Case, *, today: date) -> tuple[When, str]:
    """Return the day that hurts first and what it is; before triage the day to look by where that is gone."""
    if case.triaged_at is None and case.look_by < min(case.live_date or today, today):
        return when_of(case.look_by, "passed", kind="", today=today), str(_("look by"))
    is_maybe = codes.code(codes.DATE, codes.MAY_BE_PASSED) in case.codes
    status = "may_be_passed" if is_maybe else "today" if case.live_date == today else "passed"
    when = when_of(case.live_date, status, kind="", today=today)
    return when, str(DEADLINES.get(case.live_key, ""))


def chips_of(case: Case, *, today: date) -> list[Chip]:
    """Return what to mind about a case, the heaviest first."""
    values = {name: codes.value_of(case.codes, name) for name in (codes.NAMES, codes.MINOR, codes.CUSTODY)}
    chips = []
    if values[codes.NAMES] == "confirmed":
        chips.append(Chip("conflict", str(_("conflict")), "scales", "conflict"))
    elif values[codes.NAMES]:
        chips.append(Chip("names", str(_("names not clear")), "scales", "names"))
    if values[codes.CUSTODY] in ("ice", "orr"):
        chips.append(Chip("held", str(_("held")), "key"))
    if values[codes.MINOR] == codes.ALONE:
        chips.append(Chip("alone", str(_("child alone")), "user"))
    elif values[codes.MINOR] == "yes":
        chips.append(Chip("minor", str(_("minor")), "user"))
    if case.hearing_on and 0 <= (case.hearing_on - today).days <= SOON:
        chips.append(Chip("hearing", str(_("hearing")), "gavel"))
    return chips


def _wrote(case: Case, office: Office, *, today: date) -> list[Chip]:
    """Return since when the person waits for an answer; it stands out from the third working day on."""
    since = getattr(case, "unanswered", None)
    if since is None:
        return []
    day = office.today(since)
    known = {0: _("wrote today"), 1: _("wrote yesterday")}
    days = max((today - day).days, 0)
    words = known[days] if days in known else _("wrote %(days)s days ago") % {"days": days}
    is_long = add_business_days(day, LONG) <= today
    return [Chip("wrote", str(words), "bell", "conflict" if is_long else "names")]


def _acts(case: Case, user: User) -> str:
    """Return who acts next, in a word or by name."""
    if case.waits_on != WaitsOn.OFFICE:
        return str(_ACTS.get(case.waits_on, "")) if case.is_open else ""
    if case.caseworker_id is None:
        return str(_("Nobody yet"))
    return str(_("You")) if case.caseworker_id == user.pk else case.caseworker.name  # type: ignore[union-attr]


_ACTS: dict[str, Any] = {
    WaitsOn.ATTORNEY: _("Attorney"),
    WaitsOn.PERSON: _("The person"),
    WaitsOn.RECEIVER: _("Organization"),
}


@lru_cache(maxsize=512)
def _language(code: str, _reader: str) -> str:
    """Return a language's name in the reader's own, which is the active one."""
    return language_name(code) if code else ""


@lru_cache(maxsize=2048)
def _country(code: str, _reader: str) -> str:
    """Return a country's name in the reader's language, which is the active one."""
    return country_name(code) if code else ""


@lru_cache(maxsize=512)
def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def _next_short(case: Case, papers: Tally | None) -> str:
    """Return what is next for a case, and how far the papers are that its person was asked for."""
    short = short_words(TELL if case.must_be_told else case.next_code if case.is_open else "")
    return f"{short} · {papers.words}" if papers and case.is_open else short
