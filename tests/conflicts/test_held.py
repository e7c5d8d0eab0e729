"""What names hold up: an offer, the nightly run, the story."""

import pytest
from django.urls import reverse

from conflicts import actions
from conflicts.models import ConflictCheck
from conflicts.queries import open_hits
from screening.queries import latest_screening
from tests.conflicts.test_people import FEARS_HIM, RANIA, live_hits
from tests.conftest import answer_names
from tests.support.relay import deliver_due

# --- offers ------------------------------------------------------------------------------------------


def test_a_case_whose_names_are_not_clear_is_offered_to_nobody(triaged, make_case, cast, now):
    from referrals.actions import NamesNotClear, offer_referral, refer_case

    referral = refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    actions.add_party(triaged.matter, role="feared", name="Yusuf al-Rahman", by=cast.cora, at=now)
    for _status in ("pending", "possible"):
        with pytest.raises(NamesNotClear):
            offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
        answer_names()
    actions.decide_hit(live_hits().get(), confirmed=False, reason="Not him.", by=cast.cora, at=now)
    deliver_due()
    offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


def test_someone_kept_off_a_case_is_not_offered_it(triaged, cast, now):
    from referrals.actions import KeptOff, offer_referral, refer_case
    from referrals.matching import practitioners_for

    referral = refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    assert len(practitioners_for(triaged)) == 1
    actions.fence(triaged.matter_id, user=cast.ade, office_id=triaged.office_id, by=cast.cora, at=now)
    assert practitioners_for(triaged) == []
    with pytest.raises(KeptOff):
        offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


def test_a_list_that_grows_is_compared_with_what_was_offered(offer, cast, now):
    from conflicts.queries import offer_standing

    answer_names()
    assert offer_standing(offer.matter_id, user=cast.ade) == "clear"
    actions.keep_own_list(["Амина Канари", "Amina Canary Surname"], by=cast.ade, at=now)
    deliver_due()
    answer_names()
    assert offer_standing(offer.matter_id, user=cast.ade) == "possible"


def test_a_name_added_to_a_case_is_compared_with_the_list_of_whom_it_is_offered(offer, cast, now):
    from conflicts.queries import offer_standing

    actions.keep_own_list(["Ivan Petrov"], by=cast.ade, at=now)
    answer_names()
    actions.add_party(offer.matter, role="feared", name="Иван Петров", by=cast.cora, at=now)
    deliver_due()
    answer_names()
    assert offer_standing(offer.matter_id, user=cast.ade) == "possible"


def test_an_offer_is_taken_back_when_a_name_may_be_on_the_other_side(offer, make_case, cast, now):
    from referrals.models import Offer

    make_case(**RANIA)
    deliver_due()
    assert Offer.objects.get(pk=offer.pk).status == "open"
    make_case(
        name={"given_names": "Yousef", "family_name": "Rahman"},
        feared_here={"feared_here": "yes", "feared_name": "Amina Canary-Surname"},
    )
    deliver_due()
    taken = Offer.objects.select_related("referral").get(pk=offer.pk)
    assert (taken.status, taken.referral.status) == ("rescinded", "queued")


# --- the hold ----------------------------------------------------------------------------------------


def test_the_nightly_run_lifts_no_hold(make_case, cast, now):
    from cases.actions import rescreen_open_cases

    him = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    her = make_case(**RANIA, feared_here=FEARS_HIM)
    deliver_due()
    assert rescreen_open_cases(at=now) == 0
    assert latest_screening(him.intake).outcome == latest_screening(her.intake).outcome == "CONFLICT_HOLD"
    assert latest_screening(him.intake).why == "names"


def test_someone_kept_off_the_other_side_is_told_there_is_a_conflict_and_not_which(
    client, make_case, cast, now
):
    him = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    her = make_case(**RANIA, feared_here=FEARS_HIM)
    deliver_due()
    actions.fence(her.matter_id, user=cast.cora, office_id=her.office_id, by=cast.ines, at=now)
    client.force_login(cast.cora)
    page = client.get(him.get_absolute_url()).content.decode()
    assert "Possible conflict" in page and "Nothing found" not in page
    assert "Rania" not in page and not open_hits(cast.cora).exists()


def test_nobody_reads_the_story_before_the_names_are_clear(client, make_case, cast, now):
    make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    her = make_case(**RANIA, feared_here=FEARS_HIM)
    client.force_login(cast.cora)
    words = "is shown once the names are clear"
    assert words in client.get(her.get_absolute_url()).content.decode()
    actions.decide_hit(live_hits().get(), confirmed=False, reason="Not him.", by=cast.cora, at=now)
    deliver_due()
    assert words not in client.get(her.get_absolute_url()).content.decode()


def test_why_a_name_that_cannot_be_compared_was_passed_stands_on_the_case(client, make_case, cast):
    case = make_case(name={"given_names": "", "family_name": "😀😀"})
    client.force_login(cast.cora)
    check = ConflictCheck.objects.get(kind="submitted")
    url = reverse("workspace:check-decide", args=[check.pk])
    client.post(url, {"confirmed": "no", "reason": "Looked by birth date."})
    page = client.get(reverse("workspace:people", args=[case.pk])).content.decode()
    assert "Looked by birth date." in page and "Decided: no conflict" in page


def test_a_confirmed_conflict_leads_to_keeping_people_apart(client, make_case, cast):
    him = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    her = make_case(**RANIA, feared_here=FEARS_HIM)
    hit = live_hits().get()
    client.force_login(cast.cora)
    decided = client.post(
        reverse("workspace:hit-decide", args=[hit.pk]), {"confirmed": "yes", "reason": "Same."}
    )
    assert decided.url == reverse("workspace:hit", args=[hit.pk])
    page = client.get(decided.url).content.decode()
    for case in (him, her):
        assert reverse("workspace:fence", args=[case.pk]) in page
    client.post(reverse("workspace:fence", args=[her.pk]), {"user": cast.ade.pk})
    assert cast.ade.name in client.get(decided.url).content.decode()
