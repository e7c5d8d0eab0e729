"""Cases in a list, with the names of their people."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.looking import short_words
from cases.models import Case, Status
from cases.rules.next import TELL
from foundation.badges import Badge
from foundation.vault.opening import open_many
from intake.asked import Tally, tally_of
from intake.queries import NAME, full_name
from screening.models import Band
from workspace.rows import BADGE, CODE, DAY, LINK, LOOK_BY_DAY, Column, LookBy, Row


@dataclass(frozen=True)
class CaseRow(Row):
    """A case in the queue; no `next_date` where none is ahead."""

    band: Annotated[Badge, Column(BADGE, heading=_("Urgency"))]
    person: Annotated[str, Column(LINK, heading=_("Person"))]
    reference: Annotated[str, Column(CODE, heading=_("Reference"))]
    status: Annotated[Badge, Column(BADGE, heading=_("Status"))]
    next_short: Annotated[str, Column(heading=_("Next"))]
    next_date: Annotated[date | None, Column(DAY, heading=_("Next date"))]
    look_by: Annotated[LookBy, Column(LOOK_BY_DAY, heading=_("Look by"))]
    caseworker: Annotated[str, Column(heading=_("Caseworker"))]


def people_of(cases: Iterable[Case], *, purpose: str) -> dict[uuid.UUID, str]:
    """Return {case: the person's name}: one key query and one record for all."""
    listed = list(cases)
    opened = open_many([case.applicant for case in listed], *NAME, purpose=purpose)
    return {case.pk: full_name(opened[case.applicant_id]) for case in listed}


def case_rows(cases: Iterable[Case], *, purpose: str, today: date) -> list[CaseRow]:
    """Return cases of `most_urgent_first` as the queue shows them."""
    listed = list(cases)
    people = people_of(listed, purpose=purpose)
    papers = tally_of(case.intake_id for case in listed)
    return [
        CaseRow(
            address=case_address(case.pk),
            band=Band(case.band).badge,
            person=people[case.pk],
            reference=case.reference,
            status=Status(case.status).badge,
            next_short=_next_short(case, papers.get(case.intake_id)),
            next_date=getattr(case, "next_date", None),
            look_by=look_by_of(case, today=today),
            caseworker=case.caseworker.name if case.caseworker else "",
        )
        for case in listed
    ]


def _next_short(case: Case, papers: Tally | None) -> str:
    """Return what is next for a case, and how far the papers are that its person was asked for."""
    short = short_words(TELL if case.must_be_told else case.next_code if case.is_open else "")
    return f"{short} · {papers.words}" if papers and case.is_open else short


def case_address(pk: uuid.UUID) -> str:
    """Return where a case's page is."""
    return reverse("case", args=[pk])


def look_by_of(case: Case, *, today: date) -> LookBy:
    """Return until when a person must have looked at a case."""
    day = None if case.triaged_at else case.look_by
    return LookBy(day, is_overdue=day is not None and day < today)
