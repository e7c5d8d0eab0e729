"""The case page: plain values an API could send, one decision about the next step, no form lost."""

import json
from dataclasses import asdict

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from cases.models import Case
from referrals.models import Assignment
from workspace.case.next_step import next_step_of
from workspace.case.queries import overview
from workspace.case.referral import referral_tab
from workspace.desk import lay_open, wide

ROLES = ["cora", "ade", "ines"]


def desk(case, user, now):
    rows = Case.objects.select_related("office", "applicant", "intake__office", "caseworker")
    return lay_open(wide(rows, user).get(pk=case.pk), user, at=now)


@pytest.mark.parametrize("who", ROLES)
def test_the_page_could_be_sent_as_json(cast, accepted, case, now, who):
    page = overview(desk(case, getattr(cast, who), now))
    sent = json.loads(json.dumps(asdict(page), cls=DjangoJSONEncoder))
    assert sent["head"]["reference"] == case.reference
    assert sent["next"]["taken_by"] == "Ade"


def test_the_next_step_is_triage_then_a_queue_then_somebody_to_offer_it_to(cast, case, triaged, now):
    from referrals.actions import refer_case

    assert next_step_of(desk(triaged, cast.cora, now)).asks_queue
    refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    step = next_step_of(desk(triaged, cast.cora, now))
    assert (step.asks_queue, step.picks, step.may_refer_out) == (False, True, True)
    tab = referral_tab(desk(triaged, cast.cora, now))
    assert [one.name for one in tab.candidates if one.is_available]


def test_before_triage_only_a_caseworker_has_something_to_do(cast, case, now):
    step = next_step_of(desk(case, cast.cora, now))
    assert (step.asks_triage, step.may_decline, step.may_refer_out, step.asks_queue) == (
        True,
        True,
        True,
        False,
    )
    assert not step.is_for_others
    other = next_step_of(desk(case, cast.ines, now))
    assert not (other.asks_triage or other.may_decline or other.may_refer_out)
    assert other.is_for_others


def test_an_accepted_case_asks_its_attorney_for_the_engagement(cast, accepted, case, now):
    assert next_step_of(desk(case, cast.ade, now)).asks_engagement
    tab = referral_tab(desk(case, cast.ade, now))
    assert (tab.asks_engagement, tab.may_release, tab.may_rescind) == (True, True, False)
    assert not referral_tab(desk(case, cast.ines, now)).may_release


def test_triage_is_confirmed_in_one_press(client, cast, case):
    """What the rules propose goes in as it stands on the page: nobody fills in a form."""
    import re

    client.force_login(cast.cora)
    page = client.get(case.get_absolute_url()).content.decode()
    names = ("screening", "outcome", "band", "track")
    sent = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in names}
    assert client.post(reverse("workspace:triage", args=[case.pk]), sent).status_code == 302
    case.refresh_from_db()
    assert (case.triaged_by, case.band, case.track) == (cast.cora, sent["band"], sent["track"])


def test_the_form_to_depart_is_loaded_once_it_is_opened(client, cast, case):
    client.force_login(cast.cora)
    assert "Record triage" not in client.get(case.get_absolute_url()).content.decode()
    page = client.get(case.get_absolute_url(), {"do": "depart"}).content.decode()
    assert "Record triage" in page


def test_a_tab_that_does_not_exist_is_a_404_in_words_and_a_strangers_case_says_nothing(client, cast, case):
    client.force_login(cast.cora)
    answer = client.get(f"{case.get_absolute_url()}no-such-tab/")
    assert answer.status_code == 404
    assert "choose one of its tabs" in answer.content.decode()
    client.force_login(cast.otto)
    answer = client.get(f"{case.get_absolute_url()}no-such-tab/")
    assert answer.status_code == 404
    assert "choose one of its tabs" not in answer.content.decode()


def test_the_a_number_stands_on_the_tab_of_people_and_nowhere_else(client, cast, case):
    from workspace.strip import TABS

    client.force_login(cast.cora)
    client.post(reverse("workspace:a-number", args=[case.pk]), {"a_number": "A012345678"})
    pages = {name: client.get(reverse(view, args=[case.pk])) for name, _w, view, _r in TABS}
    pages["summary"] = client.get(reverse("workspace:summary", args=[case.pk]))
    assert [name for name, page in pages.items() if "012345678" in page.content.decode()] == ["people"]
    assert "A ••• ••• 678" in pages["summary"].content.decode()


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
    told = [client.get(reverse("workspace:told-us", args=[one.pk])) for one in (unnamed, named)]
    assert [said in page.content.decode() for page in told] == [True, False]


def test_for_what_somebody_is_engaged_stands_in_the_form_where_it_was_said(client, cast, accepted, case):
    client.force_login(cast.ade)
    address = reverse("case", args=[case.pk])
    assert client.get(address).context["forms"].engagement.initial["scope"] == ""
    Assignment.objects.update(scope="full")
    page = client.get(address)
    assert page.context["forms"].engagement.initial["scope"] == "full"
    assert '<option value="full" selected>' in page.content.decode()
