"""The case page: plain values an API could send, one decision about the next step, no form lost."""

import json
from dataclasses import asdict

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from workspace.case.next_step import next_step_of
from workspace.case.queries import case_page

ROLES = ["cora", "ade", "ines"]
# Who opened the case last is two of them, and the weighing of what is opened one.
MOST = {"cora": 49, "ade": 36, "ines": 44}


@pytest.mark.parametrize("who", ROLES)
def test_the_page_could_be_sent_as_json(cast, accepted, case, now, who):
    page = case_page(case, user=getattr(cast, who), at=now)
    sent = json.loads(json.dumps(asdict(page), cls=DjangoJSONEncoder))
    assert sent["head"]["reference"] == case.reference
    assert sent["screening"]["gates"][0]["result"]["tone"] == "good"
    assert (sent["names"] is None) == (who == "ade")


@pytest.mark.parametrize("who", ROLES)
def test_the_page_asks_the_database_no_more_than_it_did(client, cast, accepted, case, statements, who):
    client.force_login(getattr(cast, who))
    client.get(case.get_absolute_url())
    with statements() as asked:
        assert client.get(case.get_absolute_url()).status_code == 200
    assert len(asked) <= MOST[who]


def test_the_next_step_is_triage_then_a_queue_then_somebody_to_offer_it_to(cast, case, triaged, now):
    from referrals.actions import refer_case

    case.refresh_from_db()
    assert next_step_of(triaged, cast.cora, today=cast.office.today(now)).asks_queue
    refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    triaged.refresh_from_db()
    step = next_step_of(triaged, cast.cora, today=cast.office.today(now))
    assert [one.name for one in step.candidates if one.is_available]
    assert not step.asks_queue
    assert step.may_refer_out


def test_before_triage_only_a_caseworker_has_something_to_do(cast, case, now):
    step = next_step_of(case, cast.cora, today=cast.office.today(now))
    assert (step.asks_triage, step.may_decline, step.may_refer_out, step.asks_queue) == (
        True,
        True,
        True,
        False,
    )
    assert not step.is_for_others
    other = next_step_of(case, cast.ines, today=cast.office.today(now))
    assert not (other.asks_triage or other.may_decline or other.may_refer_out)
    assert other.is_for_others


def test_an_accepted_case_asks_its_attorney_for_the_engagement(cast, accepted, case, now):
    case.refresh_from_db()
    step = next_step_of(case, cast.ade, today=cast.office.today(now))
    assert (step.asks_engagement, step.may_release, step.may_rescind) == (True, True, False)
    assert not next_step_of(case, cast.ines, today=cast.office.today(now)).may_release


def test_a_button_that_is_refused_shows_the_case_again_and_says_why(client, cast, case, now):
    client.force_login(cast.cora)
    answer = client.post(reverse("workspace:release", args=[case.pk]))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This case has no live assignment." in page
    assert case.reference in page


def test_a_form_the_page_no_longer_holds_still_says_why_it_was_refused(client, cast, triaged):
    client.force_login(cast.cora)
    sent = {"outcome": "REFER_OUT", "track": "affirmative", "band": "LOW", "reason": "Typed with care"}
    answer = client.post(reverse("workspace:triage", args=[triaged.pk]), sent)
    assert answer.status_code == 422
    assert "Please look at this again" in answer.content.decode()


def test_a_refused_small_form_keeps_what_was_typed(client, cast, case):
    client.force_login(cast.cora)
    answer = client.post(reverse("workspace:a-number", args=[case.pk]), {"a_number": "12-typed"})
    assert answer.status_code == 422
    assert 'value="12-typed"' in answer.content.decode()


def test_whoever_is_feared_here_without_a_name_is_to_be_asked_about(client, cast, make_case):
    """Nobody could be compared, so the page does not leave it at "clear" without a word."""
    unnamed = make_case(feared_here={"feared_here": "yes"})
    named = make_case(feared_here={"feared_here": "yes", "feared_name": "Wendelin Oberhofer"})
    client.force_login(cast.cora)
    said = "Nobody could be compared"
    assert said in client.get(unnamed.get_absolute_url()).content.decode()
    assert said not in client.get(named.get_absolute_url()).content.decode()
