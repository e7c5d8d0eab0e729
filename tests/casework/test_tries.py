"""The log of tries: what really happened, the next try, and that silence alone closes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions import ask_to_close
from cases.closing import TriesNeeded
from casework import actions
from casework.actions.ending import count_tries
from casework.actions.holding import Settled
from casework.actions.tries import NextIsPast, NoMessages, NotYet
from casework.models import ContactTry
from notifications.models import Reach

HOUR = timedelta(hours=1)


@pytest.fixture
def note(cast, case, now):
    def note(result="no_answer", *, ago=HOUR, **more):
        said = {"way": "call", "result": result, "tried_at": now - ago}
        return actions.note_try(case, **said, **more, by=cast.cora, at=now)

    return note


def test_a_try_is_not_noted_before_it_happened_and_the_next_one_lies_ahead(note, now):
    with pytest.raises(NotYet):
        note(ago=-HOUR)
    with pytest.raises(NextIsPast):
        note(next_try_at=now - HOUR)
    assert not ContactTry.objects.exists()


def test_no_message_is_noted_where_none_may_be_left(note):
    Reach.objects.update(may_leave_message=False)
    with pytest.raises(NoMessages):
        note("message")
    Reach.objects.update(may_leave_message=True)
    assert note("message").pk


def test_tries_are_counted_since_somebody_was_last_reached(note, case):
    note(ago=5 * HOUR)
    note("reached", ago=4 * HOUR)
    assert count_tries(case) == 0
    note(ago=3 * HOUR)
    struck = note(ago=2 * HOUR)
    assert count_tries(case) == 2
    ContactTry.objects.filter(pk=struck.pk).update(struck_at=struck.noted_at, struck_by=struck.noted_by)
    assert count_tries(case) == 1


def test_a_try_is_struck_out_once(note, cast, now):
    made = note()
    actions.strike_try(made, by=cast.cora, at=now)
    with pytest.raises(Settled):
        actions.strike_try(made, by=cast.cora, at=now)


def test_silence_alone_closes_nothing(note, cast, case, now):
    how = {"reason": "unreachable", "papers_returned": False, "ended_on": case.office.today(now)}
    with pytest.raises(TriesNeeded):
        ask_to_close(case, **how, note="We heard nothing.", by=cast.cora, at=now)
    note()
    assert ask_to_close(case, **how, note="", by=cast.cora, at=now).pk


def test_the_page_that_closes_shows_the_tries(client, note, cast, case):
    note(note="Nobody picked up")
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:close", args=[case.pk])).content.decode()
    assert "1 try since somebody last spoke with them" in page


def test_a_try_is_noted_on_the_page_by_the_clock_of_the_office(client, cast, case, now):
    client.force_login(cast.cora)
    assert "Note the try" in client.get(case.get_absolute_url(), {"do": "contact_try"}).content.decode()
    sent = {"way": "call", "result": "no_answer", "interpreter": "not_needed", "note": "Rang long"}
    sent |= {"tried_at": "2026-03-02T09:30", "next_try_at": ""}
    assert client.post(reverse("workspace:try-add", args=[case.pk]), sent).status_code == 302
    made = ContactTry.objects.get()
    assert made.tried_at.isoformat() == "2026-03-02T14:30:00+00:00"  # New York, in winter
    assert "Rang long" in client.get(case.get_absolute_url()).content.decode()


def test_the_next_try_stands_on_the_caseworkers_home_until_they_are_reached(
    client, cast, triaged, now, monkeypatch
):
    case, said = triaged, {"way": "call", "tried_at": now - HOUR}
    made = actions.note_try(
        case, **said, result="no_answer", next_try_at=now + HOUR / 60, by=cast.cora, at=now - HOUR / 2
    )
    ContactTry.objects.filter(pk=made.pk).update(next_try_at=now)
    client.force_login(cast.cora)
    assert "Try to reach them again" in client.get(reverse("home")).content.decode()
    actions.note_try(case, **{**said, "tried_at": now}, result="reached", by=cast.cora, at=now)
    assert "Try to reach them again" not in client.get(reverse("home")).content.decode()
