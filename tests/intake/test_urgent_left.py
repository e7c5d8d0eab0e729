"""An urgent form left alone for 15 minutes: staff are told once, and can read what was said so far."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intake.actions import alert_urgent_drafts, save_answers, start_intake
from intake.models import Intake
from intake.questionnaire.path import BY_KEY
from notifications.models import Message
from tests.conftest import answer_names
from tests.support.relay import deliver_due


@pytest.fixture
def left(office, now):
    import uuid

    draft = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=now)
    save_answers(draft, page="where_now", values={"in_us": "yes", "custody": "ice"}, at=now)
    reach(draft, "yes", now)
    return draft


def reach(draft, may_reach, now):
    """Say how somebody is reached, and whether we may if they stop before the end."""
    values = {"channels": ["call"], "phone": "+12125550142", "may_reach": may_reach}
    save_answers(draft, page="reach", values=values, at=now)


def told():
    deliver_due()
    return Message.objects.filter(kind="urgent_left", channel="in_app").count()


def test_nobody_is_told_while_it_is_being_filled_in(cast, left, now):
    assert alert_urgent_drafts(at=now + timedelta(minutes=14)) == 0


def test_caseworkers_are_told_once(cast, left, now):
    Intake.objects.update(saved_at=now - timedelta(minutes=16))
    assert alert_urgent_drafts(at=now) == 1
    assert alert_urgent_drafts(at=now + timedelta(minutes=5)) == 0
    assert told() == 1


def test_nobody_is_told_of_what_is_no_longer_urgent(cast, left, now):
    left.refresh_from_db()
    save_answers(left, page="where_now", values={"custody": "no"}, at=now)
    assert alert_urgent_drafts(at=now + timedelta(hours=1)) == 0


@pytest.mark.parametrize("said", ["no", ""])
def test_who_did_not_say_that_we_may_is_not_reached_and_what_they_wrote_stays_unread(
    client, cast, left, now, said
):
    reach(left, said, now)
    assert alert_urgent_drafts(at=now + timedelta(minutes=16)) == 0
    assert told() == 0
    client.force_login(cast.cora)
    for name, more in (
        ("unfinished", ()),
        ("phone-page", (BY_KEY["where_now"].number,)),
        ("phone-review", ()),
    ):
        assert client.get(reverse(f"workspace:{name}", args=[left.pk, *more])).status_code == 404
    reach(left, "yes", now)
    assert alert_urgent_drafts(at=now + timedelta(minutes=16)) == 1


def test_what_a_caseworker_typed_is_looked_at_whatever_was_said(cast, left, now):
    reach(left, "", now)
    Intake.objects.update(typed_by=cast.cora)
    assert alert_urgent_drafts(at=now + timedelta(minutes=16)) == 1


def test_who_was_told_of_and_takes_it_back_is_listed_no_more(client, cast, left, now):
    assert alert_urgent_drafts(at=now + timedelta(minutes=16)) == 1
    reach(left, "no", now)
    url = reverse("workspace:unfinished", args=[left.pk])
    client.force_login(cast.cora)
    assert client.get(url).status_code == 404
    assert url not in client.get(reverse("home")).content.decode()


def test_nobody_reads_of_the_fear_before_the_names_are_clear(client, cast, left, now):
    save_answers(left, page="name", values={"given_names": "Amina", "family_name": "Canary"}, at=now)
    save_answers(left, page="harm", values={"harm_past": "yes"}, at=now)
    client.force_login(cast.cora)
    url = reverse("workspace:unfinished", args=[left.pk])
    assert "Has anyone hurt you" not in client.get(url).content.decode()
    answer_names()
    assert "Has anyone hurt you" in client.get(url).content.decode()


def test_staff_read_it_and_go_on_and_other_offices_do_not(client, cast, left, now):
    alert_urgent_drafts(at=now + timedelta(minutes=16))
    url = reverse("workspace:unfinished", args=[left.pk])
    client.force_login(cast.cora)
    assert "Yes, in a detention center" in client.get(url).content.decode()
    assert url in client.get(reverse("home")).content.decode()
    for other, status in ((cast.otto, 404), (cast.ade, 403), (cast.ines, 403)):
        client.force_login(other)
        assert client.get(url).status_code == status
