"""A note that names a colleague: they hear of it, and nobody else does."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from casework.mentions import mentioned, unknown_in
from notifications.models import Message
from tests.support.relay import deliver_due

PEOPLE = [SimpleNamespace(pk=n, name=name) for n, name in enumerate(["Cora", "Ade Demo", "Ade Other", "Ana"])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("write to ade@demo.example", []),
        ("@Bob knows", []),
        ("@Ade knows", []),  # two people are called so
        ("@cora, please", ["Cora"]),
        ("see @Ade Demo and @Cora Demo", ["Ade Demo", "Cora"]),
        ("@Cora @Cora", ["Cora"]),
    ],
)
def test_a_mention_means_the_one_person_who_is_called_so(text, names):
    assert [one.name for one in mentioned(text, PEOPLE)] == names


def test_a_mention_of_nobody_is_said():
    assert unknown_in("@Bob and @Cora", PEOPLE) == ["@Bob"]


def test_whoever_is_mentioned_hears_of_it_and_the_message_tells_nothing(client, cast, accepted, case):
    client.force_login(cast.cora)
    sent = {"text": "Canary-Note for @Ade and @Bob and @Otto"}
    first = client.post(reverse("workspace:note", args=[case.pk]), sent)
    assert first.status_code == 302
    answer = client.get(first.url)
    assert "@Bob" in answer.content.decode() and "they were not told" in answer.content.decode()
    deliver_due()
    told = Message.objects.filter(kind="mentioned", channel="in_app")
    assert [(one.user, one.link) for one in told] == [(cast.ade, case.get_absolute_url())]
