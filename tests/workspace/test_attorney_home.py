"""An attorney's home: what is theirs by its next date, offers with what may be said, places."""

from datetime import timedelta

from django.urls import reverse

from casework.actions import note_hearing
from referrals import actions
from referrals.models import Practitioner


def home(client, user):
    client.force_login(user)
    return client.get(reverse("home")).content.decode()


def test_an_offer_says_country_language_and_kind_and_no_name(offer, cast, client):
    text = home(client, cast.ade)
    assert "Syria · Arabic · " in text and "Amina" not in text
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
