"""What a page of the form asks of the database, and what a draft sets going behind it."""

import pytest
from django.urls import reverse

from conflicts.models import ConflictCheck, Standing
from foundation.events.models import Delivery, Event
from intake.actions import submit_intake
from intake.models import Intake
from intake.work import LINE
from tests.conftest import answer_names
from tests.support.answers import address_of, answers, typed


def heads(asked):
    """Return what each statement does; those of the connection that records who looked come last."""
    return [sql.split("FROM")[0][:6] + (" audit" if "events_accessrecord" in sql else "") for sql in asked]


@pytest.mark.parametrize("answered", [False, True])
def test_a_page_asks_for_session_and_office_then_for_form_and_key(started, fill, statements, answered):
    if answered:
        fill(started)
    started.get(address_of("name"))  # what is read once for each process
    with statements() as asked:
        assert started.get(address_of("name")).status_code == 200
    assert heads(asked) == ["SELECT", "SELECT", "INSERT audit"]


def test_a_page_that_is_sent_writes_its_answer_and_that_it_was_worked_on(started, statements, office, now):
    sent = typed("name", answers(office.today(now))["name"])
    started.post(address_of("name"), sent)
    with statements() as asked:
        assert started.post(address_of("name"), sent).status_code == 302
    assert heads(asked) == ["SELECT", "SELECT", "UPDATE", "INSERT", "INSERT audit"]


def test_the_first_page_asks_for_the_office_alone(client, office, statements):
    client.get(reverse("landing"))
    with statements() as asked:
        client.get(reverse("landing"))
    assert len(asked) == 2, heads(asked)  # once for the frame, once for who we are


def test_names_of_a_draft_are_on_record_and_owe_nobody_anything_until_it_is_sent(started, office, now):
    sent = typed("name", answers(office.today(now))["name"])
    started.post(address_of("name"), sent)
    LINE.work_off()
    answer_names()
    draft = Intake.objects.get()
    assert Standing.objects.get(matter_id=draft.matter_id).state == "clear"
    changed = Event.objects.filter(name="conflicts.standing_changed", matter_id=draft.matter_id)
    assert [one.data["to"] for one in changed] == ["clear"]
    assert not Delivery.objects.filter(event__in=changed).exists()


def test_a_draft_is_compared_again_where_a_name_or_what_is_known_of_it_changed_and_else_not(
    started, office, now
):
    told = answers(office.today(now), born={"birth_date": "1991-04-12"})

    def asked_after(page, values):
        assert started.post(address_of(page), typed(page, values)).status_code == 302
        LINE.work_off()
        return ConflictCheck.objects.count()

    assert asked_after("name", told["name"]) == 1
    assert asked_after("name", told["name"]) == 1
    assert asked_after("feared_here", told["feared_here"]) == 1
    assert asked_after("born", told["born"]) == 2
    assert asked_after("name", {**told["name"], "family_name": "Other"}) == 3
    assert Intake.objects.get().next_try_at is None  # each time it was gone through


def test_names_that_were_sent_are_told_to_whoever_listens(make_draft, now):
    draft = make_draft()
    submit_intake(draft, at=now)
    answer_names()
    changed = Event.objects.filter(name="conflicts.standing_changed", matter_id=draft.matter_id)
    heard = set(Delivery.objects.filter(event__in=changed).values_list("handler", flat=True))
    assert heard == {"cases.screen-names", "referrals.take-back-held"}
