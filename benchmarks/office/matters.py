"""The rows of one person's matter, of the models themselves: a new field comes along with its default."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models

from benchmarks.office.shape import NOW, Person, Shape
from benchmarks.office.staff import Staff
from cases.models import Case, CaseAccess, Deadline, Note, Scope, Status, Track
from foundation.accounts.matters import Matter, office_matter, part_of
from foundation.events.models import Event
from foundation.files.models import StoredFile, Upload
from foundation.vault.blind import blind_index
from intake.models import Answer, Applicant, Intake
from intake.models import Status as IntakeStatus
from notifications.models import Message, Reach
from referrals.models import Assignment, Offer, Referral
from screening.models import Finding, Screening

SHARED_HASH = "argon2$argon2id$shared-by-every-demo-receipt"
GIVEN = ("Amal", "Bruno", "Carmen", "Daria", "Elham", "Farid", "Gloria", "Hiwot", "Ismael", "Jeanne")
STORY = "They came at night and asked for my brother. " * 12
DEADLINES = ("oyd_operative", "individual_hearing", "notice_due")


def rows_of(matter: Matter, who: Person, staff: Staff, shape: Shape) -> Iterator[models.Model]:
    """Yield one person's rows, in the order in which they refer to one another."""
    applicant, intake = _person_and_form(matter, who)
    yield from (applicant, _reach(matter, who), intake)
    case = _case(matter, who, staff, applicant, intake)
    yield case
    screening = _screening(matter, who, intake)
    yield screening
    yield from _dates(matter, who, case)
    yield from _placing(matter, who, staff, case, shape)
    yield from _events(matter, who, staff, case)
    yield _message(who, staff, case)
    if who.of - who.place <= shape.opened:
        yield from _opened(matter, who, staff, case, intake, screening)


def _person_and_form(matter: Matter, who: Person) -> tuple[Applicant, Intake]:
    applicant = Applicant(
        **matter.columns,
        given_names=f"{GIVEN[who.number % len(GIVEN)]} {who.number % 97}",
        family_name=f"Family {who.number % 4999}",
        birth_date="1990-01-01",
        citizenship=[who.country],
        language="en",
        created_at=who.came,
    )
    intake = Intake(
        **matter.columns,
        applicant=applicant,
        status=IntakeStatus.SUBMITTED,
        language="en",
        locator=_locator(who.number),
        secret_hash=SHARED_HASH,
        created_at=who.came,
        saved_at=who.came,
        submitted_at=who.came,
        expires_at=who.came,
    )
    return applicant, intake


def _reach(matter: Matter, who: Person) -> Reach:
    phone, email = f"+1212{who.number % 10_000_000:07}", f"p{who.number}@bench.example"
    indexes = {"phone_index": blind_index("phone", phone), "email_index": blind_index("email", email)}
    return Reach(**matter.columns, ways=["call"], phone=phone, email=email, **indexes)


def _case(matter: Matter, who: Person, staff: Staff, applicant: Applicant, intake: Intake) -> Case:
    worker = staff.caseworkers[who.worker] if who.is_triaged else None
    today = NOW.date()
    ended = None if who.is_open else who.came + timedelta(days=60)
    return Case(
        **matter.columns,
        intake=intake,
        applicant=applicant,
        reference=f"B{who.number:011}",
        track=(Track.AFFIRMATIVE, Track.DEFENSIVE, Track.UNKNOWN)[who.number % 3],
        band=who.band,
        score=who.number * 37 % 101,
        country=who.country,
        look_by=who.came.date() + timedelta(days=5) if who.is_triaged else today + timedelta(days=3),
        next_code="LOOK" if not who.is_triaged else "ROW:individual_hearing",
        caseworker=worker,
        opened_at=who.came,
        triaged_at=who.came + timedelta(days=2) if who.is_triaged else None,
        triaged_by=worker,
        closed_at=ended,
        told_at=ended,
        told_by=None if who.is_open else staff.caseworkers[0],
        told_how="" if who.is_open else "safe_way",
        codes=who.codes,
        live_date=today + timedelta(days=who.live_in) if who.live_in is not None else None,
        live_key="individual_hearing" if who.live_in is not None else "",
        hearing_on=today + timedelta(days=who.hearing_in) if who.hearing_in else None,
        waits_on=_waits(who),
        waits_since=who.came + timedelta(days=who.number % 40),
        status=_status(who),
    )


def _status(who: Person) -> str:
    if not who.is_open:
        return (Status.CLOSED, Status.DECLINED, Status.REFERRED_OUT)[who.number % 3]
    if who.is_represented:
        return Status.REPRESENTED
    return Status.SEEKING_COUNSEL if who.is_referred else Status.IN_TRIAGE


def _waits(who: Person) -> str:
    if not who.is_open:
        return ""
    if who.is_represented or (who.is_referred and who.number % 3 == 0):
        return "attorney"
    return "person" if who.is_triaged and who.number % 5 == 0 else "office"


def _screening(matter: Matter, who: Person, intake: Intake) -> Screening:
    reasons = [code.partition(":")[2] for code in who.codes if code.startswith("reason:")]
    return Screening(
        **matter.columns,
        intake=intake,
        as_of=who.came.date(),
        ruleset="bench",
        outcome=next(code.partition(":")[2] for code in who.codes if code.startswith("outcome:")),
        band=who.band,
        score=who.number * 37 % 101,
        codes=reasons,
        created_at=who.came,
    )


def _dates(matter: Matter, who: Person, case: Case) -> Iterator[Deadline]:
    for place, key in enumerate(DEADLINES):
        day = who.came.date() + timedelta(days=365 + 30 * place)
        if key == "individual_hearing" and case.live_date:
            day = case.live_date
        yield Deadline(
            **matter.columns,
            case=case,
            key=key,
            name=key,
            date=day,
            latest=day,
            unmoved_date=day,
            confidence="high",
            audience="staff",
            inputs={"arrival": "2025-11"},
            computed_at=who.came,
        )


def _placing(matter: Matter, who: Person, staff: Staff, case: Case, shape: Shape) -> Iterator[models.Model]:
    """Yield the referral, the offer and who took it. Of what ended, what it left."""
    if not who.is_referred:
        return
    holder = who.number % len(staff.attorneys)
    took = who.is_represented
    referral = Referral(
        **matter.columns,
        case=case,
        queue=staff.queues[min(who.number % 7, 2)],
        status="placed" if took else "returned" if not who.is_open else "queued",
        referred_by=staff.caseworkers[who.worker],
        referred_at=who.came + timedelta(days=3),
    )
    yield referral
    at = who.came + timedelta(days=5)
    offer = Offer(
        **matter.columns,
        user=staff.attorneys[holder],
        summary={"band": who.band, "country": who.country},
        referral=referral,
        practitioner=staff.practitioners[holder],
        status="accepted" if took else "declined",
        offered_by=staff.caseworkers[who.worker],
        offered_at=at,
        expires_at=at + timedelta(days=3),
        names_shown_at=at if took else None,
        decided_at=at,
        decline_reason="" if took else "other",
    )
    yield offer
    if took:
        yield from _taken(matter, who, staff, case, offer, shape)


def _taken(
    matter: Matter, who: Person, staff: Staff, case: Case, offer: Offer, shape: Shape
) -> Iterator[models.Model]:
    holder = who.number % len(staff.attorneys)
    at = who.came + timedelta(days=6)
    yield Assignment(
        **matter.columns,
        user=staff.attorneys[holder],
        case=case,
        practitioner=staff.practitioners[holder],
        offer=offer,
        reserved_at=at,
        engaged_on=at.date(),
        engaged_recorded_at=at,
    )
    # The first of each attorney: whoever holds very many would be no attorney.
    if who.place < shape.grants * len(staff.attorneys) * 9:
        yield CaseAccess(
            **matter.columns,
            case=case,
            user=staff.attorneys[holder],
            scope=Scope.MATTER,
            reason="assignment",
            granted_at=at,
        )


def _events(matter: Matter, who: Person, staff: Staff, case: Case) -> Iterator[Event]:
    worker = f"user:{staff.caseworkers[who.worker].pk}"
    told = [("cases.opened", "system:open-case", 0)]
    if who.is_triaged:
        told += [("cases.taken", worker, 2), ("cases.triaged", worker, 2)]
    for name, actor, days in told:
        yield Event(
            name=name,
            subject_type="cases.Case",
            subject_id=str(case.pk),
            office_id=matter.office_id,
            matter_id=matter.id,
            actor=actor,
            at=who.came + timedelta(days=days),
        )


def _message(who: Person, staff: Staff, case: Case) -> Message:
    return Message(
        **office_matter(staff.office).columns,
        user=staff.caseworkers[who.worker],
        channel="in_app",
        kind="case_opened",
        language="en",
        link=f"/cases/{case.pk}/",
        status="sent",
        queued_at=who.came,
        sent_at=who.came,
        read_at=who.came if who.of - who.place > 40 else None,
    )


def _opened(
    matter: Matter, who: Person, staff: Staff, case: Case, intake: Intake, screening: Screening
) -> Iterator[models.Model]:
    """Yield what only those cases have that somebody opens: answers, findings, a file, a note."""
    pages: dict[str, dict[str, Any]] = {
        "where_now": {"in_us": "yes", "custody": "no"},
        "name": {"given_names": "Amal", "family_name": "Family"},
        "speaking": {"spoken_language": who.language or "other"},
        "coming": {"arrival": "2025-11", "i589": "no"},
        "fear": {"fear": "yes", "harm_past": STORY},
    }
    for page, value in pages.items():
        key = part_of(matter.id, f"answer:{page}")
        yield Answer(**matter.columns, id=key, intake=intake, page=page, value=value, saved_at=who.came)
    for position, code in enumerate(screening.codes):
        about = {"position": position, "code": code, "gate": "need", "result": "FLAG"}
        yield Finding(**matter.columns, screening=screening, inputs={"said": True}, **about)
    stored = StoredFile(
        **matter.columns,
        id=uuid.uuid4(),
        name="letter.pdf",
        content_type="application/pdf",
        size=20_000,
        sha256="0" * 64,
        stored_on=who.came.date(),
    )
    yield stored
    yield Upload(**matter.columns, rebuilt=stored, received_on=who.came.date(), number=1, status="rebuilt")
    yield Note(
        **matter.columns, case=case, author=staff.caseworkers[who.worker], text=STORY, written_at=who.came
    )


def _locator(number: int) -> str:
    office, place = divmod(number, 10_000_000)
    return f"{((office + 1) * 2_003_003 + place) % 100_000_000:08}"
