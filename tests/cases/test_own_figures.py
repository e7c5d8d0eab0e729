"""Figures of the rules that an office sets: tried first, from a day on, undone, and read everywhere."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.adopting import FiguresMoved, NotToAdopt
from cases.facts import known_of
from cases.models import RulesRun, RunKind
from cases.stamp import figures_of, stamps
from cases.work import LINE
from foundation.accounts.models import Office, OfficeChange
from foundation.accounts.office_changes import DayGone, apply_due_changes, change_office, undo_change
from foundation.refused import Forbidden
from intake.told import Told, printed_figures
from notifications.models import Message
from screening.models import Finding, Why
from screening.queries import latest_screening
from screening.rules import config_of
from tests.conftest import opened
from tests.workspace.test_screening_page import words

RICHER = {"money": {"income": "2500"}}  # 188 % of the guideline for one: under 200, over 150


def again(office):
    return Office.objects.get(pk=office.pk)


def tried(cast, now, **settings):
    run = actions.start_try(settings=settings, files={}, by=cast.ines, at=now)
    LINE.work_off()
    return RulesRun.objects.select_related("office").get(pk=run.pk)


def follow(now):
    """Let the worker go through what a change of the figures moved."""
    actions.note_changed_rules(at=now)
    LINE.work_off(at=now)


@pytest.fixture
def richer(make_case, now):
    """A case that passes at 200 % and not at 150; the office's first run found all as it was kept."""
    made = make_case(**RICHER)
    follow(now)
    return made


def outcome(case):
    return latest_screening(case.intake).outcome


def test_only_an_administrator_of_the_office_takes_a_try_over(cast, case, now):
    run = tried(cast, now, max_pct=150)
    for other in (cast.cora, cast.ade, cast.otto):
        with pytest.raises(Forbidden):
            actions.adopt_try(run, by=other, at=now)
    assert again(cast.office).own_figures == {}


def test_what_was_not_tried_to_its_end_or_changes_files_is_not_taken_over(cast, case, now):
    unfinished = actions.start_try(settings={"max_pct": 150}, files={}, by=cast.ines, at=now)
    with pytest.raises(NotToAdopt):
        actions.adopt_try(unfinished, by=cast.ines, at=now)
    run = tried(cast, now, max_pct=150)
    RulesRun.objects.filter(pk=run.pk).update(files={"ruleset.toml": "x"})
    run.refresh_from_db()
    with pytest.raises(NotToAdopt):
        actions.adopt_try(run, by=cast.ines, at=now)


def test_a_try_over_figures_that_changed_since_is_not_taken_over(cast, case, now):
    first, second = tried(cast, now, max_pct=150), tried(cast, now, max_pct=180)
    actions.adopt_try(first, by=cast.ines, at=now)
    with pytest.raises(FiguresMoved):
        actions.adopt_try(second, by=cast.ines, at=now)
    assert again(cast.office).max_pct == 150


def test_a_day_that_is_over_is_refused(cast, case, now):
    run = tried(cast, now, max_pct=150)
    with pytest.raises(DayGone):
        actions.adopt_try(run, starts_on=cast.office.today(now) - timedelta(days=1), by=cast.ines, at=now)


def test_from_its_day_on_cases_are_screened_with_the_offices_own_limit_and_listed(cast, richer, now):
    day = cast.office.today(now) + timedelta(days=3)
    actions.adopt_try(tried(cast, now, max_pct=150), starts_on=day, by=cast.ines, at=now)
    follow(now + timedelta(minutes=1))
    assert outcome(richer) == "ELIGIBLE_FOR_REVIEW"
    then = now + timedelta(days=3)
    assert apply_due_changes(at=then) == 1
    follow(then)
    assert outcome(richer) == "NOT_ELIGIBLE_PROGRAM"
    run = RulesRun.objects.filter(office=cast.office, kind=RunKind.CHANGE).latest("asked_at")
    assert [move.case_id for move in run.moves.all()] == [richer.pk]


def test_a_case_that_something_else_screened_first_is_listed_as_moved_too(cast, richer, now):
    soon = now + timedelta(minutes=1)
    actions.adopt_try(tried(cast, now, max_pct=150), by=cast.ines, at=soon)
    actions.rescreen_case(richer, by="system:rescreen", at=soon, why=Why.NAMES)
    follow(now + timedelta(minutes=2))
    run = RulesRun.objects.filter(office=cast.office, kind=RunKind.CHANGE).latest("asked_at")
    move = run.moves.get()
    assert (move.case_id, move.before["outcome"]) == (richer.pk, "ELIGIBLE_FOR_REVIEW")
    assert Message.objects.filter(kind="rules_changed", user=cast.cora).exists()


def test_undone_the_programs_limit_holds_again_and_cases_follow(cast, richer, now):
    change = actions.adopt_try(tried(cast, now, max_pct=150), by=cast.ines, at=now)
    follow(now + timedelta(minutes=1))
    assert outcome(richer) == "NOT_ELIGIBLE_PROGRAM"
    undo_change(change, by=cast.ines, at=now)
    follow(now + timedelta(minutes=2))
    assert outcome(richer) == "ELIGIBLE_FOR_REVIEW"
    assert again(cast.office).own_figures == {}


def test_a_new_case_is_screened_with_the_offices_own_figures_and_says_so(cast, make_case, now):
    change_office(cast.office, max_pct=150, by=cast.ines, at=now)
    made = make_case(**RICHER)
    found = Finding.objects.get(screening=latest_screening(made.intake), code="INCOME_GT_LIMIT")
    assert opened(found, "inputs").inputs["max_pct"] == 150


def test_a_finding_under_the_programs_own_limits_names_none(make_case):
    found = Finding.objects.get(screening=latest_screening(make_case(**RICHER).intake), gate="afford")
    assert not {"max_pct", "auto_pct"} & set(opened(found, "inputs").inputs)


def test_another_offices_figures_are_its_own(cast, richer, now):
    other = cast.other
    Office.objects.filter(pk=other.pk).update(max_pct=125)
    follow(now + timedelta(minutes=1))
    assert outcome(richer) == "ELIGIBLE_FOR_REVIEW"


def test_the_form_asks_about_big_costs_by_the_offices_own_limit(cast, richer, now):
    told = known_of([richer], purpose="test")[richer.pk].answers
    assert not Told(told, on=cast.office.today(now)).over_income_limit
    assert Told(told, on=cast.office.today(now), figures={"max_pct": 150}).over_income_limit


def test_the_public_pages_print_the_offices_own_limit(cast, now):
    today = cast.office.today(now)
    by_program, by_office = printed_figures(today, {}), printed_figures(today, {"max_pct": 100})
    assert by_program[0] == by_office[0] * 2


def test_a_figure_goes_back_to_what_the_program_has(client, cast, case, now):
    change_office(cast.office, max_pct=150, asset_cap=900, by=cast.ines, at=now)
    client.force_login(cast.ines)
    response = client.post(reverse("workspace:simulator"), {"as_program": ["asset_cap"]})
    LINE.work_off()
    client.post(response["Location"] + "adopt/")
    assert again(cast.office).own_figures == {"max_pct": 150}
    assert "as the program has it" in words(client.get(reverse("office")))


def test_a_try_starts_from_the_offices_own_figures(client, cast, case, now):
    change_office(cast.office, max_pct=150, by=cast.ines, at=now)
    client.force_login(cast.ines)
    assert client.post(reverse("workspace:simulator"), {"auto_pct": "160"}).status_code == 422
    shown = words(client.get(reverse("workspace:simulator")))
    assert "150 %" in shown and "our own; the program has: 200 %" in shown


def test_the_page_of_a_try_offers_it_to_administrators_alone_and_says_when_it_is_stale(
    client, cast, case, now
):
    run = tried(cast, now, max_pct=150)
    client.force_login(cast.cora)
    assert "Make it so" not in words(client.get(run.get_absolute_url()))
    client.force_login(cast.ines)
    assert "Make it so" in words(client.get(run.get_absolute_url()))
    change_office(cast.office, auto_pct=100, by=cast.ines, at=now)
    page = client.post(reverse("workspace:rules-run-adopt", args=[run.pk]))
    assert page.status_code == 409 and "Try it again" in words(page)


def test_a_day_that_is_no_day_comes_back_with_words(client, cast, case, now):
    run = tried(cast, now, max_pct=150)
    client.force_login(cast.ines)
    address = reverse("workspace:rules-run-adopt", args=[run.pk])
    assert client.post(address, {"starts_on": "soon"}).status_code == 422
    day = (cast.office.today(now) + timedelta(days=9)).isoformat()
    assert client.post(address, {"starts_on": day})["Location"] == reverse("office")
    assert OfficeChange.objects.get().fields == {"max_pct": [None, 150]}


def test_two_waiting_changes_of_two_figures_leave_each_other_alone(cast, now):
    today = cast.office.today(now)
    for ahead, figure in ((1, {"max_pct": 150}), (2, {"asset_cap": 5000})):
        change_office(cast.office, starts_on=today + timedelta(days=ahead), by=cast.ines, at=now, **figure)
    assert apply_due_changes(at=now + timedelta(days=2)) == 2
    assert again(cast.office).own_figures == {"max_pct": 150, "asset_cap": 5000}


def test_without_figures_of_its_own_an_office_has_the_programs_stamp_and_settings():
    assert figures_of({}) == stamps().figures != figures_of({"max_pct": 150})
    assert config_of({}).max_pct == 200
    assert config_of({"max_pct": None}).max_pct == 200
