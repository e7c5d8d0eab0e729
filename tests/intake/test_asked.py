"""Which questions were asked is settled by the day of asking: no passing of days takes an answer away."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.actions import open_case
from cases.rescreening import Rescreened, rescreen_case
from foundation.accounts.models import Office
from intake.actions import save_answers, start_intake, submit_intake
from intake.models import Answer, Intake
from intake.queries import answers_of, on_path
from intake.questionnaire.path import ASKED, BY_NUMBER, FLOW, walk
from intake.review import review_of
from intake.sheet import Sheet
from intake.told import Saved
from screening.facts import facts_from
from tests.conftest import opened
from tests.support.answers import answers
from workspace.intakes.queries import told_of

BEGUN = date(2026, 6, 1)
SENT = BEGUN + timedelta(days=9)
FRESH = {"coming": {"arrival": "2026-06-01"}, "fear_interview": {"fear_interview": "refused"}}


def noon(day):
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)


def told(draft, *, sent=None, asked=()):
    """Return answers by question as they are saved of a draft, or of a form that was sent."""
    pages = {}
    for key, value in draft.items():
        page = next(page for page in FLOW if key in page.form.questions())
        pages.setdefault(page.key, {})[key] = value
    return Saved(pages, begun=BEGUN, day=sent or BEGUN, is_sent=bool(sent), asked=frozenset(asked))


def keys(path):
    return {page.key for page in path.pages}


# Everything that a day decides with: ages, arrivals, incomes; and what stands behind such a branch.
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "birth_date": st.dates(date(2004, 1, 1), date(2010, 1, 1)).map(date.isoformat),
        "arrival": st.one_of(
            st.dates(date(2025, 5, 1), date(2026, 7, 1)).map(date.isoformat),
            st.sampled_from(["2026-05", "2026", "2025", ""]),
        ),
        "fear_interview": st.sampled_from(["refused", "soon", "passed", "no"]),
        "with_parent": st.sampled_from(["yes", "no"]),
        "household_size": st.integers(1, 9),
        "income": st.sampled_from(["0", "800", "3100", "90000"]),
        "period": st.just("monthly"),
        "state": st.sampled_from(["NY", "AK"]),
        "hardship": st.sampled_from(["yes", "no"]),
        "late_reason": st.just(["health"]),
        "i589": st.sampled_from(["yes", "no"]),
        "child_parent": st.sampled_from(["yes", "no"]),
        "has_court": st.sampled_from(["yes", "no"]),
        "hearing_date": st.just("2026-07-01"),
        "custody": st.sampled_from(["ice", "no"]),
        "facility": st.just("Elizabeth"),
    },
)


@settings(deadline=None)
@given(ANSWERS, st.integers(0, 40), st.integers(0, 400))
def test_an_answer_kept_at_submission_is_read_whatever_the_day(given_answers, days, later):
    sent = BEGUN + timedelta(days=days)
    draft = walk(told(given_answers), on=sent)
    saved = told(given_answers, sent=sent, asked=keys(draft))
    assert on_path(saved) == draft.values
    assert facts_from(on_path(saved), on=sent) == facts_from(draft.values, on=sent)
    intake = Intake(office=Office(), submitted_at=noon(sent))
    rows = [
        row for part in review_of(Sheet(intake, saved, sent + timedelta(days=later))) for row in part.rows
    ]
    assert {row.page.key for row in rows} == keys(draft)
    assert not any(row.is_outside for row in rows)


@settings(deadline=None)
@given(ANSWERS, st.integers(0, 400))
def test_what_was_sent_before_it_was_kept_is_read_as_of_the_day_it_was_sent(given_answers, later):
    saved = told(given_answers, sent=SENT)
    assert on_path(saved) == walk(Saved(saved.answers), on=SENT).values
    assert walk(saved, on=SENT + timedelta(days=later)) == walk(saved)


@settings(deadline=None)
@given(ANSWERS, st.integers(0, 400), st.integers(0, 400))
def test_no_passing_of_days_closes_a_page_of_a_draft_that_is_answered(given_answers, days, more):
    draft, day = told(given_answers), BEGUN + timedelta(days=days)
    before = walk(draft, on=day)
    after = walk(draft, on=day + timedelta(days=more))
    assert keys(before) & set(draft.answers) <= keys(after)


def test_a_page_that_was_not_answered_is_asked_as_of_today():
    draft = told({"arrival": "2026-06-01"})
    assert "fear_interview" in keys(walk(draft, on=SENT))
    assert "fear_interview" not in keys(walk(draft, on=BEGUN + timedelta(days=20)))


def test_an_earlier_answer_that_is_changed_still_closes_its_branch():
    late = BEGUN + timedelta(days=20)
    held = {"custody": "ice", "fear_interview": "refused"}
    assert "fear_interview" in keys(walk(told(held), on=late))
    assert "fear_interview" not in keys(walk(told({**held, "custody": "no"}), on=late))
    old = told({"arrival": "2024-06-01", "fear_interview": "refused"})
    assert "fear_interview" not in keys(walk(old, on=late))


@pytest.fixture
def make_sent(office):
    """Return a function that makes a form begun and sent on days of their own."""

    def make(*, begun=SENT, sent=SENT, **changes):
        draft = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=noon(begun))
        saved = None
        for page, values in answers(begun, **changes).items():
            saved = save_answers(draft, page=page, values=values, at=noon(begun), saved=saved).saved
        submit_intake(draft, at=noon(sent))
        return Intake.objects.get(pk=draft.pk)

    return make


def test_a_refused_interview_is_critical_after_its_fourteen_days_too(make_sent, cast):
    """Arrival 1 June, refused, sent on 10 June: on 20 June it still stands there, and still is critical."""
    intake = make_sent(**FRESH)
    case = open_case(intake, by="system:test", at=noon(SENT))
    assert case.band == "CRITICAL"
    later = noon(SENT + timedelta(days=10))
    assert rescreen_case(case, by="system:test", at=later) == Rescreened()  # nothing came out differently
    assert answers_on_the_page(case, cast.cora)["fear_interview"] == "Yes, and they said no"


def answers_on_the_page(case, user):
    told = told_of(case, user=user, today=SENT + timedelta(days=10), story_waits=False)
    return {BY_NUMBER[row.number].key: row.answers[0][1] for part in told.sections for row in part.rows}


def test_a_draft_that_was_left_for_a_month_is_sent_with_all_that_was_answered(make_sent):
    intake = make_sent(begun=SENT, sent=SENT + timedelta(days=10), **FRESH)
    assert on_path(answers_of(intake, purpose="test"))["fear_interview"] == "refused"


def test_a_form_sent_before_this_was_kept_reads_the_same(make_sent, tamper):
    intake = make_sent(**FRESH)
    before = on_path(answers_of(intake, purpose="test"))
    assert tamper("DELETE FROM intake_answer WHERE page = %s", ASKED)
    assert on_path(answers_of(intake, purpose="test")) == before


def test_which_pages_were_asked_is_sealed(make_sent, tamper):
    intake = make_sent(where_now={"custody": "ice"}, fear_interview={"fear_interview": "no"})
    kept = Answer.objects.get(intake=intake, page=ASKED)
    assert str(kept.value) == "<sealed>"
    assert "fear_interview" in opened(kept, "value").value["asked"]


def test_a_form_in_the_hand_of_somebody_is_as_urgent_as_its_path_says(office):
    """Nobody has to say so: what is saved next on another page takes nothing back."""
    draft = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=noon(SENT))
    save_answers(draft, page="where_now", values={"custody": "ice"}, at=noon(SENT))
    save_answers(draft, page="name", values={"other_names": ""}, at=noon(SENT))
    assert Intake.objects.get().urgent
    save_answers(draft, page="where_now", values={"custody": "no"}, at=noon(SENT))
    assert not Intake.objects.get().urgent
