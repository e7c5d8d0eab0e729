"""Requests of a burst: marked, put aside together, brought back as they were."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Case
from cases.queries import overdue_looks
from intake.models import Intake

BURSTS, PUT_ASIDE = reverse("workspace:bursts"), reverse("workspace:put-aside")
BRING_BACK = reverse("workspace:bring-back")


@pytest.fixture
def marked(make_case, cast, client):
    """Three cases of a burst, and Cora signed in."""
    cases = [make_case() for _n in range(3)]
    Intake.objects.filter(pk__in=[case.intake_id for case in cases]).update(in_burst=True)
    client.force_login(cast.cora)
    return cases


def text_of(page):
    return " ".join(page.content.decode().split())


def queue(client):
    return text_of(client.get(reverse("workspace:queue")))


def put_aside(client, cases):
    return client.post(PUT_ASIDE, {"chosen": [str(case.intake_id) for case in cases]}, follow=True)


def test_marked_requests_stand_in_the_queue_and_it_leads_to_them(client, marked):
    assert all(case.reference in queue(client) for case in marked)
    assert BURSTS in queue(client) and "Some of these came in a burst" in queue(client)
    page = client.get(BURSTS)
    assert all(case.reference in text_of(page) for case in marked)
    assert text_of(page).count(" checked>") == 3
    assert "Came in a burst" in text_of(client.get(marked[0].get_absolute_url()))


def test_those_ticked_leave_the_lists_together_and_the_others_stay(client, marked):
    page = put_aside(client, marked[:2])
    assert page.status_code == 200 and "2 requests" in text_of(page)
    assert [case.reference in queue(client) for case in marked] == [False, False, True]
    case = client.get(marked[0].get_absolute_url())  # nothing is shut: it can still be read
    assert case.status_code == 200 and "Put aside" in text_of(case)


def test_one_that_may_be_urgent_is_not_ticked_beforehand(client, marked):
    Intake.objects.filter(pk=marked[0].intake_id).update(urgent=True)
    Case.objects.filter(pk=marked[1].pk).update(band="CRITICAL")
    page = text_of(client.get(BURSTS))
    assert page.count(" checked>") == 1 and page.count("may be urgent") == 2


def test_all_that_were_shown_go_aside_with_one_press_and_nothing_that_came_since(client, marked):
    shown = [str(case.intake_id) for case in marked[:2]]
    page = client.post(PUT_ASIDE, {"press": "all", "shown": shown, "chosen": []}, follow=True)
    assert page.context["page"].batches[0].forms == 2
    assert [case.reference in queue(client) for case in marked] == [False, False, True]


def test_undo_brings_back_what_one_press_put_aside_and_nothing_else(client, marked):
    put_aside(client, marked[:1])
    page = put_aside(client, marked[1:])
    newest = page.context["page"].batches[0]
    assert (newest.forms, newest.by) == (2, "Cora")
    back = client.post(BRING_BACK, {"batch": newest.key}, follow=True)
    assert "They are back in the lists." in text_of(back)
    assert [case.reference in queue(client) for case in marked] == [False, True, True]


def test_pressing_twice_puts_nothing_aside_twice(client, marked):
    first = put_aside(client, marked).context["page"].batches
    again = client.post(PUT_ASIDE, {"chosen": [str(marked[0].intake_id)]})
    assert again.status_code == 422
    assert client.get(BURSTS).context["page"].batches == first


def test_nothing_ticked_is_said(client, marked):
    page = client.post(PUT_ASIDE, {})
    assert page.status_code == 422 and "Tick at least one request." in text_of(page)


def test_one_that_is_not_marked_cannot_be_put_aside(client, marked, make_case):
    other = make_case()
    assert client.post(PUT_ASIDE, {"chosen": [str(other.intake_id)]}).status_code == 422
    assert Intake.objects.get(pk=other.intake_id).put_aside_at is None


@pytest.mark.parametrize("batch", ["", "x", "0001-01-01T00:00:00+00:00", "9" * 400, "\x00"])
def test_a_batch_that_is_none_is_no_error(client, marked, batch):
    assert client.post(BRING_BACK, {"batch": batch}).status_code in (302, 422)


def test_an_administrator_looks_and_decides_nothing(client, marked, cast):
    client.force_login(cast.ines)
    page = client.get(BURSTS)
    assert marked[0].reference in text_of(page) and 'type="checkbox"' not in text_of(page)
    assert put_aside(client, marked).status_code == 403


def test_nobody_is_reminded_of_what_is_aside(client, marked, cast, now):
    later = cast.office.today(now) + timedelta(days=60)
    assert overdue_looks(cast.office, on=later).count() == 3
    put_aside(client, marked)
    assert overdue_looks(cast.office, on=later).count() == 0
