"""Cases are taken, given, tagged: one by one, many at once, and taken back; two people never get one."""

import threading

import pytest
from django.db import connections, transaction

from cases import actions
from cases.models import Case, CaseTag, ListChange
from cases.tagging import tags_of
from config.middleware import principal_of
from foundation.accounts.models import Membership, Role, User
from foundation.database.principal import acting_as
from foundation.events.lifecycle import Stale
from foundation.events.models import Event
from foundation.refused import Forbidden
from screening.models import Band


@pytest.fixture
def dina(cast):
    """Another caseworker of the office."""
    user = User.objects.create(email="dina@test.example", password="!", name="Dina")
    Membership.objects.create(user=user, office=cast.office, roles=[Role.CASEWORKER])
    return user


def has(case):
    return Case.objects.get(pk=case.pk).caseworker


def names_of_events(case):
    return list(Event.objects.filter(subject_id=str(case.pk)).values_list("name", flat=True))


# --- take next ------------------------------------------------------------------------------------


def test_nothing_is_next_where_all_cases_have_somebody(case, cast, dina, now):
    actions.assign_case(case, to=dina, by=cast.cora, at=now)
    with pytest.raises(actions.NothingNext):
        actions.take_next(by=cast.cora, at=now)


def test_take_next_gives_the_most_urgent(make_case, cast, now):
    calm, urgent = make_case(), make_case()
    Case.objects.filter(pk=calm.pk).update(band=Band.ROUTINE)
    Case.objects.filter(pk=urgent.pk).update(band=Band.CRITICAL)
    assert actions.take_next(by=cast.cora, at=now) == urgent
    assert has(urgent) == cast.cora
    assert actions.take_next(by=cast.cora, at=now) == calm


def test_what_a_colleague_speaks_goes_to_the_colleague(make_case, cast, dina, now):
    arabic, unknown, rare = make_case(), make_case(), make_case()
    Case.objects.filter(pk=arabic.pk).update(codes=["language:ara"], band=Band.CRITICAL)
    Case.objects.filter(pk=unknown.pk).update(codes=[], band=Band.HIGH)
    Case.objects.filter(pk=rare.pk).update(codes=["language:mam"], band=Band.MEDIUM)
    actions.set_skills(dina, languages=["ara"], trained_for=[], by=cast.ines, at=now)
    actions.set_skills(cast.cora, languages=["spa"], trained_for=[], by=cast.ines, at=now)
    assert actions.take_next(by=cast.cora, at=now) == unknown
    assert actions.take_next(by=cast.cora, at=now) == rare  # nobody speaks it: anybody's
    with pytest.raises(actions.NothingNext):
        actions.take_next(by=cast.cora, at=now)
    assert actions.take_next(by=dina, at=now) == arabic


def test_who_is_not_trained_for_it_is_given_no_child(make_case, cast, dina, now):
    child = make_case()
    Case.objects.filter(pk=child.pk).update(codes=["minor:alone"])
    actions.set_skills(cast.cora, languages=[], trained_for=[], by=cast.ines, at=now)
    actions.set_skills(dina, languages=[], trained_for=["minors"], by=cast.ines, at=now)
    with pytest.raises(actions.NothingNext):
        actions.take_next(by=cast.cora, at=now)
    assert actions.take_next(by=dina, at=now) == child


def test_two_who_press_at_once_are_given_two_cases(make_case, cast, dina, now):
    for _n in range(2):
        make_case()
    first_took, may_end, taken = threading.Event(), threading.Event(), {}

    bound = {user.pk: principal_of(user) for user in (cast.cora, dina)}

    def press(user, *, waits):
        try:
            with acting_as(bound[user.pk]), transaction.atomic():
                taken[user.pk] = actions.take_next(by=user, at=now).pk
                if waits:
                    first_took.set()
                    may_end.wait(20)
        finally:
            connections.close_all()

    first = threading.Thread(target=press, args=[cast.cora], kwargs={"waits": True})
    first.start()
    assert first_took.wait(20)
    second = threading.Thread(target=press, args=[dina], kwargs={"waits": False})
    second.start()
    second.join(20)
    may_end.set()
    first.join(20)
    assert len(taken) == 2 and len(set(taken.values())) == 2


# --- many at once ---------------------------------------------------------------------------------


def test_a_case_that_cannot_be_given_keeps_no_other_from_it(make_case, cast, dina, now):
    given, over = make_case(), make_case()
    actions.decline_case(over, reason="As a test.", by=cast.cora, at=now)
    over.refresh_from_db()
    done = actions.assign_many([given, over], to=dina, link="/cases/", by=cast.cora, at=now)
    assert [one.pk for one in done.changed] == [given.pk]
    assert [one.pk for one, _why in done.refused] == [over.pk]
    assert has(given) == dina
    assert names_of_events(given).count("cases.assigned") == 1


def test_doing_it_again_does_what_was_left(make_case, cast, dina, now):
    first, second = make_case(), make_case()
    actions.assign_many([first], to=dina, link="/cases/", by=cast.cora, at=now)
    done = actions.assign_many([first, second], to=dina, link="/cases/", by=cast.cora, at=now)
    assert [one.pk for one in done.already] == [first.pk]
    assert [one.pk for one in done.changed] == [second.pk]
    assert names_of_events(first).count("cases.assigned") == 1


def test_taking_it_back_leaves_what_somebody_changed_since(make_case, cast, dina, now):
    kept, moved = make_case(), make_case()
    actions.assign_case(kept, to=cast.cora, by=cast.cora, at=now)
    done = actions.assign_many([kept, moved], to=dina, link="/cases/", by=cast.cora, at=now)
    actions.assign_case(moved, to=None, by=dina, at=now)
    actions.undo_change(done.change, by=cast.cora, at=now)
    assert has(kept) == cast.cora
    assert has(moved) is None
    with pytest.raises(Stale):
        actions.undo_change(done.change, by=cast.cora, at=now)


def test_only_who_did_it_takes_it_back(make_case, cast, dina, now):
    done = actions.assign_many([make_case()], to=dina, link="/cases/", by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.undo_change(done.change, by=dina, at=now)


def test_tags_are_put_on_and_taken_back(make_case, cast, now):
    tag = actions.make_tag(cast.office, name="clinic", by=cast.ines, at=now)
    first, second = make_case(), make_case()
    actions.tag_case(first, tag=tag, by=cast.cora, at=now)
    done = actions.tag_many([first, second], tag=tag, by=cast.cora, at=now)
    assert [one.pk for one in done.changed] == [second.pk]
    actions.undo_change(done.change, by=cast.cora, at=now)
    assert [one.case_id for one in CaseTag.objects.filter(removed_at=None)] == [first.pk]


def test_an_ended_tag_marks_no_more(case, cast, now):
    tag = actions.make_tag(cast.office, name="clinic", by=cast.ines, at=now)
    with pytest.raises(actions.TagThere):
        actions.make_tag(cast.office, name="Clinic", by=cast.ines, at=now)
    actions.end_tag(tag, by=cast.ines, at=now)
    with pytest.raises(actions.TagEnded):
        actions.tag_case(case, tag=tag, by=cast.cora, at=now)
    assert not tags_of(cast.office).exists()


def test_nobody_elsewhere_gives_or_tags(case, cast, now):
    tag = actions.make_tag(cast.office, name="clinic", by=cast.ines, at=now)
    with pytest.raises(Forbidden):
        actions.assign_case(case, to=None, by=cast.otto, at=now)
    with pytest.raises(Forbidden):
        actions.tag_case(case, tag=tag, by=cast.otto, at=now)
    with pytest.raises(actions.NoCaseworker):
        actions.assign_case(case, to=cast.otto, by=cast.cora, at=now)


def test_what_changes_many_says_which_and_by_whom(make_case, cast, dina, now):
    done = actions.assign_many([make_case()], to=dina, link="/cases/", by=cast.cora, at=now)
    change = ListChange.objects.get()
    assert change == done.change and change.done_by == cast.cora
    assert list(change.before.values()) == [None]
