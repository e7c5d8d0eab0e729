import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.events.models import Delivery, Event
from notifications.models import Message
from workspace.history.queries import entries


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("cora", "Waiting for triage"),
        ("ade", "Offers waiting for your answer"),
        ("ines", "Work in the background"),
    ],
)
def test_each_role_has_its_home(client, cast, case, who, words):
    client.force_login(getattr(cast, who))
    assert words in client.get(reverse("home")).content.decode()


def test_the_administrator_sees_no_names_on_the_home_page(client, cast, case):
    client.force_login(cast.ines)
    assert "Canary" not in client.get(reverse("home")).content.decode()


def test_pages_of_the_queue_are_bounded(client, cast, case):
    client.force_login(cast.cora)
    for page in ("0", "-1", "x", "9" * 40, "2"):
        assert client.get(reverse("workspace:queue"), {"page": page}).status_code == 200
    assert client.get(reverse("workspace:queue"), {"status": "' or 1=1"}).status_code == 200


def test_the_queue_asks_no_more_for_more_cases(client, cast, make_case):
    client.force_login(cast.cora)
    counts = []
    for _ in range(2):
        make_case()
        client.get(reverse("workspace:queue"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("workspace:queue"))
        counts.append(len(queries))
        make_case()
    assert counts[0] == counts[1]


def test_a_stuck_delivery_can_be_tried_again(client, cast, case, now):
    Delivery.objects.filter(handler="cases.open-case").update(stuck_at=now, error="ValueError")
    delivery = Delivery.objects.get(handler="cases.open-case")
    client.force_login(cast.ines)
    assert "cases.open-case" in client.get(reverse("home")).content.decode()
    assert client.post(reverse("workspace:delivery-retry", args=[delivery.pk])).status_code == 302
    delivery.refresh_from_db()
    assert delivery.stuck_at is None


def test_only_the_own_offices_failed_messages_can_be_sent_again(client, cast, case, now):
    message = Message.objects.filter(channel="email").first()
    Message.LIFE.move(message, "sending", by="system:mail", event="notifications.message_sending")
    Message.LIFE.move(message, "failed", by="system:mail", event="notifications.message_failed")
    client.force_login(cast.ines)
    assert client.post(reverse("workspace:message-retry", args=[message.pk])).status_code == 302
    message.refresh_from_db()
    assert message.status == "queued"
    Message.objects.filter(pk=message.pk).update(office_id=cast.other.pk)
    assert client.post(reverse("workspace:message-retry", args=[message.pk])).status_code == 404


def test_history_says_what_happened_and_who_did_it(accepted, cast, now):
    words = {(entry.code, str(entry.who)) for entry in entries(Event.objects.all())}
    assert ("intake.submitted", "the applicant") in words
    assert ("cases.triaged", "Cora") in words
    assert ("cases.opened", "the system") in words
