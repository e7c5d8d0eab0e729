"""Other figures tried over the open cases, and what a change of the rules moved."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import actions, runs
from cases.models import Case, RulesMove, RulesRun, RunKind
from cases.stamp import stamps
from cases.work import LINE
from foundation.events.models import AccessRecord, Event
from foundation.refused import Forbidden
from notifications.models import Message
from screening.data import HERE
from screening.models import Screening, Why
from screening.queries import latest_screening
from tests.conftest import triage
from tests.workspace.test_screening_page import words
from workspace.simulator.queries import bars


def send(client, user, **sent):
    client.force_login(user)
    return client.post(reverse("workspace:simulator"), sent)


def tried(client, user, **sent):
    """Send the form, let the worker run, and return the page it led to."""
    response = send(client, user, **sent)
    assert response.status_code == 302, words(response)
    LINE.work_off()
    return client.get(response["Location"])


def text_file(text):
    return SimpleUploadedFile("figures.txt", text.encode())


# --- trying ---------------------------------------------------------------------------------------


def test_only_staff_try_figures(client, cast, case, now):
    client.force_login(cast.ade)
    assert client.get(reverse("workspace:simulator")).status_code == 403
    with pytest.raises(Forbidden):
        actions.start_try(settings={"max_pct": 150}, files={}, by=cast.ade, at=now)
    for user in (cast.ines, cast.cora):
        client.force_login(user)
        assert client.get(reverse("workspace:simulator")).status_code == 200


def test_a_changed_setting_says_which_cases_would_come_out_differently_and_no_name(client, cast, make_case):
    poor, richer = make_case(), make_case(money={"income": "2500"})
    before = Screening.objects.count()
    response = tried(client, cast.ines, max_pct="150")
    text = words(response)
    assert "1 of 2 open cases would come out differently" in text
    assert richer.reference in text and poor.reference not in text
    assert "Fits our program: ready for review" in text and "Does not fit our program" in text
    assert "INCOME_GT_LIMIT" in text and "Canary" not in text
    assert '<meter class="then" min="0" max="' in response.content.decode()
    assert Screening.objects.count() == before


def test_what_a_case_learned_counts_in_a_try(client, cast, case, now):
    """The answers alone would come to something else: facts of the case are laid over them."""
    actions.write_facts(case, values={"assets": 900}, seen=None, by=cast.cora, at=now)
    assert "1 of 1 open cases would" in words(tried(client, cast.cora, asset_cap="500"))


def test_a_closed_case_is_not_looked_at(client, cast, case, now):
    actions.decline_case(case, reason="moved away", by=cast.cora, at=now)
    assert "0 of 0 open cases" in words(tried(client, cast.cora, max_pct="150"))


def test_while_it_runs_the_page_says_how_far_it_is_and_asks_again(client, cast, case):
    address = send(client, cast.cora, max_pct="150")["Location"]
    response = client.get(address)
    assert "0 of 1 open cases looked at" in words(response) and response["Refresh"] == "3"
    LINE.work_off()
    assert "Refresh" not in client.get(address)


def test_a_worker_that_dies_goes_on_where_it_was(client, cast, make_case, monkeypatch):
    """What was looked at stays; nothing is counted twice."""
    for _ in range(3):
        make_case()
    monkeypatch.setattr(runs, "BATCH", 1)
    send(client, cast.cora, max_pct="10", auto_pct="10")
    run = RulesRun.objects.select_related("office").get()
    runs._try_batch(runs._change_of(run), run, runs._next(run))
    LINE.work_off()
    run.refresh_from_db()
    assert (run.looked_at, run.moves.count(), sum(n for n, _then in run.counts["band"].values())) == (3, 3, 3)


def test_another_office_sees_neither_the_run_nor_its_cases(client, cast, case):
    address = send(client, cast.cora, max_pct="10", auto_pct="10")["Location"]
    client.force_login(cast.otto)
    assert client.get(address).status_code == 404
    assert "0 of 0 open cases" in words(tried(client, cast.otto, max_pct="199"))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Change at least one thing"),
        ({"max_pct": "124"}, "must not be lower"),
        ({"service_area": "NY, ZZ"}, "Write states as two letters each"),
        ({"guidelines": "a,b\n1,2\n"}, "poverty_guidelines.csv line 1"),
        ({"ruleset": "ruleset = ["}, "ruleset.toml"),
        ({"ruleset": "x" * 300_000}, "too large"),
    ],
)
def test_what_cannot_be_tried_is_refused_and_nothing_is_put_in_line(client, cast, case, sent, message):
    files = {name: text_file(text) for name, text in sent.items() if name in ("guidelines", "ruleset")}
    response = send(client, cast.ines, **{**sent, **files})
    assert response.status_code == 422 and message in words(response)
    assert not RulesRun.objects.exists()


def test_another_ruleset_and_other_guidelines_are_tried(client, cast, make_case):
    make_case(danger={"danger": "yes"})
    ruleset = (HERE / "ruleset.toml").read_text().replace("danger = 25", "danger = 90")
    assert "1 of 1 open cases" in words(tried(client, cast.ines, ruleset=text_file(ruleset)))
    guidelines = (HERE / "poverty_guidelines.csv").read_text().replace("15960,5680", "100,50")
    assert "1 of 1 open cases" in words(tried(client, cast.ines, guidelines=text_file(guidelines)))


def test_a_run_opens_answers_a_batch_at_a_time(client, cast, make_case):
    def cost():
        before = AccessRecord.objects.filter(purpose="simulate").count()
        tried(client, cast.ines, max_pct="199")
        return AccessRecord.objects.filter(purpose="simulate").count() - before

    make_case()
    first = cost()
    for _ in range(3):
        make_case()
    assert cost() == first


def test_old_tries_go_and_changes_stay(client, cast, case, now):
    tried(client, cast.cora, max_pct="10", auto_pct="10")
    actions.note_changed_rules(at=now)
    assert actions.forget_old_tries(before=now + timedelta(days=31)) == 1
    assert set(RulesRun.objects.values_list("kind", flat=True)) == {RunKind.CHANGE}
    assert not RulesMove.objects.exists()


def test_both_bars_of_every_outcome_are_drawn_on_one_scale():
    from screening.models import Band

    drawn = bars(Band, {"ROUTINE": [0, 0], "CRITICAL": [4, 2]})
    assert [(bar.label, bar.now, bar.then, bar.most) for bar in drawn] == [
        ("Critical", 4, 2, 4),
        ("Routine", 0, 0, 4),
    ]
    assert [bar.most for bar in bars(Band, {"HIGH": [0, 0]})] == [1]


# --- the rules changed ----------------------------------------------------------------------------


@pytest.fixture
def seen_rules(case, now):
    """The office's first run with these rules, which finds everything as it was kept."""
    actions.note_changed_rules(at=now)
    LINE.work_off()
    assert RulesRun.objects.filter(office=case.office, finished_at__isnull=False).count() == 1
    assert not RulesMove.objects.exists()


def other_rules(tamper, *, code=None):
    """Make what is kept look like the work of other rules: other stamps, another rule set, other codes."""
    tamper("update cases_rulesrun set figures = 'before', code = %s", code or "before")
    tamper(
        "update screening_screening set ruleset = '2026.01', band = 'ROUTINE', codes = '[\"FEAR_SOMETHING\"]'"
    )


def test_the_same_rules_are_gone_through_once(seen_rules, now):
    assert actions.note_changed_rules(at=now) == 0


def test_the_first_run_after_a_change_lists_what_it_moved_and_tells_the_caseworkers(
    seen_rules, cast, case, tamper, client, now
):
    other_rules(tamper)
    assert actions.note_changed_rules(at=now + timedelta(hours=1)) == 2  # each office has a run
    LINE.work_off(at=now + timedelta(hours=1))
    run = RulesRun.objects.filter(office=case.office).order_by("-asked_at").first()
    move = run.moves.get()
    assert (move.case_id, move.before["codes"]) == (case.pk, ["FEAR_SOMETHING"])
    told = Message.objects.filter(kind="rules_changed", user=cast.cora, channel="in_app")
    assert told.get().link == run.get_absolute_url()
    client.force_login(cast.cora)
    home = words(client.get(reverse("home")))
    assert "1 case came out differently and nobody has read it" in home
    page = words(client.get(run.get_absolute_url()))
    assert "1 of 1 open cases came out differently" in page and case.reference in page
    assert "FEAR_SOMETHING" in page


@pytest.mark.parametrize(("code", "why"), [("before", Why.RULES), (None, Why.FIGURES)])
def test_the_history_of_a_case_says_what_changed(seen_rules, cast, case, tamper, now, client, code, why):
    other_rules(tamper, code=code or stamps().code)
    actions.note_changed_rules(at=now + timedelta(hours=1))
    LINE.work_off(at=now + timedelta(hours=1))
    assert latest_screening(case.intake).why == why
    assert Event.objects.filter(name="screening.screened", data__why=why).count() == 1
    client.force_login(cast.cora)
    assert str(why.label) in words(client.get(reverse("workspace:history", args=[case.pk])))


def test_a_caseworker_notes_one_or_all_as_read(seen_rules, cast, case, tamper, client, now):
    other_rules(tamper)
    actions.note_changed_rules(at=now + timedelta(hours=1))
    LINE.work_off(at=now + timedelta(hours=1))
    move = RulesMove.objects.get(case=case)
    address = reverse("workspace:rules-run-read", args=[move.run_id])
    client.force_login(cast.ines)
    assert client.post(address).status_code == 403
    client.force_login(cast.cora)
    assert client.post(address, {"move": "nonsense"}).status_code == 302
    assert RulesMove.objects.get(pk=move.pk).read_at is None
    client.post(address, {"move": str(move.pk)})
    assert RulesMove.objects.get(pk=move.pk).read_by == cast.cora
    assert "nobody has read" not in words(client.get(reverse("home")))


def test_the_nightly_run_leaves_an_office_with_changed_rules_to_its_own_run(seen_rules, case, tamper, now):
    from cases.rescreening import rescreen_open_cases

    other_rules(tamper)
    actions.note_changed_rules(at=now + timedelta(hours=1))
    assert case.office_id in actions.waiting_offices()
    assert rescreen_open_cases(at=now + timedelta(hours=1), but=actions.waiting_offices()) == 0
    assert Case.objects.get(pk=case.pk).intake.screenings.count() == 1


def test_a_triaged_case_keeps_its_step_and_its_person_when_rules_change(seen_rules, cast, case, tamper, now):
    triage(case, by=cast.cora, at=now)
    other_rules(tamper)
    actions.note_changed_rules(at=now + timedelta(hours=1))
    LINE.work_off(at=now + timedelta(hours=1))
    case.refresh_from_db()
    assert (case.triaged_by, case.caseworker) == (cast.cora, cast.cora)
