"""What a person decided leads on: a case that is not ours goes into no queue until it is decided anew."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions import review_case, triage_case
from referrals import actions
from screening.models import NOT_OURS
from screening.queries import latest_screening


def decide(case, outcome, cast, now):
    read = latest_screening(case.intake)
    said = {"band": case.band, "outcome": outcome, "reason": "As a test."}
    triage_case(case, screening=read.pk, track="affirmative", **said, by=cast.cora, at=now)


@pytest.mark.parametrize("outcome", NOT_OURS)
def test_it_goes_into_no_queue_and_the_page_leads_elsewhere(client, case, cast, now, outcome):
    decide(case, outcome, cast, now)
    with pytest.raises(actions.NotOurs):
        actions.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)
    client.force_login(cast.cora)
    words = client.get(reverse("case", args=[case.pk])).content.decode()
    assert "this case is not for us" in words and "Refer to a queue" not in words
    assert reverse("workspace:refer", args=[case.pk]) not in words


def test_decided_anew_it_may_be_referred(case, cast, now):
    decide(case, "REFER_OUT", cast, now)
    newest = latest_screening(case.intake)
    anew = {"outcome": "ELIGIBLE_FOR_REVIEW", "band": case.band, "reason": "Nobody else takes it."}
    review_case(case, screening=newest.pk, **anew, by=cast.cora, at=now + timedelta(minutes=5))
    assert actions.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)
