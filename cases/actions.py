"""What happens to a case: opened, triaged, referred, represented, closed; who may read it; its dates."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import rules
from cases.access import may_rescreen, may_triage, may_write_note
from cases.dates import (
    confirm_deadline,
    day_of,
    finish_deadline,
    remove_judge_date,
    reopen_deadline,
    set_dates,
    set_judge_date,
    waive_deadline,
    write_facts,
)
from cases.models import Case, Deadline, Note, Status
from cases.queries import caseworkers_for, deadlines_to_remind, hidden_deadlines, overdue_looks
from cases.rescreening import rescreen_case, rescreen_open_cases, screen_again
from cases.wishes import decide_wish, invite_story, set_legal_hold
from conflicts.actions import found_same_contact, matter_opened
from conflicts.models import ANumber
from foundation.accounts.models import User
from foundation.events.ledger import actor_of, record
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden, Refused
from foundation.vault.opening import open_many, open_record
from intake.models import Intake, SafeContact
from notifications.actions import notify_user
from screening.actions import review_screening, screen_intake
from screening.models import Band, Screening
from screening.queries import latest_screening

__all__ = [
    "add_note",
    "close_as",
    "confirm_deadline",
    "counsel_withdrew",
    "decide_wish",
    "decline_case",
    "finish_deadline",
    "grant_access",
    "invite_story",
    "mark_represented",
    "open_case",
    "remind_of_deadlines",
    "remind_of_looks",
    "remove_judge_date",
    "reopen_deadline",
    "rescreen_case",
    "rescreen_open_cases",
    "review_case",
    "revoke_access",
    "screen_again",
    "seek_counsel",
    "set_judge_date",
    "set_legal_hold",
    "take_case",
    "triage_case",
    "waive_deadline",
    "write_facts",
]

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
    matter_opened(intake.file, by=by, at=at)
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
    set_dates(case, on=today, at=at, by=by, is_new=True)
    note_same_person(case, by=by, at=at)
    record("cases.opened", case, by=by, at=at, data={"screening": str(screening.pk), "band": screening.band})
    kind = "case_urgent" if intake.urgent else "case_opened"
    for user in caseworkers_for(case):
        notify_user(user, kind=kind, link=case.get_absolute_url(), at=at)
    return case


@transaction.atomic
def note_same_person(case: Case, *, by: Any, at: datetime) -> None:
    """Note other requests with this A-Number, phone or e-mail; a shelter's phone ends at twenty."""
    shared: dict[Any, list[str]] = {}
    for kind, others in _sharing(case).items():
        for file_id in others.exclude(file_id=case.file_id).values_list("file_id", flat=True)[:20]:
            shared.setdefault(file_id, []).append(kind)
    for file_id, kinds in shared.items():
        found_same_contact(case.file, other_file_id=file_id, contact=kinds, by=by, at=at)


def _sharing(case: Case) -> dict[str, QuerySet[Any]]:
    """Return the office's rows with the same blind index, by kind of number."""
    found: dict[str, QuerySet[Any]] = {}
    if number := ANumber.objects.filter(file_id=case.file_id).first():
        found["a_number"] = ANumber.objects.filter(office=case.office_id, index=number.index)
    contacts = SafeContact.objects.filter(office=case.office_id)
    if ours := contacts.filter(file_id=case.file_id).first():
        found |= {"phone": contacts.filter(phone_index=ours.phone_index)} if ours.phone_index else {}
        found |= {"email": contacts.filter(email_index=ours.email_index)} if ours.email_index else {}
    return found


def _new_reference() -> str:
    """Draw a reference such as "K7QX-2MRW" that says nothing about the person or how many there are."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _n in range(8))
        reference = f"{drawn[:4]}-{drawn[4:]}"
        if not Case.objects.filter(reference=reference).exists():
            return reference


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
    screening = latest_screening(case.intake)
    _decide(case, screening, band=band, outcome=outcome, reason=reason, by=by, at=at)
    changes = {"track": track, "band": band, "triaged_at": at, "triaged_by": by}
    Case.objects.filter(pk=case.pk).update(**changes)
    for name, value in changes.items():
        setattr(case, name, value)
    take_case(case, by=by)
    record("cases.triaged", case, by=by, at=at, data={"track": track, "band": band, "outcome": outcome})


def _decide(
    case: Case, screening: Screening, *, band: str, outcome: str, reason: str, by: User, at: datetime
) -> None:
    """Keep what a person made of a screening; a lower band or another outcome needs a reason."""
    lowered = rules.more_urgent(screening.band, band) or rules.more_urgent(case.band, band)
    if (lowered or outcome != screening.outcome) and not reason.strip():
        raise ReasonNeeded
    review_screening(screening, outcome=outcome, band=band, reason=reason, by=by, at=at)


@transaction.atomic
def review_case(
    case: Case, *, screening: uuid.UUID, outcome: str, band: str, reason: str, by: User, at: datetime
) -> None:
    """Confirm a triaged case's newest screening or depart from it; set its urgency, down only with a reason.

    Stale if `screening`, the one the person read, is no longer the newest.
    """
    if not may_rescreen(by, case):
        raise Forbidden
    newest = latest_screening(case.intake)
    if newest.pk != screening:
        raise Stale
    _decide(case, newest, band=band, outcome=outcome, reason=reason, by=by, at=at)
    if band != case.band:
        record("cases.band_set", case, by=by, at=at, data={"from": case.band, "to": band})
        Case.objects.filter(pk=case.pk).update(band=band)
        case.band = band


@transaction.atomic
def decline_case(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """Decline a case in triage. An urgent one is handed over instead, never just declined."""
    if not may_triage(by, case):
        raise Forbidden
    if not reason.strip():
        raise ReasonNeeded(_("Say why the case is declined."))
    screening = latest_screening(case.intake)
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
    until = today + timedelta(days=days)
    due = [*deadlines_to_remind(on=today, until=until), *_hidden_between(today, until)]
    for case in {deadline.case for deadline in due}:
        for user in caseworkers_for(case):
            notify_user(user, kind="deadline_near", link=case.get_absolute_url(), at=at)
    Deadline.objects.filter(pk__in=[deadline.pk for deadline in due]).update(reminded_at=at)
    return len(due)


def _hidden_between(start: date, end: date) -> list[Deadline]:
    """Open the days that are birthdays, and return the dates that lie between two days."""
    rows = list(hidden_deadlines())
    opened = open_many(rows, "hidden", purpose="remind")
    days = {row.pk: day_of(row, opened[row.pk]) for row in rows}
    return [row for row in rows if (day := days[row.pk]) and start <= day <= end]


@transaction.atomic
def tell_of(case: Case, *, kind: str, people: Iterable[User], actor: str, at: datetime) -> None:
    """Tell people that something about a case changed, each once, except the one who changed it."""
    for user in {user.pk: user for user in people}.values():
        if actor_of(user) != actor:
            notify_user(user, kind=kind, link=case.get_absolute_url(), at=at)


@transaction.atomic
def remind_of_looks(*, at: datetime) -> int:
    """Tell caseworkers, once per case, that a person should have looked by now; return how many cases."""
    latest_day = timezone.localdate(at) + timedelta(days=1)  # ahead of every office's own day
    due = [case for case in overdue_looks(until=latest_day) if case.look_by < case.office.today(at)]
    for case in due:
        for user in caseworkers_for(case):
            notify_user(user, kind="look_overdue", link=case.get_absolute_url(), at=at)
    Case.objects.filter(pk__in=[case.pk for case in due]).update(look_reminded_at=at)
    return len(due)
