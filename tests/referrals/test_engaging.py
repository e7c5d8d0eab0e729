"""For what a lawyer is engaged, where the letter is, how their forms stand; the papers once they leave."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.events.models import Event
from foundation.refused import Forbidden
from referrals import actions
from referrals.models import Appearance

TERMS = {"scope": "limited", "letter_how": "paper", "letter": None, "forms": {}}


def keep(accepted, cast, now, by=None, **changes):
    actions.keep_terms(accepted, **{**TERMS, **changes}, by=by or cast.ade, at=now)


def test_scope_letter_and_forms_stand_on_the_matter_for_who_works_on_it(accepted, cast, now, client):
    today = cast.office.today(now)
    actions.note_engagement(accepted, signed_on=today, scope="full", by=cast.ade, at=now)
    client.force_login(cast.ade)
    address = reverse("workspace:engagement-terms", args=[accepted.case_id])
    page = client.get(address)
    assert page.status_code == 200 and page.context["form"].initial["scope"] == "full"
    sent = {"scope": "limited", "letter_how": "paper", "letter": "", "eoir28": "filed", "g28": "not_needed"}
    assert client.post(address, {**sent, "eoir28_on": today.isoformat(), "g28_on": ""}).status_code == 302
    stands = {one.form: (one.state, one.filed_on) for one in Appearance.objects.all()}
    assert stands == {"eoir28": ("filed", today), "g28": ("not_needed", None)}
    client.force_login(cast.cora)
    tab = client.get(reverse("workspace:referral", args=[accepted.case_id])).content.decode()
    for words in ("A part of it, as the letter says", "Signed on paper", "EOIR-28", "Filed"):
        assert words in tab


def test_only_whoever_holds_the_case_says_it(accepted, cast, now, client):
    for stranger in (cast.bea, cast.cora, cast.ines, cast.otto):
        with pytest.raises(Forbidden):
            keep(accepted, cast, now, by=stranger)
    client.force_login(cast.bea)
    assert client.get(reverse("workspace:engagement-terms", args=[accepted.case_id])).status_code == 404


@pytest.mark.parametrize(("state", "days"), [("filed", None), ("filed", 1), ("accepted", None)])
def test_a_form_that_was_filed_has_a_day_and_none_in_the_future(state, days, accepted, cast, now):
    day = cast.office.today(now) + timedelta(days=days) if days else None
    with pytest.raises(actions.BadFilingDay):
        keep(accepted, cast, now, forms={"eoir28": (state, day)})
    assert not Appearance.objects.exists()


def test_a_letter_is_a_file_of_this_case_and_no_other(accepted, cast, now):
    for letter in (None, accepted.pk):
        with pytest.raises(actions.NoLetter):
            keep(accepted, cast, now, letter_how="file", letter=letter)


def test_the_same_said_twice_is_one_event_and_what_is_not_said_stays(accepted, cast, now):
    keep(accepted, cast, now, forms={"g28": ("to_file", None)})
    keep(accepted, cast, now, forms={"g28": ("to_file", None), "eoir28": ("", None)})
    assert Event.objects.filter(name="referrals.appearance_noted").count() == 1
    assert Appearance.objects.count() == 1


def test_whoever_gives_a_case_back_says_what_becomes_of_the_papers_and_a_caseworker_notes_the_rest(
    accepted, cast, now, client
):
    with pytest.raises(actions.OfferOver):
        actions.note_papers_back(accepted, papers_back="person", by=cast.cora, at=now)
    actions.note_engagement(accepted, signed_on=cast.office.today(now), by=cast.ade, at=now)
    client.force_login(cast.ade)
    address = reverse("workspace:release", args=[accepted.case_id])
    assert client.post(address, {"papers_back": "not_yet"}).status_code == 302
    client.force_login(cast.cora)
    tab = client.get(reverse("workspace:referral", args=[accepted.case_id])).content.decode()
    assert "Who held it before" in tab and "Not yet: still with the attorney" in tab
    note = reverse("workspace:papers-back", args=[accepted.case_id, accepted.pk])
    assert client.post(note, {"papers_back": "person"}).status_code == 302
    accepted.refresh_from_db()
    assert (accepted.ended_how, accepted.papers_back) == ("given_back", "person")
    accepted.case.refresh_from_db()
    assert accepted.case.status == "seeking_counsel"


def test_what_was_said_before_the_signing_stays_where_the_signing_says_nothing(accepted, cast, now):
    keep(accepted, cast, now)
    actions.note_engagement(accepted, signed_on=cast.office.today(now), by=cast.ade, at=now)
    accepted.refresh_from_db()
    assert accepted.scope == "limited"
