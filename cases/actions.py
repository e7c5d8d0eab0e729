"""What happens to a case: opened, triaged, referred, represented, closed; who may read it; its dates."""

import secrets
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import rules
from cases.access import may_triage, may_write_note
from cases.facts import deadline_facts_of
from cases.models import Case, Deadline, Note, Status
from cases.queries import caseworkers_for, deadlines_to_remind
from conflicts.actions import found_same_contact
from conflicts.queries import standing
from foundation.accounts.files import part_of
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.vault.opening import open_record
from intake.models import Intake, SafeContact
from notifications.actions import notify_user
from screening.actions import override_outcome, screen_intake
from screening.facts import conflict_of
from screening.models import Band, Screening

# No 0/O, 1/I/L: the reference is read aloud on bad phone lines.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class ReasonNeeded(Refused):
    message = _("Say why you depart from the screening.")


class HandOffNeeded(Refused):
    message = _(
        "This is urgent: hand the person over to another organization (refer out) instead of declining."
    )


@transaction.atomic
def open_case(intake: Intake, *, by: str, at: datetime) -> Case:
    """Open the case of a submitted intake, once: screen it, set its dates, tell the caseworkers."""
    existing = Case.objects.filter(intake=intake).first()
    if existing:
        return existing
    today = intake.office.today(at)
    screening = screen_intake(intake, on=today, by=by, at=at)
    assert intake.applicant is not None  # a submitted intake has one: the database checks
    identity = open_record(intake.applicant, "citizenship", purpose="open case")
    case = Case.objects.create(
        **intake.file,
        intake=intake,
        applicant=intake.applicant,
        reference=_new_reference(),
        band=screening.band,
        score=screening.score,
        country=next(iter(identity.citizenship), ""),
        look_by=rules.look_within(screening.band, today),
        opened_at=at,
    )
    set_deadlines(case, on=today, at=at)
    _note_same_contact(case, at=at)
    record("cases.opened", case, by=by, at=at, data={"screening": str(screening.pk), "band": screening.band})
    for user in caseworkers_for(case):
        notify_user(user, kind="case_opened", link=case.get_absolute_url(), at=at)
    return case


def _note_same_contact(case: Case, *, at: datetime) -> None:
    """Note other requests of the office with this phone or e-mail; a shelter's number ends at twenty."""
    ours = SafeContact.objects.filter(applicant=case.applicant).first()
    if ours is None:
        return
    for kind in ("phone", "email"):
        index = getattr(ours, f"{kind}_index")
        same = SafeContact.objects.filter(office=case.office_id, **{f"{kind}_index": index})
        others = same.exclude(file_id=case.file_id).values_list("file_id", flat=True)
        for file_id in others[:20] if index else ():
            found_same_contact(case.file, other_file_id=file_id, contact=[kind], at=at)


def _new_reference() -> str:
    """Draw a reference such as "K7QX-2MRW" that says nothing about the person or how many there are."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _n in range(8))
        reference = f"{drawn[:4]}-{drawn[4:]}"
        if not Case.objects.filter(reference=reference).exists():
            return reference


@transaction.atomic
def set_deadlines(case: Case, *, on: date, at: datetime) -> None:
    """Work the case's dates out from its answers and keep them."""
    due_dates = rules.case_dates(deadline_facts_of(case.intake, on=on), on=on)
    fields = ("name", "date", "unmoved_date", "rule", "citation", "confidence", "audience", "inputs", "note")
    Deadline.objects.bulk_create(
        [
            Deadline(
                id=part_of(case.file_id, f"deadline:{due.key}"),
                **case.file,
                case=case,
                key=due.key,
                computed_at=at,
                **{field: getattr(due, field) for field in fields},
            )
            for due in due_dates
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*fields, "computed_at"],
    )


# How a screening says that a conflict was confirmed, or is possible.
CONFLICT_CODES = {"CONFLICT": "confirmed", "CONFLICT_POSSIBLE": "possible"}


@transaction.atomic
def names_answered(case: Case, *, by: str, at: datetime) -> Screening | None:
    """Screen a case again if its last screening knew another answer about its names; None if it did not."""
    last = Screening.objects.filter(intake=case.intake).latest("created_at")
    known = next((word for code, word in CONFLICT_CODES.items() if code in last.codes), "clear")
    if not case.is_open or conflict_of(standing(case.file_id)) == known:
        return None
    return screen_intake(case.intake, on=case.office.today(at), by=by, at=at)


@transaction.atomic
def take_case(case: Case, *, by: User) -> None:
    """Make someone the caseworker of a case that has none."""
    if Case.objects.filter(pk=case.pk, caseworker=None).update(caseworker=by):
        case.caseworker = by
        record("cases.taken", case, by=by)


@transaction.atomic
def triage_case(
    case: Case,
    *,
    track: str,
    band: str,
    outcome: str,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Record a person's decision on urgency, track and outcome.

    A band below the machine's, or another outcome, needs a reason. Only a person lowers a band.
    """
    if not may_triage(by, case):
        raise Forbidden
    screening = Screening.objects.filter(intake=case.intake).latest("created_at")
    lowered = Band.values.index(band) > Band.values.index(screening.band)
    if (lowered or outcome != screening.outcome) and not reason.strip():
        raise ReasonNeeded
    if outcome != screening.outcome:
        override_outcome(screening, outcome=outcome, reason=reason, by=by, at=at)
    elif reason.strip():
        Note.objects.create(**case.file, case=case, author=by, text=reason, written_at=at)
    changes = {"track": track, "band": band, "triaged_at": at, "triaged_by": by}
    Case.objects.filter(pk=case.pk).update(**changes)
    for name, value in changes.items():
        setattr(case, name, value)
    take_case(case, by=by)
    record("cases.triaged", case, by=by, at=at, data={"track": track, "band": band, "outcome": outcome})


@transaction.atomic
def decline_case(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """Decline a case in triage. An urgent one is handed over instead, never just declined."""
    if not may_triage(by, case):
        raise Forbidden
    if not reason.strip():
        raise ReasonNeeded(_("Say why the case is declined."))
    screening = Screening.objects.filter(intake=case.intake).latest("created_at")
    if "URGENT_REFERRAL" in screening.codes or case.band == Band.CRITICAL:
        raise HandOffNeeded
    Note.objects.create(**case.file, case=case, author=by, text=reason, written_at=at)
    close_as(case, Status.DECLINED, event="cases.declined", by=by, at=at)


def seek_counsel(case: Case, *, by: User) -> None:
    Case.LIFE.move(case, Status.SEEKING_COUNSEL, by=by, event="cases.seeking_counsel")


def mark_represented(case: Case, *, by: User) -> None:
    Case.LIFE.move(case, Status.REPRESENTED, by=by, event="cases.represented")


def counsel_withdrew(case: Case, *, by: User) -> None:
    Case.LIFE.move(case, Status.SEEKING_COUNSEL, by=by, event="cases.counsel_withdrew")


def close_as(case: Case, status: str, *, event: str, by: User, at: datetime) -> None:
    Case.LIFE.move(case, status, by=by, event=event, closed_at=at)


@transaction.atomic
def grant_access(
    case_id: uuid.UUID, *, user: User, scope: str, reason: str, expires_at: datetime | None = None
) -> bool:
    """Let someone outside the staff read a case, or only its names; True if that is new.

    The database checks that whoever is bound may grant it, and records the grant (cases/sql.py).
    """
    return _ask("sec.grant_access(%s, %s, %s, %s, %s)", [case_id, user.pk, scope, reason, expires_at])


@transaction.atomic
def revoke_access(case_id: uuid.UUID, *, user_id: int, reason: str) -> bool:
    """End one grant, True if it was live; another live one for another reason still holds."""
    return _ask("sec.revoke_access(%s, %s, %s)", [case_id, user_id, reason])


def _ask(call: str, values: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", values)
        return bool(cursor.fetchone()[0])


@transaction.atomic
def add_note(case: Case, *, text: str, by: User, at: datetime) -> Note:
    """Write something down about a case."""
    if not may_write_note(by, case):
        raise Forbidden
    note = Note.objects.create(**case.file, case=case, author=by, text=text, written_at=at)
    record("cases.note_added", case, by=by, at=at)
    return note


@transaction.atomic
def remind_of_deadlines(*, at: datetime, days: int = 14) -> int:
    """Tell caseworkers, once per date, about dates in the next two weeks; return how many dates."""
    today = timezone.localdate(at)
    due = list(deadlines_to_remind(on=today, until=today + timedelta(days=days)))
    for case in {deadline.case for deadline in due}:
        for user in caseworkers_for(case):
            notify_user(user, kind="deadline_near", link=case.get_absolute_url(), at=at)
    Deadline.objects.filter(pk__in=[deadline.pk for deadline in due]).update(reminded_at=at)
    return len(due)
