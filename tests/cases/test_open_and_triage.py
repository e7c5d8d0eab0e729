from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cases import actions
from cases.access import visible_to
from cases.models import Case, CaseAccess, Deadline, Note
from cases.queries import queue_for
from foundation.events.lifecycle import NotAllowed, Stale
from foundation.events.models import Event
from foundation.refused import Forbidden
from intake.models import Intake
from notifications.models import Message
from tests.conftest import opened, triage


def decide(case, by, now, **changes):
    triage(case, by=by, at=now, **changes)


def test_an_intake_opens_one_case_however_often_it_is_announced(case, now):
    again = actions.open_case(Intake.objects.get(pk=case.intake_id), by="system:test", at=now)
    assert again.pk == case.pk
    assert Case.objects.count() == 1
    assert Event.objects.filter(name="cases.opened").count() == 1


def test_opening_screens_dates_and_tells_the_caseworkers(cast, make_case):
    case = make_case()
    assert case.intake.screenings.get().outcome == "ELIGIBLE_FOR_REVIEW"
    assert set(case.deadlines.values_list("key", flat=True)) == {"oyd_operative", "oyd_outer"}
    told = Message.objects.filter(kind="case_opened", channel="in_app")
    assert [message.user for message in told] == [cast.cora]


def test_the_reference_says_nothing(case):
    assert len(case.reference) == 9
    assert not set(case.reference) & set("01OIL")


def test_the_queue_is_sorted_by_urgency(cast, make_case, now):
    today = cast.office.today(now)
    routine = make_case(coming={"arrival": (today - timedelta(days=20)).isoformat()})
    critical = make_case(coming={"arrival": (today - timedelta(days=360)).isoformat()})
    high = make_case(danger={"danger": "yes"})
    assert list(queue_for(cast.cora)) == [critical, high, routine]


def test_staff_see_their_office_and_nobody_else_does(cast, case):
    assert set(visible_to(cast.cora)) == set(visible_to(cast.ines)) == {case}
    for other in (cast.otto, cast.ade, cast.bea):
        assert not visible_to(other).exists()


def test_access_ends_when_it_is_revoked_runs_out_or_the_person_leaves(cast, case, now):
    actions.grant_access(case.pk, user=cast.bea, scope="file", reason="cover")
    assert set(visible_to(cast.bea)) == {case}
    actions.revoke_access(case.pk, user_id=cast.bea.pk, reason="cover")
    assert not visible_to(cast.bea).exists()
    past = now - timedelta(hours=1)
    actions.grant_access(case.pk, user=cast.bea, scope="file", reason="old", expires_at=past)
    assert not visible_to(cast.bea).exists()
    actions.grant_access(case.pk, user=cast.bea, scope="names", reason="offer")
    assert not visible_to(cast.bea).exists()
    actions.grant_access(case.pk, user=cast.bea, scope="file", reason="new")
    assert visible_to(cast.bea).exists()
    cast.bea.is_active = False
    assert not visible_to(cast.bea).exists()


def test_one_revoked_grant_leaves_another(cast, case, now):
    for reason in ("assignment", "cover"):
        actions.grant_access(case.pk, user=cast.bea, scope="file", reason=reason)
    actions.revoke_access(case.pk, user_id=cast.bea.pk, reason="cover")
    assert set(visible_to(cast.bea)) == {case}
    assert CaseAccess.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize("who", ["ade", "ines", "otto"])
def test_only_the_offices_caseworkers_triage(cast, case, now, who):
    with pytest.raises(Forbidden):
        decide(case, getattr(cast, who), now)


def test_triage_confirms_and_takes_the_case(cast, case, now):
    decide(case, cast.cora, now)
    case.refresh_from_db()
    assert (case.track, case.triaged_by, case.caseworker) == ("affirmative", cast.cora, cast.cora)


def test_lowering_the_urgency_or_changing_the_outcome_needs_a_reason(cast, make_case, now):
    case = make_case(danger={"danger": "yes"})
    for change in ({"band": "ROUTINE"}, {"outcome": "REFER_OUT"}):
        with pytest.raises(actions.ReasonNeeded):
            decide(case, cast.cora, now, **change)
    decide(case, cast.cora, now, outcome="REFER_OUT", reason="they found a lawyer")
    override = case.intake.screenings.get().overrides.get()
    assert opened(override, "reason").reason == "they found a lawyer"
    assert case.intake.screenings.get().outcome == "ELIGIBLE_FOR_REVIEW"


def test_an_urgent_case_is_handed_over_never_just_declined(cast, make_case, now):
    case = make_case(danger={"danger": "yes"}, where_now={"custody": "ice"})
    assert case.band == "CRITICAL"
    with pytest.raises(actions.HandOffNeeded):
        actions.decline_case(case, reason="full", by=cast.cora, at=now)


def test_a_declined_case_is_over(cast, case, now):
    actions.decline_case(case, reason="has moved away", by=cast.cora, at=now)
    case.refresh_from_db()
    assert case.status == "declined" and case.closed_at
    with pytest.raises(Forbidden):
        actions.decline_case(case, reason="again", by=cast.cora, at=now)


def test_two_people_cannot_move_one_case_at_once(cast, case):
    other = Case.objects.get(pk=case.pk)
    actions.seek_counsel(case, by=cast.cora)
    with pytest.raises(Stale):
        actions.seek_counsel(other, by=cast.cora)
    with pytest.raises(NotAllowed):
        actions.seek_counsel(case, by=cast.cora)


@pytest.mark.parametrize(("to", "legal"), [("seeking_counsel", True), ("represented", False)])
def test_the_database_refuses_illegal_moves_from_raw_sql(case, to, legal):
    from django.db import connection

    def move():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update cases_case set status = %s where id = %s", [to, case.pk])

    if legal:
        move()
    else:
        with pytest.raises(DatabaseError, match=r"[Ii]nvalid"):
            move()


def test_only_who_sees_a_case_writes_notes(cast, case, now):
    actions.add_note(case, text="called", by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.add_note(case, text="spy", by=cast.otto, at=now)
    assert opened(Note.objects.get(), "text").text == "called"


def test_a_near_date_is_reminded_of_once(cast, make_case, now):
    today = cast.office.today(now)
    case = make_case(coming={"arrival": (today - timedelta(days=358)).isoformat()})
    near = Deadline.objects.filter(case=case, date__lte=today + timedelta(days=14)).count()
    assert near
    assert actions.remind_of_deadlines(at=now) == near
    assert actions.remind_of_deadlines(at=now) == 0
    assert Message.objects.filter(kind="deadline_near", channel="in_app", user=cast.cora).count() == 1
