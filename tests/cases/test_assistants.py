"""An assistant reads what their attorneys hold, while they work for them; and decides nothing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases.access import visible_to
from cases.models import Case, Note
from config.middleware import principal_of
from conflicts.actions import fence
from foundation.accounts.giving_roles import (
    NotOfTheRole,
    OverAlready,
    WorksForThem,
    begin_assistance,
    change_roles,
    end_assistance,
)
from foundation.accounts.models import Assistance, Role
from foundation.database.principal import acting_as
from foundation.refused import Forbidden
from intake.models import Applicant, Narrative
from referrals.actions import release_assignment
from referrals.models import Offer
from tests.support.people import assist, join


@pytest.fixture
def asha(cast):
    return join(cast.office, "asha", Role.ASSISTANT)


def seen(user):
    """Return what the program lets somebody see, after checking that the database says the same."""
    with acting_as(principal_of(user)), transaction.atomic():
        unfiltered = set(Case.objects.values_list("pk", flat=True))
        assert set(visible_to(user).values_list("pk", flat=True)) == unfiltered
        return unfiltered


def test_without_an_attorney_an_assistant_sees_no_case(asha, accepted):
    assert seen(asha) == set()


def test_an_assistant_reads_what_their_attorney_holds_and_no_other_case(asha, cast, accepted, make_case):
    make_case()
    assist(asha, cast.ade, by=cast.ines)
    assert seen(asha) == {accepted.case_id}


def test_what_is_only_offered_to_the_attorney_the_assistant_sees_nothing_of(asha, cast, offer):
    assist(asha, cast.ade, by=cast.ines)
    assert seen(asha) == set()
    with acting_as(principal_of(asha)), transaction.atomic():
        assert not Applicant.objects.exists() and not Offer.objects.exists()


def test_the_persons_own_words_stay_between_them_and_the_attorney(asha, cast, accepted):
    assist(asha, cast.ade, by=cast.ines)
    with acting_as(principal_of(asha)), pytest.raises(DatabaseError), transaction.atomic():
        Narrative.objects.exists()


@pytest.mark.parametrize(("days", "sees"), [(1, True), (0, True), (-1, False)])
def test_the_last_day_is_included_and_the_next_is_not(asha, cast, accepted, days, sees):
    assist(asha, cast.ade, by=cast.ines, days=days)
    assert bool(seen(asha)) is sees


def test_what_was_ended_shows_nothing_any_more(asha, cast, accepted, now):
    end_assistance(assist(asha, cast.ade, by=cast.ines), by=cast.ines, at=now)
    assert seen(asha) == set()


def test_once_the_attorney_gave_it_back_the_assistant_sees_it_no_more(asha, cast, accepted, now):
    assist(asha, cast.ade, by=cast.ines)
    release_assignment(accepted, by=cast.ade, at=now)
    assert seen(asha) == set()


@pytest.mark.parametrize("who", ["asha", "ade"])
def test_nobody_sees_past_a_fence_of_the_assistant_or_of_the_attorney(asha, cast, accepted, now, who):
    assist(asha, cast.ade, by=cast.ines)
    user = asha if who == "asha" else cast.ade
    fence(accepted.matter_id, user=user, office_id=cast.office.pk, by=cast.cora, at=now)
    assert seen(asha) == set()


def test_whoever_is_an_assistant_no_more_sees_nothing_of_it(asha, cast, accepted, now):
    assist(asha, cast.ade, by=cast.ines)
    change_roles(asha, roles=["caseworker"], by=cast.ines, at=now)
    assert not Assistance.objects.filter(ended_at=None).exists()


def test_an_assistant_reads_the_case_the_dates_and_the_screening(client, asha, cast, accepted):
    assist(asha, cast.ade, by=cast.ines)
    client.force_login(asha)
    for name in ("case", "workspace:screening", "workspace:dates"):
        assert client.get(reverse(name, args=[accepted.case_id])).status_code == 200
    home = client.get(reverse("home")).content.decode()
    assert accepted.case.reference in home and cast.ade.name in home


def test_an_assistant_writes_a_note_and_decides_nothing(client, asha, cast, accepted):
    assist(asha, cast.ade, by=cast.ines)
    client.force_login(asha)
    assert (
        client.post(reverse("workspace:note", args=[accepted.case_id]), {"text": "Called."}).status_code
        == 302
    )
    assert Note.objects.get().author == asha
    for name, thing in (
        ("workspace:close", accepted.case_id),
        ("workspace:engagement", accepted.pk),
        ("workspace:release", accepted.pk),
        ("referrals:offer-detail", accepted.offer_id),
    ):
        assert client.get(reverse(name, args=[thing])).status_code in (403, 405)
        assert client.post(reverse(name, args=[thing]), {}).status_code in (403, 405)
    html = client.get(accepted.case.get_absolute_url()).content.decode()
    assert reverse("workspace:release", args=[accepted.case_id]) not in html


def test_the_database_lets_an_assistant_change_nothing_of_a_case(asha, cast, accepted):
    assist(asha, cast.ade, by=cast.ines)
    with acting_as(principal_of(asha)), pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=accepted.case_id).update(status="closed")


# --- who says so ------------------------------------------------------------------------------------


def soon(cast, now, days=10):
    return cast.office.today(now) + timedelta(days=days)


def test_only_an_administrator_says_for_whom_somebody_works(asha, cast, now):
    for who in (cast.cora, asha, cast.ade, cast.otto):
        with pytest.raises(Forbidden):
            begin_assistance(asha, attorney=cast.ade, ends_on=soon(cast, now), by=who, at=now)


def test_both_need_their_roles_and_a_day_that_is_not_over(asha, cast, now):
    say = {"by": cast.ines, "at": now}
    with pytest.raises(NotOfTheRole):
        begin_assistance(cast.bea, attorney=cast.ade, ends_on=soon(cast, now), **say)
    with pytest.raises(NotOfTheRole):
        begin_assistance(asha, attorney=cast.cora, ends_on=soon(cast, now), **say)
    with pytest.raises(OverAlready):
        begin_assistance(asha, attorney=cast.ade, ends_on=soon(cast, now, -1), **say)


def test_once_is_enough_and_again_after_it_ran_out(asha, cast, now):
    say = {"attorney": cast.ade, "by": cast.ines, "at": now}
    assist(asha, cast.ade, by=cast.ines, days=-1)
    begin_assistance(asha, ends_on=soon(cast, now), **say)
    with pytest.raises(WorksForThem):
        begin_assistance(asha, ends_on=soon(cast, now), **say)


def test_it_is_said_and_ended_on_the_page_of_the_person(client, asha, cast, now):
    client.force_login(cast.ines)
    page = reverse("person", args=[asha.pk])
    sent = {"attorney": cast.ade.pk, "ends_on": str(soon(cast, now))}
    assert client.post(reverse("begin-assistance", args=[asha.pk]), sent).url == page
    made = Assistance.objects.get(ended_at=None)
    assert cast.ade.name in client.get(page).content.decode()
    assert client.post(reverse("end-assistance", args=[made.pk])).url == page
    assert not Assistance.objects.filter(ended_at=None).exists()


def test_a_wrong_day_is_told_beside_what_was_typed(client, asha, cast, now):
    client.force_login(cast.ines)
    sent = {"attorney": cast.ade.pk, "ends_on": str(soon(cast, now, -2))}
    assert client.post(reverse("begin-assistance", args=[asha.pk]), sent).status_code == 422
