"""Nobody decides on a screening they have not read."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions import rescreen_case
from foundation.events.lifecycle import Stale
from intake.models import Answer
from screening.queries import latest_screening
from tests.conftest import triage


@pytest.fixture
def newer(case, now):
    """Return the screening that was read, older than the newest: a fear for life was told meanwhile."""
    read = latest_screening(case.intake)
    answer = Answer.objects.get(intake=case.intake, page="danger")
    answer.value = {"danger": "yes"}
    answer.save()
    assert rescreen_case(case, by="system:test", at=now + timedelta(seconds=1)).screening
    case.refresh_from_db()
    return read


def test_a_triage_of_an_older_screening_is_refused(newer, case, cast, now):
    with pytest.raises(Stale):
        triage(case, screening=newer.pk, by=cast.cora, at=now)
    case.refresh_from_db()
    assert case.triaged_at is None
    triage(case, by=cast.cora, at=now)
    assert case.triaged_at


def test_the_page_comes_back_with_the_newest_screening_and_what_was_typed(newer, case, cast, client):
    client.force_login(cast.cora)
    url = reverse("workspace:triage", args=[case.pk])
    typed = {"track": "affirmative", "outcome": newer.outcome, "band": "CRITICAL", "reason": "they called me"}
    page = client.post(url, {**typed, "screening": newer.pk})
    assert page.status_code == 409
    newest = latest_screening(case.intake)
    form = page.context["forms"].triage
    assert (form["screening"].value(), form["reason"].value()) == (str(newest.pk), "they called me")
    assert "Look at the page again" in page.content.decode()
    assert client.post(url, {**typed, "screening": form["screening"].value()}).status_code == 302


def test_a_triage_says_which_screening_was_read(case, cast, client):
    client.force_login(cast.cora)
    page = client.get(case.get_absolute_url(), {"do": "depart"})
    shown = page.context["forms"].triage["screening"].value()
    assert shown == str(latest_screening(case.intake).pk)
    typed = {"track": "affirmative", "outcome": "ELIGIBLE_FOR_REVIEW", "band": case.band, "reason": ""}
    assert client.post(reverse("workspace:triage", args=[case.pk]), typed).status_code == 422
