"""The panel is made from pages: who accepts an invitation says what they take, and is verified."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from config.middleware import principal_of
from foundation.accounts.actions import accept_invitation, invite_person, token_for
from foundation.accounts.models import Role
from foundation.database.principal import SIGN_IN, acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from referrals import actions, panel
from referrals.matching import practitioners_for
from referrals.models import Practitioner, Queue
from referrals.panel_queries import panel_row
from tests.support.relay import deliver_due

PROFILE = {
    "kind": "attorney",
    "firm": "Sample LLP",
    "bar_state": "NJ",
    "bar_number": "01234",
    "languages": ["spa"],
    "countries": ["HN"],
    "states": ["NJ"],
    "tracks": ["defensive"],
    "capacity": "2",
    "accepting": "on",
}


def shown(client, url):
    return " ".join(client.get(url).content.decode().split())


@pytest.fixture
def newcomer(cast, now):
    """An attorney who was invited and has just accepted."""
    asked = {"email": "new@test.example", "name": "Nia", "roles": [Role.ATTORNEY]}
    invitation = invite_person(cast.office, **asked, by=cast.ines, at=now)
    with acting_as(SIGN_IN):
        user = accept_invitation(token_for(invitation.pk), password="a-long-enough-password", at=now)
    deliver_due()
    return user


def test_who_accepts_an_invitation_as_attorney_is_on_the_panel_and_offered_nothing(newcomer, cast, now):
    one = Practitioner.objects.get(user=newcomer)
    assert one.verified_at is None and one.office == cast.office
    assert not one.may_be_asked(on=cast.office.today(now))
    deliver_due()
    assert Practitioner.objects.filter(user=newcomer).count() == 1


def test_a_practitioner_says_what_they_take_and_an_administrator_verifies_it(client, cast, triaged, now):
    one = panel.add_to_panel(cast.bea, by=cast.ines, at=now)
    client.force_login(cast.bea)
    assert "Credentials are missing" in shown(client, reverse("panel:profile"))
    assert client.post(reverse("panel:profile"), PROFILE).status_code == 302
    one.refresh_from_db()
    assert (one.bar_number, one.languages, one.capacity) == ("01234", ["spa"], 2)
    referral = actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    with pytest.raises(actions.NotAvailable):
        actions.offer_referral(referral, practitioner=one, by=cast.cora, at=now)
    client.force_login(cast.cora)
    way = reverse("workspace:referral", args=[triaged.pk])
    assert "nobody has verified the credentials" in shown(client, way)
    client.force_login(cast.ines)
    verify = reverse("panel:verify", args=[one.pk])
    assert (
        client.post(verify, {"expires_on": (now - timedelta(days=9)).date().isoformat()}).status_code == 422
    )
    assert client.post(verify, {"expires_on": ""}).status_code == 302
    assert "Takes cases" in shown(client, reverse("panel:practitioners"))
    assert actions.offer_referral(referral, practitioner=one, by=cast.cora, at=now)


@pytest.mark.parametrize("field", ["kind", "bar_state", "bar_number", "eoir_id"])
def test_a_change_of_credentials_ends_what_was_verified_whoever_changes_it(cast, now, field):
    assert cast.panel.verified_at
    other = {"kind": "accredited", "bar_state": "CA"}.get(field, "changed")
    panel.change_practitioner(cast.panel, **{field: other}, by=cast.ade, at=now)
    assert cast.panel.verified_at is None
    panel.change_practitioner(
        cast.panel, languages=["fra"], eoir_id="E1", bar_state="NY", by=cast.ade, at=now
    )
    panel.verify_credentials(cast.panel, expires_on=None, by=cast.ines, at=now)
    panel.change_practitioner(cast.panel, languages=["spa"], capacity=9, accepting=False, by=cast.ade, at=now)
    cast.panel.refresh_from_db()
    assert cast.panel.verified_at


def test_nobody_verifies_themselves_nor_what_is_not_there(cast, now):
    with pytest.raises(Forbidden):
        panel.verify_credentials(cast.panel, expires_on=None, by=cast.ade, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Practitioner.objects.filter(pk=cast.panel.pk).update(verified_by=cast.ade)
    bare = panel.add_to_panel(cast.bea, by=cast.ines, at=now)
    with pytest.raises(panel.NothingToVerify):
        panel.verify_credentials(bare, expires_on=None, by=cast.ines, at=now)


def test_the_database_lets_an_attorney_change_their_own_row_alone_and_verify_nothing(cast, now):
    other = panel.add_to_panel(cast.bea, by=cast.ines, at=now)
    with acting_as(principal_of(cast.ade)):
        with transaction.atomic():
            Practitioner.objects.filter(pk=cast.panel.pk).update(capacity=7)
        for rows, change in ((other.pk, {"capacity": 9}), (cast.panel.pk, {"verified_at": now})):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Practitioner.objects.filter(pk=rows).update(**change)
    assert list(Practitioner.objects.order_by("pk").values_list("capacity", flat=True)) == [7, 3]


def test_of_another_office_nothing_is_seen_or_changed(client, cast, now):
    client.force_login(cast.otto)
    assert "Ade" not in shown(client, reverse("panel:practitioners"))
    with pytest.raises(Forbidden):
        panel.change_practitioner(cast.panel, capacity=1, by=cast.otto, at=now)


def test_the_match_goes_by_the_persons_own_language_and_by_where_and_how_they_are(cast, triaged, now):
    """The page was English; she speaks Arabic best."""
    (choice,) = practitioners_for(triaged)
    reasons = {str(reason) for reason in choice.reasons}
    assert "speaks Arabic" in reasons and triaged.applicant.language == "en"
    Practitioner.objects.filter(pk=cast.panel.pk).update(languages=["spa"], states=["CA"])
    (choice,) = practitioners_for(triaged)
    assert "needs an interpreter for Arabic" in choice.doubts
    assert choice.stops == ["does not take cases in New York"] and not choice.available
    Practitioner.objects.filter(pk=cast.panel.pk).update(remote=True)
    (choice,) = practitioners_for(triaged)
    assert choice.available and "takes cases in New York" in choice.reasons


def test_what_keeps_somebody_from_an_offer_is_said(cast, now):
    today = cast.office.today(now)

    def why(**change):
        Practitioner.objects.filter(pk=cast.panel.pk).update(**change)
        row = panel_row(
            Practitioner.objects.select_related("user", "verified_by").get(pk=cast.panel.pk), on=today
        )
        return str(row.state.label), row.why or row.runs_out

    assert why()[0] == "Takes cases"
    assert "soon" in why(expires_on=today + timedelta(days=20))[1]
    assert why(expires_on=today - timedelta(days=1))[0] == "Run out"
    assert why(expires_on=None, capacity=0)[0] == "Full"
    assert why(accepting=False)[0] == "Paused"
    assert why(verified_at=None, verified_by=None)[0] == "Not verified"
    assert "missing" in why(bar_number="")[1]


# --- queues ---------------------------------------------------------------------------------------


def test_a_queue_is_opened_renamed_closed_and_opened_again(client, cast, triaged, now):
    client.force_login(cast.ines)
    url = reverse("panel:queues")
    assert client.post(url, {"name": "Detained"}).status_code == 302
    queue = Queue.objects.get(name="Detained")
    assert client.post(url, {"name": "detained"}).status_code == 409
    assert "There is a queue of this name" in client.post(url, {"name": "DETAINED"}).content.decode()
    assert client.post(
        reverse("panel:rename-queue", args=[queue.pk]), {f"queue-{queue.pk}-name": "Locked up"}
    )
    queue.refresh_from_db()
    assert queue.name == "Locked up"
    client.force_login(cast.cora)
    way = reverse("workspace:referral", args=[triaged.pk])
    assert "Locked up" in shown(client, way)
    client.force_login(cast.ines)
    client.post(reverse("panel:close-queue", args=[queue.pk]))
    with pytest.raises(actions.QueueClosed):
        actions.refer_case(triaged, queue=queue, by=cast.cora, at=now)
    client.force_login(cast.cora)
    for page in (way, reverse("case", args=[triaged.pk])):
        assert "Locked up" not in shown(client, page)
    client.force_login(cast.ines)
    client.post(reverse("panel:reopen-queue", args=[queue.pk]))
    assert actions.refer_case(triaged, queue=queue, by=cast.cora, at=now)
    assert "1 case waits" in shown(client, url)
    names = ["opened", "renamed", "closed", "reopened"]
    assert Event.objects.filter(name__in=[f"referrals.queue_{name}" for name in names]).count() == 4


def test_an_office_without_an_open_queue_is_told_so(client, cast, triaged, now):
    panel.close_queue(cast.office.queues.get(), by=cast.ines, at=now)
    client.force_login(cast.cora)
    assert "Your office has no open queue" in shown(client, reverse("case", args=[triaged.pk]))
