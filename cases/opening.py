"""A case is opened from a submitted intake: screened, dated, known to its caseworkers."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases import rules
from cases.dates import set_dates
from cases.looking import look_ahead
from cases.models import Case
from cases.queries import caseworkers_for
from conflicts.actions import found_same_contact, matter_opened
from conflicts.models import ANumber
from foundation.countries import first_country
from foundation.events.ledger import record
from foundation.vault.opening import open_one
from intake.models import Intake
from notifications.actions import notify_user
from notifications.models import Reach
from screening.actions import screen_intake

# No 0/O, 1/I/L: the reference is read aloud on bad phone lines.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@transaction.atomic
def open_case(intake: Intake, *, by: str, at: datetime) -> Case:
    """Open the case of a submitted intake, once: screen it, set its dates, tell the caseworkers."""
    existing = Case.objects.filter(intake=intake).first()
    if existing:
        return existing
    today = intake.office.today(at)
    matter_opened(intake.matter, by=by, at=at)
    screening = screen_intake(intake, on=today, by=by, at=at)
    assert intake.applicant is not None  # a submitted intake has one: the database checks
    identity = open_one(intake.applicant, "citizenship", purpose="open case")
    case = Case.objects.create(
        **intake.matter.columns,
        intake=intake,
        applicant=intake.applicant,
        reference=_new_reference(),
        band=screening.band,
        score=screening.score,
        country=first_country(identity.citizenship),
        look_by=rules.look_within(screening.band, today),
        opened_at=at,
        waits_since=at,
    )
    set_dates(case, on=today, at=at, by=by, is_new=True)
    look_ahead(case, at=at)
    note_same_person(case, by=by, at=at)
    record("cases.opened", case, by=by, at=at, data={"screening": str(screening.pk), "band": screening.band})
    kind = "case_urgent" if intake.urgent else "case_opened"
    # Of a burst the office heard once (intake/room.py); what may be urgent is told of all the same.
    for user in caseworkers_for(case) if intake.urgent or not intake.in_burst else ():
        notify_user(user, kind=kind, link=case.get_absolute_url(), at=at)
    return case


@transaction.atomic
def note_same_person(case: Case, *, by: Any, at: datetime) -> None:
    """Note other matters with this A-Number, phone or e-mail; a shelter's phone ends at twenty."""
    shared: dict[Any, list[str]] = {}
    for kind, others in _sharing(case).items():
        for matter_id in others.exclude(matter_id=case.matter_id).values_list("matter_id", flat=True)[:20]:
            shared.setdefault(matter_id, []).append(kind)
    for matter_id, kinds in shared.items():
        found_same_contact(case.matter, other_matter_id=matter_id, contact=kinds, by=by, at=at)


def _sharing(case: Case) -> dict[str, QuerySet[Any]]:
    """Return the office's rows with the same blind index, by kind of number."""
    sharing: dict[str, QuerySet[Any]] = {}
    if number := ANumber.objects.filter(matter_id=case.matter_id).first():
        sharing["a_number"] = ANumber.objects.filter(office=case.office_id, index=number.index)
    people = Reach.objects.filter(office=case.office_id)
    if ours := people.filter(matter_id=case.matter_id).first():
        sharing |= {"phone": people.filter(phone_index=ours.phone_index)} if ours.phone_index else {}
        sharing |= {"email": people.filter(email_index=ours.email_index)} if ours.email_index else {}
    return sharing


def _new_reference() -> str:
    """Draw a reference such as "K7QX-2MRW" that says nothing about the person or how many there are."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _n in range(8))
        reference = f"{drawn[:4]}-{drawn[4:]}"
        if not Case.objects.filter(reference=reference).exists():
            return reference
