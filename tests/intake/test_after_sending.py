"""After sending: what happens next, by when somebody looks, what to do where nobody calls, or in danger."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cases.rules import look_by
from foundation.accounts.models import Office
from intake.actions import submit_intake
from intake.models import Intake
from intake.progress import call_after
from intake.promises import promise_look
from tests.intake.conftest import begin, open_with

WEDNESDAY = datetime(2026, 12, 2, 15, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture
def promising(office):
    Office.objects.filter(pk=office.pk).update(look_days=3)
    office.refresh_from_db()
    return office


def test_the_day_is_that_of_the_office_in_business_days(promising, make_draft):
    draft = make_draft()
    draft.office = promising
    submit_intake(draft, at=WEDNESDAY)
    assert Intake.objects.get().read_by == date(2026, 12, 7)
    assert call_after(date(2026, 12, 7)) == date(2026, 12, 9)


def test_an_office_that_promises_no_day_says_none(make_draft):
    draft = make_draft()
    submit_intake(draft, at=WEDNESDAY)
    assert Intake.objects.get().read_by is None
    assert promise_look(None) == "" and call_after(None) is None


def test_what_happens_next_is_said_beside_the_numbers_and_after_they_are_put_away(
    client, promising, fill, now
):
    begin(client)
    fill(client)
    client.post(reverse("intake:review"))
    day = Intake.objects.get().read_by
    beside = client.get(reverse("intake:receipt")).content.decode()
    after = client.post(reverse("intake:receipt"), follow=True).content.decode()
    for text in (beside, after):
        assert promise_look(day) in text
        assert "Did nobody reach you by" in text and "(212) 555-0100" in text and "911" in text
        assert "Lost your numbers?" in text
    assert "Canary" not in after


def test_the_return_page_repeats_the_promise_until_somebody_read_it(client, promising, make_draft, now):
    from intake.actions import note_progress

    draft = make_draft()
    draft.office = promising
    open_with(client, submit_intake(draft, at=now))
    words = promise_look(Intake.objects.get().read_by)
    assert words in client.get(reverse("intake:mine")).content.decode()
    note_progress(draft, step="reading", by="system:test", at=now)
    assert words not in client.get(reverse("intake:mine")).content.decode()


def test_what_was_promised_stays_as_it_was_when_the_office_changes_its_mind(
    client, promising, make_draft, now
):
    draft = make_draft()
    draft.office = promising
    open_with(client, submit_intake(draft, at=now))
    day = Intake.objects.get().read_by
    Office.objects.update(look_days=9)
    assert promise_look(day) in client.get(reverse("intake:mine")).content.decode()


# The promise is the day by which staff must look: no later, and no earlier than the band says.
@pytest.mark.parametrize(
    ("promised", "looked_by"),
    [
        (date(2026, 12, 3), date(2026, 12, 3)),
        (date(2027, 3, 1), None),
        (None, None),
        (date(2026, 11, 2), date(2026, 12, 2)),
    ],
)
def test_staff_must_look_by_the_day_that_was_promised(promised, looked_by):
    on = date(2026, 12, 2)
    expected = looked_by or look_by("ROUTINE", [], on=on)
    assert look_by("ROUTINE", [], on=on, promised=promised) == expected


def test_a_case_carries_the_promise_into_its_look_by(promising, make_draft, now):
    from cases.actions import open_case

    Office.objects.update(look_days=1)
    promising.refresh_from_db()
    draft = make_draft()
    draft.office = promising
    submit_intake(draft, at=now)
    case = open_case(Intake.objects.get(), by="system:test", at=now)
    assert case.look_by <= Intake.objects.get().read_by
