import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.events.models import Event
from workspace.history.queries import entries


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("cora", "Now, in this order"),
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


def test_history_says_what_happened_and_who_did_it(accepted, cast, now):
    words = {(entry.code, str(entry.who)) for entry in entries(Event.objects.all())}
    assert ("intake.submitted", "the applicant") in words
    assert ("cases.triaged", "Cora") in words
    assert ("cases.opened", "the system") in words
