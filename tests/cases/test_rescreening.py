"""Screening again: new rows only for what differs; a band rises by itself and a person's decision stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Case
from cases.rescreening import Rescreened, mark_failed, or_mark
from foundation.events.lifecycle import Stale
from foundation.events.models import AccessRecord, Delivery, Event
from foundation.refused import Forbidden
from intake.models import Answer
from notifications.models import Message
from screening.models import Review, Screening
from screening.queries import latest_screening
from tests import conftest
from tests.conftest import opened
from tests.support.people import second_agrees
from tests.support.relay import deliver_due


def told(kind, user):
    return Message.objects.filter(kind=kind, channel="in_app", user=user).count()


def change(case, page, **values):
    """Change an answer as a correction will."""
    answer = Answer.objects.get(intake_id=case.intake_id, page=page)
    answer.value = {**opened(answer, "value").value, **values}
    answer.save()


def screenings(case):
    return Screening.objects.filter(intake_id=case.intake_id).count()


@pytest.fixture
def near(cast, make_case, now):
    """A case whose one-year date is near enough for a high band."""
    return make_case(coming={"arrival": days_ago(cast, now, 340)})


def days_ago(cast, now, days):
    return (cast.office.today(now) - timedelta(days=days)).isoformat()


def review(case, by, now, **changes):
    newest = latest_screening(case.intake)
    values = {"screening": newest.pk, "outcome": newest.outcome, "band": case.band, "reason": ""}
    actions.review_case(case, **{**values, **changes}, by=by, at=now)


def triage(case, by, now, band, reason="calm"):
    conftest.triage(case, by=by, at=now, band=band, reason=reason)


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ade", "ines", "otto"])
def test_only_the_offices_caseworkers_screen_again_or_review(cast, case, now, who):
    with pytest.raises(Forbidden):
        actions.screen_again(case, by=getattr(cast, who), at=now)
    with pytest.raises(Forbidden):
        review(case, getattr(cast, who), now)


def test_a_closed_case_is_not_screened_again(cast, case, now):
    actions.decline_case(case, reason="moved away", by=cast.cora, at=now)
    change(case, "danger", danger="yes")
    assert actions.rescreen_case(case, by="system:test", at=now) == Rescreened()
    with pytest.raises(Forbidden):
        actions.screen_again(case, by=cast.cora, at=now)
    assert screenings(case) == 1


# --- new rows -----------------------------------------------------------------------------------


def test_nothing_new_is_no_new_screening(case, now):
    assert actions.rescreen_case(case, by="system:test", at=now) == Rescreened()
    assert screenings(case) == 1
    assert not Event.objects.filter(name="cases.dates_recounted").exists()


def test_another_answer_is_a_new_screening_though_score_and_codes_are_the_same(cast, case, now):
    change(case, "coming", arrival=days_ago(cast, now, 121))
    kept = actions.rescreen_case(
        case, by="system:test", at=now + timedelta(seconds=1), why="answers"
    ).screening
    assert kept.codes == case.intake.screenings.order_by("created_at").first().codes
    assert (screenings(case), kept.why) == (2, "answers")


def test_the_first_screening_is_never_touched(cast, case, now):
    first = Screening.objects.get()
    change(case, "danger", danger="yes")
    actions.rescreen_case(case, by="system:test", at=now + timedelta(seconds=1))
    first.refresh_from_db()
    assert "DANGER_NOW" not in first.codes


# --- bands --------------------------------------------------------------------------------------


def test_a_band_rises_by_itself_is_recorded_and_told(cast, case, now):
    change(case, "danger", danger="yes")
    actions.rescreen_case(case, by="system:test", at=now + timedelta(seconds=1))
    case.refresh_from_db()
    assert case.band == "HIGH"
    assert Event.objects.get(name="cases.band_raised").data["to"] == "HIGH"
    Delivery.objects.update(next_try_at=now)  # it was recorded a second ahead of the clock
    deliver_due()
    assert told("band_raised", cast.cora) == 1


def test_a_band_does_not_fall_by_itself(cast, make_case, now):
    case = make_case(danger={"danger": "yes"})
    change(case, "danger", danger="no")
    screening = actions.rescreen_case(case, by="system:test", at=now + timedelta(seconds=1)).screening
    case.refresh_from_db()
    assert (screening.band, case.band, case.score) == ("ROUTINE", "HIGH", screening.score)


def test_the_nightly_run_does_not_undo_a_persons_decision(cast, near, now):
    assert near.band == "HIGH"
    triage(near, cast.cora, now, "ROUTINE")
    for day in range(1, 4):
        actions.rescreen_case(near, by="system:test", at=now + timedelta(days=day))
        near.refresh_from_db()
        assert near.band == "ROUTINE"


def test_a_newly_reached_floor_raises_what_a_person_lowered(cast, near, now):
    triage(near, cast.cora, now, "ROUTINE")
    actions.rescreen_case(near, by="system:test", at=now + timedelta(days=20))
    near.refresh_from_db()
    assert near.band == "CRITICAL"


def test_a_person_may_lower_it_again_and_that_stands_too(cast, near, now):
    triage(near, cast.cora, now, "ROUTINE")
    later = now + timedelta(days=20)
    actions.rescreen_case(near, by="system:test", at=later)
    near.refresh_from_db()
    with pytest.raises(actions.ReasonNeeded):
        review(near, cast.cora, later, band="MEDIUM")
    review(near, cast.cora, later, band="MEDIUM", reason="filed last week")
    second_agrees(near, at=later)
    actions.rescreen_case(near, by="system:test", at=later + timedelta(hours=12))
    near.refresh_from_db()
    assert near.band == "MEDIUM"
    assert Event.objects.filter(name="cases.band_set").count() == 1


# --- confirming ---------------------------------------------------------------------------------


def test_confirming_without_any_change_is_on_record(cast, triaged, now):
    assert Review.objects.get().decided_by == cast.cora
    review(triaged, cast.cora, now + timedelta(hours=1))
    assert Review.objects.count() == 2
    assert Event.objects.filter(name="screening.confirmed").count() == 2
    assert not triaged.intake.screenings.get().overrides.exists()


def test_departing_from_the_outcome_needs_a_reason_and_keeps_an_override(cast, triaged, now):
    with pytest.raises(actions.ReasonNeeded):
        review(triaged, cast.cora, now, outcome="REFER_OUT")
    later = now + timedelta(hours=1)
    review(triaged, cast.cora, later, outcome="REFER_OUT", reason="lives abroad")
    override = triaged.intake.screenings.get().overrides.get()
    assert opened(override, "reason").reason == "lives abroad"
    assert opened(Review.objects.get(decided_at=later), "reason").reason == "lives abroad"


def test_a_screening_that_is_no_longer_the_newest_cannot_be_confirmed(cast, triaged, now):
    old = latest_screening(triaged.intake)
    change(triaged, "danger", danger="yes")
    actions.rescreen_case(triaged, by="system:test", at=now + timedelta(seconds=1))
    with pytest.raises(Stale):
        review(triaged, cast.cora, now, screening=old.pk)


# --- the first look -----------------------------------------------------------------------------


def test_the_look_comes_earlier_when_the_band_rises_before_anyone_looked(case, now):
    before = case.look_by
    change(case, "danger", danger="yes")
    actions.rescreen_case(case, by="system:test", at=now + timedelta(seconds=1))
    case.refresh_from_db()
    assert case.look_by < before


def test_the_look_never_comes_later(cast, case, now):
    before = case.look_by
    change(case, "danger", danger="yes")
    actions.rescreen_case(case, by="system:test", at=now + timedelta(days=30))
    case.refresh_from_db()
    assert (case.band, case.look_by) == ("HIGH", before)


def test_after_someone_looked_the_clock_stands(cast, triaged, now):
    before = triaged.look_by
    change(triaged, "danger", danger="yes")
    actions.rescreen_case(triaged, by="system:test", at=now + timedelta(seconds=1))
    triaged.refresh_from_db()
    assert (triaged.band, triaged.look_by) == ("HIGH", before)


def test_an_overdue_look_is_reminded_of_once(cast, case, now):
    assert actions.remind_of_looks(at=now) == 0
    late = now + timedelta(days=30)
    assert [actions.remind_of_looks(at=late), actions.remind_of_looks(at=late)] == [1, 0]
    assert told("look_overdue", cast.cora) == 1


def test_a_look_is_overdue_on_the_day_after(cast, case, now):
    day = case.look_by - cast.office.today(now)
    assert actions.remind_of_looks(at=now + day) == 0
    assert actions.remind_of_looks(at=now + day + timedelta(days=1)) == 1


def test_nobody_is_reminded_of_a_case_that_was_looked_at(cast, triaged, now):
    assert actions.remind_of_looks(at=now + timedelta(days=30)) == 0


# --- every night --------------------------------------------------------------------------------


def test_the_nightly_run_screens_open_cases_of_every_office_and_only_what_differs(cast, make_case, now):
    changed, same, closed = make_case(), make_case(), make_case()
    actions.decline_case(closed, reason="moved away", by=cast.cora, at=now)
    for case in (changed, closed):
        change(case, "danger", danger="yes")
    assert actions.rescreen_open_cases(at=now + timedelta(seconds=1)) == 1
    assert [screenings(case) for case in (changed, same, closed)] == [2, 1, 1]


def test_one_case_that_cannot_be_opened_keeps_nobody_waiting(cast, make_case, now):
    from foundation.vault.keys import shred

    broken, other = make_case(), make_case()
    change(other, "danger", danger="yes")
    shred([broken.matter_id])
    actions.rescreen_open_cases(at=now + timedelta(seconds=1))
    other.refresh_from_db()
    assert other.band == "HIGH"


def test_the_nightly_run_opens_a_batch_at_a_time(make_case, now, statements):
    def cost():
        before = AccessRecord.objects.count()
        with statements() as asked:
            actions.rescreen_open_cases(at=now + timedelta(seconds=1))
        return len(asked), AccessRecord.objects.count() - before

    make_case()
    first = cost()
    for _ in range(3):
        make_case()
    assert cost() == first


def test_a_fact_of_the_case_screens_it_again(cast, case, now):
    soon = (cast.office.today(now) + timedelta(days=5)).isoformat()
    actions.write_facts(case, values={"individual_hearing": soon}, seen=None, by=cast.cora, at=now)
    deliver_due()
    assert Case.objects.get(pk=case.pk).band == "CRITICAL"
    assert latest_screening(case.intake).why == "facts"


def test_a_case_that_the_rules_cannot_be_run_over_says_so_until_they_can(client, case, cast, now):
    client.force_login(cast.cora)
    words = "The rules cannot be run over"
    home = reverse("home")
    pages = [reverse(name, args=[case.pk]) for name in ("case", "workspace:dates", "workspace:screening")]
    assert not any(words in client.get(page).content.decode() for page in (home, *pages))
    mark_failed(case, by="system:rescreen", at=now)
    for page in (home, *pages):
        assert words in client.get(page).content.decode(), page
    assert case.reference in client.get(home).content.decode()
    actions.rescreen_open_cases(at=now)
    assert not any(words in client.get(page).content.decode() for page in (home, *pages))


def test_since_when_is_the_day_at_the_office_and_nothing_once_the_case_is_over(case, cast):
    late = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)  # still the evening before in New York
    mark_failed(case, by="system:rescreen", at=late)
    case.refresh_from_db()
    assert case.rules_failed_on == date(2026, 11, 28)
    case.closed_at = late
    assert case.rules_failed_on is None


def test_whatever_fails_while_one_case_is_gone_through_marks_it_and_lets_the_next_one_be(make_case, now):
    broken, whole = make_case(), make_case()

    def fail():
        Case.objects.filter(pk=broken.pk).update(score=99)
        raise LookupError

    assert not or_mark(broken, fail, by="system:rules", at=now)
    assert or_mark(whole, lambda: None, by="system:rules", at=now)
    kept = Case.objects.in_bulk([broken.pk, whole.pk])
    assert kept[broken.pk].rules_failed_at and kept[broken.pk].score != 99, "what it had begun is undone"
    assert not kept[whole.pk].rules_failed_at
