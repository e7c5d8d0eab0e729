"""An attorney's home: what is theirs by its next date, offers with what may be said, places."""

from datetime import timedelta

from django.urls import reverse

from casework.actions import add_task, note_hearing
from evidence.actions.claims import add_claim_point
from notifications.talk import write_by_receipt
from referrals import actions
from referrals.engagements import release_assignment
from referrals.models import Practitioner


def home(client, user):
    client.force_login(user)
    return client.get(reverse("home")).content.decode()


def test_an_offer_says_country_language_and_kind_and_no_name(offer, cast, client):
    text = home(client, cast.ade)
    assert "Western Asia · Arabic · " in text and "Syria" not in text and "Amina" not in text
    assert "0 of 3 places taken." in text


def test_a_case_shows_its_next_date_with_hour_and_court(accepted, cast, now, client):
    case = accepted.case
    at = now + timedelta(hours=30)
    note_hearing(case, kind="master_hearing", starts_at=at, by=cast.cora, at=now)
    text = home(client, cast.ade)
    assert "Master hearing" in text and "1 of 3 places taken." in text
    Practitioner.objects.update(accepting=False)
    assert "You take no new cases now." in home(client, cast.ade)


def test_a_no_for_want_of_room_leads_to_what_one_takes(offer, cast, client):
    client.force_login(cast.ade)
    actions.show_names(offer, by=cast.ade, at=offer.offered_at)
    answer = client.post(
        reverse("referrals:offer-decline", args=[offer.pk]), {"reason": "capacity"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == reverse("panel:profile")
    assert "No room now? Take fewer cases" in answer.content.decode()


def test_whoever_wrote_a_task_and_an_assertion_without_a_source_wait_for_the_attorney(
    accepted, cast, now, client
):
    case = accepted.case
    write_by_receipt(case.matter, words="I have a question", at=now)
    said = {"words": "Ask for the court file", "due_on": case.office.today(now), "waits_for": "attorney"}
    add_task(case, **said, owner=None, by=cast.cora, at=now)
    add_claim_point(case, ground="political", assertion="They were hunted.", by=cast.ade, at=now)
    text = home(client, cast.ade)
    assert text.index("The person wrote to us") and "Ask for the court file" in text
    assert "Assertions without a source: 1" in text
    assert "Waits for you" not in home(client, cast.bea)


def test_what_came_of_what_one_held_is_a_number_and_no_case(accepted, cast, now, client):
    assert "What came of the cases you held before" not in home(client, cast.ade)
    release_assignment(accepted, by=cast.ade, at=now)
    text = home(client, cast.ade)
    assert "You gave it back." in text and accepted.case.reference not in text
