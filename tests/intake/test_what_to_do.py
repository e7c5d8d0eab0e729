"""What somebody can do at once stands beside the telephone numbers, and is never shown by receipt."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.told import Told
from intake.what_to_do import COURT, DANGER, HELD, MISSED, SENTENCES, what_to_do
from tests.intake.test_by_receipt import by_receipt
from tests.support.answers import address_of

TALK = reverse("intake:talk")


def told(**values):
    today = timezone.localdate()
    days = {key: (today + timedelta(days=days)).isoformat() for key, days in values.items() if key in DAYS}
    return Told(values | days, on=today)


DAYS = {"hearing_date"}


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        ({}, {}),
        ({"danger": "no", "custody": "no"}, {}),
        ({"danger": "yes"}, DANGER),
        ({"danger": "talk", "custody": "ice"}, DANGER),
        ({"custody": "orr", "has_court": "yes", "hearing_date": 3}, HELD),
        ({"has_court": "yes", "hearing_date": -1}, MISSED),
        ({"has_court": "yes", "hearing_date": 3}, COURT),
        ({"has_court": "yes", "hearing_date": 90}, {}),
    ],
)
def test_the_worst_trouble_comes_first(values, sentences):
    assert [str(words) for words in what_to_do(told(**values))] == [
        str(words) for words in sentences.values()
    ]


def test_the_numbers_never_wait_for_an_approval(started, settings, tmp_path):
    started.post(address_of("danger"), {"danger": "yes"})
    assert str(DANGER["do-people"]) in started.get(TALK).content.decode()
    settings.PRODUCTION, settings.INTAKE_APPROVALS = True, str(tmp_path / "none.toml")
    page = started.get(TALK).content.decode()
    assert ">911<" in page and str(DANGER["do-people"]) not in page


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_receipt_shows_none_of_it(client, make_draft, now, is_sent):
    by_receipt(client, make_draft(danger={"danger": "yes"}), now, sent=is_sent)
    page = client.get(TALK).content.decode()
    assert ">911<" in page and not any(str(words) in page for words in SENTENCES.values())
