"""The dates of a case: their history, judges' dates, what people settle, what the case learned."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cases import actions
from cases.facts import deadline_facts_of, known_of, screening_facts_of
from cases.models import CaseFacts, Deadline, DeadlineChange, JudgeDate
from cases.queries import queue_for
from config.middleware import principal_of
from foundation.calendar import roll_back
from foundation.database.principal import acting_as
from foundation.events.lifecycle import NotAllowed, Stale
from foundation.events.models import Event
from foundation.refused import Forbidden, Refused
from notifications.models import Message
from tests.conftest import opened
from tests.support.relay import deliver_due


def learn(case, by, now, **values):
    newest = CaseFacts.objects.filter(case=case).first()
    seen = newest.pk if newest else None
    return actions.write_facts(case, values=values, seen=seen, by=by, at=now)


def receive(case, by, now):
    """Write down that the I-589 was received yesterday."""
    day = (case.office.today(now) - timedelta(days=1)).isoformat()
    return actions.record_filing(case, form="i589", received=day, by=by, at=now)


def deadline(case, key):
    return Deadline.objects.select_related("case").get(case=case, key=key)


def steps(case, key):
    """Return (kind, reasons) of a date's history, oldest first."""
    changes = DeadlineChange.objects.filter(deadline__case=case, deadline__key=key).order_by("at", "kind")
    return [(change.kind, change.reasons) for change in changes]


@pytest.fixture
def today(cast, now):
    return cast.office.today(now)


@pytest.fixture
def hearing(cast, case, now, today):
    """Amina's case with a hearing in a hundred days."""
    day = (today + timedelta(days=100)).isoformat()
    learn(case, cast.cora, now, individual_hearing=day, in_proceedings=True)
    return case


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ade", "bea", "ines", "otto"])
def test_who_does_not_work_on_a_case_changes_no_date(cast, case, now, today, who):
    user, one = getattr(cast, who), deadline(case, "oyd_outer")
    judged = {"replaces": "master_nondetained", "date": today, "source": "order"}
    for change in (
        lambda: actions.confirm_deadline(one, by=user, at=now),
        lambda: actions.finish_deadline(one, by=user, at=now),
        lambda: actions.waive_deadline(one, reason="x", by=user, at=now),
        lambda: actions.set_judge_date(case, **judged, by=user, at=now),
        lambda: learn(case, user, now, moved="2026-11-01"),
    ):
        with pytest.raises(Forbidden):
            change()


def test_the_attorney_of_a_case_settles_dates_through_their_own_rights(cast, accepted, now, today):
    case = accepted.case
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        one = deadline(case, "oyd_outer")
        actions.confirm_deadline(one, by=cast.ade, at=now)
        actions.set_judge_date(
            case, replaces="master_nondetained", date=today, source="order", by=cast.ade, at=now
        )
        learn(case, cast.ade, now, moved="2026-11-02")
    assert deadline(case, "oyd_outer").status == "confirmed"
    assert deadline(case, "ar11").status == "open"
    assert deadline(case, "master_nondetained").date == today


def test_the_database_shows_a_matters_dates_and_facts_to_nobody_else(cast, accepted, now, today):
    from screening.models import Review

    case = accepted.case
    actions.set_judge_date(
        case, replaces="master_nondetained", date=today, source="order", by=cast.cora, at=now
    )
    learn(case, cast.cora, now, moved="2026-11-02")
    for user, sees in ((cast.ade, True), (cast.cora, True), (cast.bea, False), (cast.otto, False)):
        with acting_as(principal_of(user)), transaction.atomic():
            for model in (JudgeDate, CaseFacts, DeadlineChange, Deadline, Review):
                assert model.objects.exists() is sees, (user, model)


def test_history_and_facts_are_written_once_and_never_changed(cast, case, now):
    learn(case, cast.cora, now, moved="2026-11-02")
    for model in (CaseFacts, DeadlineChange):
        with acting_as(principal_of(cast.cora)), pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**{"written_at" if model is CaseFacts else "at": now})


def test_a_closed_cases_dates_are_left_alone(cast, case, now):
    actions.decline_case(case, reason="moved away", by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.confirm_deadline(deadline(case, "oyd_outer"), by=cast.cora, at=now)


# --- what people settle ---------------------------------------------------------------------------


def test_waiving_needs_a_reason_which_is_kept_sealed(cast, case, now):
    one = deadline(case, "oyd_outer")
    with pytest.raises(Refused):
        actions.waive_deadline(one, reason=" ", by=cast.cora, at=now)
    actions.waive_deadline(one, reason="she has a lawyer", by=cast.cora, at=now)
    change = DeadlineChange.objects.get()
    assert (change.kind, opened(change).note) == ("waived", "she has a lawyer")
    assert "lawyer" not in str(Event.objects.get(name="cases.deadline_waived").data)


@pytest.mark.parametrize("settle", [actions.confirm_deadline, actions.finish_deadline])
def test_a_settled_date_can_be_opened_again_and_only_once(cast, case, now, settle):
    one = deadline(case, "oyd_outer")
    settle(one, by=cast.cora, at=now)
    assert one.decided_by == cast.cora
    actions.reopen_deadline(one, by=cast.cora, at=now)
    assert (one.status, one.decided_by) == ("open", None)
    with pytest.raises(NotAllowed):
        actions.reopen_deadline(one, by=cast.cora, at=now)


def test_the_database_refuses_an_illegal_move_of_a_date(cast, case, now):
    one = deadline(case, "oyd_outer")
    actions.finish_deadline(one, by=cast.cora, at=now)
    with pytest.raises(DatabaseError, match=r"[Ii]nvalid"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("update cases_deadline set status = 'waived' where id = %s", [one.pk])


def test_settled_dates_are_no_ones_next_date_and_nobody_is_reminded(cast, make_case, now, today):
    case = make_case(coming={"arrival": (today - timedelta(days=358)).isoformat()})
    for one in Deadline.objects.filter(case=case).select_related("case"):
        actions.finish_deadline(one, by=cast.cora, at=now)
    assert queue_for(cast.cora).get().live_date is None
    assert actions.remind_of_deadlines(at=now) == 0


# --- what moves -----------------------------------------------------------------------------------


def test_a_first_count_has_no_history(case):
    assert not DeadlineChange.objects.exists()


def test_a_fact_that_moves_a_date_is_named_with_both_days_and_told(cast, hearing, now, today):
    before = deadline(hearing, "evidence_individual_nondetained").date
    later = (today + timedelta(days=130)).isoformat()
    learn(hearing, cast.cora, now + timedelta(hours=1), individual_hearing=later, in_proceedings=True)
    key = "evidence_individual_nondetained"
    assert steps(hearing, key)[-1] == ("moved", ["fact:individual_hearing"])
    change = DeadlineChange.objects.filter(deadline__key=key).first()
    days = opened(change).days
    assert (
        days == {"from": str(before), "to": str(deadline(hearing, key).date)} and days["from"] != days["to"]
    )


def test_who_moved_a_date_is_not_told_of_it_but_who_works_on_the_case_is(cast, accepted, now):
    accepted.case.refresh_from_db()
    learn(accepted.case, cast.cora, now, moved="2026-11-02")
    deliver_due()
    told = Message.objects.filter(kind="dates_moved", channel="in_app").values_list("user__name", flat=True)
    assert list(told) == ["Ade"]


@pytest.mark.parametrize("settle", ["confirm_deadline", "finish_deadline"])
def test_a_settled_date_that_moves_is_opened_again_and_says_so(cast, hearing, now, today, settle):
    key = "evidence_individual_nondetained"
    getattr(actions, settle)(deadline(hearing, key), by=cast.cora, at=now)
    later = (today + timedelta(days=130)).isoformat()
    learn(hearing, cast.cora, now + timedelta(hours=1), individual_hearing=later, in_proceedings=True)
    assert deadline(hearing, key).status == "open"
    assert steps(hearing, key)[-2:] == [("moved", ["fact:individual_hearing"]), ("reopened", ["moved"])]


def test_a_settled_date_that_stays_is_left_alone(cast, hearing, now):
    actions.finish_deadline(deadline(hearing, "oyd_outer"), by=cast.cora, at=now)
    learn(hearing, cast.cora, now, moved="2026-11-02")
    assert deadline(hearing, "oyd_outer").status == "done"


def test_a_date_that_no_longer_applies_stays_and_says_why(cast, case, now):
    receive(case, cast.cora, now)
    one = deadline(case, "oyd_outer")
    assert (one.status, one.date is None) == ("gone", False)
    assert steps(case, "oyd_outer") == [("gone", ["fact:i589_received"])]
    with pytest.raises(Refused):
        actions.reopen_deadline(one, by=cast.cora, at=now)


def test_a_date_that_applies_again_is_open_again(cast, case, now):
    receipt = receive(case, cast.cora, now)
    actions.note_returned(receipt, returned="", by=cast.cora, at=now + timedelta(hours=1))
    assert deadline(case, "oyd_outer").status == "open"
    assert [kind for kind, _why in steps(case, "oyd_outer")] == ["gone", "returned"]


def test_a_date_that_was_done_and_no_longer_applies_stays_done(cast, case, now):
    actions.finish_deadline(deadline(case, "oyd_outer"), by=cast.cora, at=now)
    receive(case, cast.cora, now)
    assert deadline(case, "oyd_outer").status == "done"


def test_a_new_date_says_what_it_comes_from(cast, case, now):
    learn(case, cast.cora, now, briefing_schedule="2026-11-10")
    assert steps(case, "bia_brief") == [("appeared", ["fact:briefing_schedule"])]


def test_a_changed_rule_moves_a_date_and_says_so(cast, hearing, now, monkeypatch):
    from dataclasses import replace

    from cases.data import Rules
    from cases.rules import engine

    key = "evidence_individual_nondetained"
    changed = Rules(engine.deadline_rules())
    changed[key] = replace(changed[key], offset=15)
    monkeypatch.setattr(engine, "deadline_rules", lambda: changed)
    actions.rescreen_case(hearing, by="system:test", at=now + timedelta(hours=1))
    assert steps(hearing, key)[-1] == ("moved", ["rule"])


def test_a_moved_date_is_reminded_of_again(cast, hearing, now, today):
    key = "evidence_individual_nondetained"
    Deadline.objects.filter(pk=deadline(hearing, key).pk).update(reminded_at=now)
    later = (today + timedelta(days=130)).isoformat()
    learn(hearing, cast.cora, now + timedelta(hours=1), individual_hearing=later, in_proceedings=True)
    assert deadline(hearing, key).reminded_at is None


def test_counting_again_changes_nothing(cast, hearing, now):
    before = list(Deadline.objects.values_list("pk", "date", "computed_at").order_by("pk"))
    count = DeadlineChange.objects.count()
    actions.rescreen_case(hearing, by="system:test", at=now + timedelta(hours=1))
    assert list(Deadline.objects.values_list("pk", "date", "computed_at").order_by("pk")) == before
    assert DeadlineChange.objects.count() == count


# --- judges ---------------------------------------------------------------------------------------


def test_a_judges_date_wins_and_falls_back_when_removed_with_a_reason(cast, hearing, now, today):
    key = "evidence_individual_nondetained"
    by_rule = deadline(hearing, key).date
    ordered = today + timedelta(days=40)
    kept = actions.set_judge_date(
        hearing, replaces=key, date=ordered, source="scheduling order", by=cast.cora, at=now
    )
    assert deadline(hearing, key).date == ordered
    assert steps(hearing, key)[-1] == ("moved", ["judge"])
    with pytest.raises(Refused):
        actions.remove_judge_date(kept, reason="", by=cast.cora, at=now)
    later = now + timedelta(hours=1)
    actions.remove_judge_date(kept, reason="vacated", by=cast.cora, at=later)
    assert deadline(hearing, key).date == by_rule
    assert steps(hearing, key)[-1] == ("moved", ["judge"])
    with pytest.raises(Stale):
        actions.remove_judge_date(JudgeDate.objects.get(), reason="again", by=cast.cora, at=later)
    assert opened(JudgeDate.objects.get()).source == "scheduling order"


def test_a_judges_date_replaces_a_rule_we_have(cast, case, now, today):
    with pytest.raises(Refused):
        actions.set_judge_date(case, replaces="lunch", date=today, source="", by=cast.cora, at=now)


# --- what the case learned ------------------------------------------------------------------------


def test_two_people_do_not_overwrite_each_others_facts(cast, case, now):
    learn(case, cast.cora, now, moved="2026-11-02")
    with pytest.raises(Stale):
        actions.write_facts(case, values={}, seen=None, by=cast.cora, at=now)


def test_the_same_facts_again_are_no_new_row(cast, case, now):
    learn(case, cast.cora, now, moved="2026-11-02")
    assert learn(case, cast.cora, now, moved="2026-11-02") is None
    assert CaseFacts.objects.count() == 1


def test_the_ledger_knows_which_facts_changed_and_not_what_they_are(cast, case, now):
    learn(case, cast.cora, now, moved="2026-11-02")
    assert Event.objects.get(name="cases.facts_changed").data == {"facts": ["moved"]}


def known(case, on):
    found = known_of([case], purpose="test")[case.pk]
    return screening_facts_of(found, on=on), deadline_facts_of(found, on=on)


def test_what_was_learned_goes_over_what_was_told(cast, make_case, now, today):
    case = make_case(
        hearing={"has_court": "yes", "hearing_date": "2027-05-03", "hearing_kind": "individual", "court": ""},
    )
    learn(
        case,
        cast.cora,
        now,
        individual_hearing="2027-06-01",
        detained=True,
        decision={"date": "2026-11-03", "by": "judge", "asylum_merits": True},
        in_absentia_order="2026-11-04",
        i589_received="2026-01-10",
        sij=True,
        birth_date="2009-01-15",
        arrival="2026-02-01",
    )
    facts, dates = known(case, today)
    assert (str(facts.individual_hearing.first_day()), facts.custody) == ("2027-06-01", "ice")
    assert [(order.by, order.date.isoformat()) for order in facts.decisions] == [
        ("judge", "2026-11-03"),
        ("absentia", "2026-11-04"),
    ]
    assert facts.i589_received.isoformat() == "2026-01-10"
    assert (facts.age, facts.turns_18_or_21_soon, "sij" in facts.other_protection) == (17, True, True)
    assert (dates.decisions[0].asylum_merits, dates.birth_date.isoformat()) == (True, "2009-01-15")
    assert dates.arrival.isoformat() == "2026-02-01"


def test_what_was_told_can_be_taken_back(cast, make_case, now, today):
    case = make_case(
        hearing={"has_court": "yes", "hearing_date": "2027-05-03", "hearing_kind": "individual", "court": ""},
    )
    learn(case, cast.cora, now, individual_hearing=None, arrival=None)
    facts, dates = known(case, today)
    assert facts.individual_hearing is facts.arrival is dates.arrival is None
    assert deadline(case, "individual_hearing").status == "gone"


def test_a_bia_decision_is_final_and_no_judges(cast, case, now, today):
    learn(case, cast.cora, now, decision={"date": "2026-11-03", "by": "bia"})
    facts, _dates = known(case, today)
    assert [order.by for order in facts.decisions] == ["board"]
    assert deadline(case, "pfr").status == "open"


# --- birthdays ------------------------------------------------------------------------------------


@pytest.fixture
def child(cast, make_case, today):
    """Someone who turns 21 in ten days and asks for the juvenile petition."""
    turns = today + timedelta(days=10)
    return make_case(
        born={"birth_date": turns.replace(year=turns.year - 21).isoformat()}, help={"wants": ["sij"]}
    )


def test_a_birthday_stands_in_no_plain_column(child, today):
    one = deadline(child, "sij_21")
    assert one.date is one.unmoved_date is None
    before = roll_back(today + timedelta(days=9))
    assert opened(one).hidden["date"] == before.isoformat()
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(d)::text from cases_deadline d")
        rows = "".join(text for (text,) in cursor.fetchall())
    assert before.isoformat() not in rows and (today + timedelta(days=10)).isoformat() not in rows
    assert "Turns 18" not in rows


def test_a_birthday_near_is_reminded_of_once(cast, child, now):
    Deadline.objects.exclude(key="sij_21").update(reminded_at=now)
    assert [actions.remind_of_deadlines(at=now), actions.remind_of_deadlines(at=now)] == [1, 0]


def test_a_birthday_that_moves_is_in_the_history_sealed(cast, child, now, today):
    learn(child, cast.cora, now, birth_date=(today - timedelta(days=7600)).isoformat())
    assert steps(child, "sij_21") == [("moved", ["fact:birth_date"])]


def test_a_grown_up_has_no_words_about_coming_of_age(case):
    assert "Turns" not in (opened(deadline(case, "oyd_outer")).note or "")
