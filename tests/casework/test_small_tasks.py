"""Small tasks: offered to who can, theirs for some days, back by themselves; nothing of the case is seen."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases.models import Case
from casework import actions
from casework.actions.small import Can, NotForThem
from casework.models import SmallTask
from config.middleware import principal_of
from conflicts.actions import fence
from foundation.accounts.models import Role
from foundation.database.principal import acting_as
from foundation.events.lifecycle import NotAllowed, Stale
from foundation.events.models import Event
from foundation.refused import Forbidden
from notifications.models import Message
from tests.support.people import join
from tests.support.relay import deliver_due

ALL = Can(languages=None, reviews=True)


@pytest.fixture
def asked(triaged, cast, now):
    said = {"kind": "translation", "language": "ara", "amount": 4, "days": 2}
    due_on = cast.office.today(now) + timedelta(days=10)
    return actions.ask_small_task(triaged, **said, due_on=due_on, by=cast.cora, at=now)


def fresh(one):
    return SmallTask.objects.select_related("office", "case__office").get(pk=one.pk)


def test_only_a_caseworker_asks_and_withdraws(asked, triaged, cast, now):
    said = {"kind": "review", "language": "", "amount": 1, "days": 1, "due_on": asked.due_on}
    for who in (cast.ade, cast.otto, cast.ines):
        with pytest.raises(Forbidden):
            actions.ask_small_task(triaged, **said, by=who, at=now)
        with pytest.raises(Forbidden):
            actions.withdraw_small_task(fresh(asked), by=who, at=now)


def test_nobody_takes_what_asks_for_a_language_or_credentials_that_they_do_not_have(asked, cast, now):
    for can in (Can(["eng"], True), Can([], True)):
        with pytest.raises(NotForThem):
            actions.take_small_task(asked, can=can, by=cast.ade, at=now)
    SmallTask.objects.update(kind="review", language="")
    with pytest.raises(NotForThem):
        actions.take_small_task(fresh(asked), can=Can(["eng"], False), by=cast.ade, at=now)
    with pytest.raises(Forbidden):
        actions.take_small_task(fresh(asked), can=ALL, by=cast.otto, at=now)


def test_of_two_who_take_it_one_has_it(asked, cast, now):
    first, second = fresh(asked), fresh(asked)
    actions.take_small_task(first, can=ALL, by=cast.ade, at=now)
    with pytest.raises(Stale):
        actions.take_small_task(second, can=ALL, by=cast.bea, at=now)
    for act in (actions.give_small_task_back, actions.finish_small_task):
        with pytest.raises(Forbidden):
            act(fresh(asked), by=cast.bea, at=now)


def test_what_was_given_back_or_not_done_in_time_waits_again_and_who_asked_is_told(asked, cast, now):
    actions.take_small_task(asked, can=ALL, by=cast.ade, at=now)
    actions.give_small_task_back(fresh(asked), by=cast.ade, at=now)
    actions.take_small_task(fresh(asked), can=ALL, by=cast.bea, at=now)
    ends = fresh(asked).back_at
    assert actions.offer_late_again(at=ends - timedelta(seconds=1)) == 0
    assert actions.offer_late_again(at=ends) == 1
    again = fresh(asked)
    assert (again.status, again.taker, again.back_at) == ("offered", None, None)
    deliver_due()
    told = Message.objects.filter(user=cast.cora, kind="small_task_moved", channel="in_app")
    assert told.count() == 4
    assert not any("ara" in str(one.data) for one in Event.objects.filter(subject_id=asked.pk))


def test_what_is_done_is_over(asked, cast, now):
    actions.take_small_task(asked, can=ALL, by=cast.ade, at=now)
    actions.finish_small_task(fresh(asked), by=cast.ade, at=now)
    with pytest.raises(NotAllowed):
        actions.withdraw_small_task(fresh(asked), by=cast.cora, at=now)
    assert actions.offer_late_again(at=now + timedelta(days=30)) == 0


def test_a_case_that_ends_takes_back_what_is_open_of_it(asked, triaged, cast, now):
    actions.take_small_task(asked, can=ALL, by=cast.ade, at=now)
    actions.end_work(triaged, by=cast.cora, at=now, ends_representation=False)
    assert fresh(asked).status == "withdrawn"
    with pytest.raises(NotAllowed):
        actions.take_small_task(fresh(asked), can=ALL, by=cast.bea, at=now)


def test_the_attorney_who_holds_the_case_ends_what_a_colleague_took(accepted, cast, now):
    said = {"kind": "review", "language": "", "amount": 1, "days": 1}
    due_on = cast.office.today(now) + timedelta(days=10)
    one = actions.ask_small_task(accepted.case, **said, due_on=due_on, by=cast.cora, at=now)
    actions.take_small_task(one, can=ALL, by=cast.bea, at=now)
    with acting_as(principal_of(cast.ade)):
        actions.end_work(accepted.case, by=cast.ade, at=now, ends_representation=True)
    assert fresh(one).status == "withdrawn"


def test_the_database_shows_a_helper_the_task_and_nothing_of_the_case(asked, triaged, cast, now):
    with acting_as(principal_of(cast.bea)), transaction.atomic():
        assert SmallTask.objects.count() == 1
        assert not Case.objects.filter(pk=triaged.pk).exists()
    actions.take_small_task(asked, can=ALL, by=cast.ade, at=now)
    with acting_as(principal_of(cast.bea)), transaction.atomic():
        assert not SmallTask.objects.exists()
    with acting_as(principal_of(cast.ade)), pytest.raises(DatabaseError), transaction.atomic():
        SmallTask.objects.update(amount=1)
    with acting_as(principal_of(cast.otto)), transaction.atomic():
        assert not SmallTask.objects.exists()


def test_whoever_is_kept_off_the_matter_does_not_see_its_small_tasks(asked, triaged, cast, now):
    kept = {"user": cast.bea, "office_id": cast.office.pk, "by": cast.ines, "at": now}
    fence(triaged.matter_id, **kept)
    with acting_as(principal_of(cast.bea)), transaction.atomic():
        assert not SmallTask.objects.exists()


def test_an_interpreter_sees_what_waits_takes_it_and_says_that_it_is_done(asked, triaged, cast, client):
    asha = join(cast.office, "asha", Role.ASSISTANT)
    client.force_login(asha)
    page = client.get(reverse("workspace:small-tasks")).content.decode()
    assert "Translation" in page and "Arabic" in page
    assert triaged.reference not in page and "Amina" not in page
    client.post(reverse("workspace:small-task-move", args=[asked.pk, "take"]))
    assert fresh(asked).taker == asha
    client.post(reverse("workspace:small-task-move", args=[asked.pk, "done"]))
    assert fresh(asked).status == "done"
    assert client.post(reverse("workspace:small-task-move", args=[asked.pk, "take"])).status_code == 409
    assert client.post(reverse("workspace:small-task-move", args=[asked.pk, "eat"])).status_code == 404


def test_an_attorney_sees_what_fits_their_profile_alone(asked, cast, client):
    client.force_login(cast.ade)
    assert "Translation" in client.get(reverse("workspace:small-tasks")).content.decode()
    SmallTask.objects.update(language="prs")
    page = client.get(reverse("workspace:small-tasks")).content.decode()
    assert "Translation" not in page and "Nothing waits that you can do." in page


def test_the_caseworkers_page_takes_it_with_words_for_what_is_wrong(triaged, cast, client, now):
    client.force_login(cast.cora)
    address = reverse("workspace:small-tasks-of-case", args=[triaged.pk])
    day = (cast.office.today(now) + timedelta(days=5)).isoformat()
    said = {"kind": "interpreting", "language": "ara", "amount": 2, "days": 3, "due_on": day}
    for wrong in ({"language": ""}, {"due_on": "2020-01-01"}, {"amount": 0}, {"days": 99}, {"kind": "x"}):
        assert client.post(address, said | wrong).status_code == 422
    assert client.post(address, said).status_code == 302
    (one,) = SmallTask.objects.all()
    page = client.get(address).content.decode()
    assert "Interpreting" in page and "hours: 2" in page and "Waits for somebody" in page
    client.post(reverse("workspace:small-task-withdraw", args=[triaged.pk, one.pk]))
    assert "Not needed any more" in client.get(address).content.decode()
