import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.events.models import Event
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


@pytest.mark.parametrize("asked", [{"status": "no-such"}, {"page": "x"}, {"page": "0"}, {"page": "9" * 40}])
def test_what_the_queue_cannot_read_in_its_address_is_left_out_and_said(client, cast, case, asked):
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:queue"), asked).content.decode()
    assert "was left out" in page
    assert case.reference in page
    assert "was left out" not in client.get(reverse("workspace:queue"), {"page": "2"}).content.decode()


def test_the_queue_goes_page_by_page_and_counts_nothing_twice(
    client, cast, make_case, monkeypatch, statements
):
    monkeypatch.setattr("workspace.queue.views.PER_PAGE", 1)
    for _ in range(2):
        make_case()
    client.force_login(cast.cora)
    with statements() as asked:
        first = client.get(reverse("workspace:queue"))
    assert "Further down the list" in first.content.decode()
    assert sum("COUNT(" in sql and "cases_case" in sql for sql in asked) == 1
    second = client.get(reverse("workspace:queue"), {"page": 2}).content.decode()
    assert "Earlier in the list" in second
    assert "Further down the list" not in second


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
