"""What whoever is asked reads: facts, less exact where few are like the person, and approved words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conflicts import actions as conflicts
from conflicts.models import PartyRole
from foundation.events.models import Event
from foundation.refused import Forbidden
from referrals import actions
from referrals.models import Offer, Synopsis
from referrals.summary_queries import met_like, summary_of
from tests.conftest import answer_names, opened
from tests.support.answers import on_pages

WORDS = {
    "headline": "Adult who filmed protests",
    "text": "Was arrested twice. Has filed nothing yet.",
    "hours": "30",
    "brings": ["interpreter", "mentor"],
    "seen": "",
}

OTHERS = [("Boris", "Plakat"), ("Chidi", "Umbrella"), ("Dilnoza", "Wrench"), ("Ewa", "Kettle")]


@pytest.fixture
def referral(triaged, cast, now):
    return actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)


def write(case, cast, now, **changes):
    return actions.write_synopsis(case, **{**WORDS, **changes}, by=cast.cora, at=now)


def offered(referral, cast, now):
    return actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("Amina was arrested", "Amina"),
        ("Call (212) 555-0142", "212) 555-0142"),
        ("A 200 000 142", "200 000 142"),
        ("write to her@site.example", "her@site.example"),
        ("born April 12, 1991", "April 12, 1991"),
        ("born 12/04/1991", "12/04/1991"),
        ("She fled Syria", "Syria"),
    ],
)
def test_words_that_tell_who_it_is_are_refused_and_named(said, word, triaged, cast, now):
    with pytest.raises(actions.TellsWho, match="Take out") as refused:
        write(triaged, cast, now, text=said)
    assert word in str(refused.value)
    assert not Synopsis.objects.exists()


def test_nobody_elsewhere_and_no_attorney_writes_or_approves(triaged, cast, now):
    for stranger in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Forbidden):
            actions.write_synopsis(triaged, **WORDS, by=stranger, at=now)
    made = write(triaged, cast, now)
    for stranger in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Forbidden):
            actions.approve_synopsis(made, by=stranger, at=now)


def test_an_offer_goes_with_the_facts_alone_until_somebody_approved_the_words(referral, cast, now):
    write(referral.case, cast, now)
    told = summary_of(offered(referral, cast, now))
    assert told.is_drafted and told.synopsis == "" and told.hours == ""
    assert WORDS["headline"] not in str(told)


def test_approved_words_go_out_with_the_hours_and_what_the_office_gives(referral, cast, now):
    made = write(referral.case, cast, now)
    actions.approve_synopsis(made, by=cast.cora, at=now)
    told = summary_of(offered(referral, cast, now))
    assert (told.headline, told.synopsis) == (WORDS["headline"], WORDS["text"])
    assert told.hours == "10 to 30 hours" and len(told.brings) == 2
    names = [event.name for event in Event.objects.filter(subject_id=str(made.pk)).order_by("seq")]
    assert names == ["referrals.synopsis_written", "referrals.synopsis_approved"]


def test_of_two_who_write_at_once_the_second_is_told_and_sees_both(triaged, cast, now, client):
    write(triaged, cast, now)
    client.force_login(cast.cora)
    address = reverse("workspace:synopsis", args=[triaged.pk])
    sent = {"headline": "Mine", "text": "", "hours": "", "seen": ""}
    page = client.post(address, sent)
    assert page.status_code == 409
    assert "Mine" in page.content.decode() and WORDS["headline"] in page.content.decode()
    seen = page.context["form"]["seen"].value()
    assert client.post(address, {**sent, "seen": seen}).status_code == 302
    assert Synopsis.objects.count() == 2


def test_what_was_written_anew_is_not_approved_by_an_older_press(triaged, cast, now):
    first = write(triaged, cast, now)
    second = write(triaged, cast, now + timedelta(minutes=1), seen=str(first.pk), headline="Another")
    with pytest.raises(actions.WrittenMeanwhile):
        actions.approve_synopsis(first, by=cast.cora, at=now)
    actions.approve_synopsis(second, by=cast.cora, at=now)
    with pytest.raises(actions.WrittenMeanwhile):
        actions.approve_synopsis(second, by=cast.cora, at=now)


def test_a_name_that_was_added_since_stops_what_was_approved(referral, cast, now):
    case = referral.case
    made = write(case, cast, now, text="Fears a man called Zubair.")
    actions.approve_synopsis(made, by=cast.cora, at=now)
    conflicts.add_party(
        case.matter, role=PartyRole.FEARED, name="Zubair Example", birth_date="", by=cast.cora, at=now
    )
    answer_names()
    with pytest.raises(actions.TellsWho, match="Zubair"):
        offered(referral, cast, now)
    with pytest.raises(actions.TellsWho):
        actions.begin_cascade(referral, practitioners=[cast.panel], minutes=480, by=cast.cora, at=now)
    assert not Offer.objects.exists()


def test_of_fewer_than_five_people_alike_the_region_is_told_and_from_five_on_the_country(
    referral, cast, now, statements, make_case
):
    case = referral.case
    assert met_like(case, at=now) == 1
    offer = offered(referral, cast, now)
    kept = opened(offer, "summary").summary
    assert (kept["country"], kept["region"], kept["is_coarse"]) == ("", "west_asia", True)
    assert summary_of(offer).country == "Western Asia"
    actions.rescind_offer(offer, reason="other", by=cast.cora, at=now)
    for given, family in OTHERS:
        make_case(**on_pages({"given_names": given, "family_name": family, "email": f"{given}@test.example"}))
    with statements() as asked:
        assert met_like(case, at=now) == 5
    assert len(asked) == 1
    referral.refresh_from_db()
    again = offered(referral, cast, now)
    assert opened(again, "summary").summary["country"] == "SY"
    assert summary_of(again).country == "Syria"


def test_whom_the_office_met_more_than_two_years_ago_does_not_count(triaged, now):
    assert met_like(triaged, at=now + timedelta(days=731)) == 0
