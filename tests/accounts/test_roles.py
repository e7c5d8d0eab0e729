"""Roles add up; a page acts in one of them, and the database in that one too."""

import re
from contextlib import ExitStack

import pytest
from django.db import DatabaseError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from config.middleware import principal_of
from foundation.accounts import giving_roles
from foundation.accounts.actions import disable_user, invite_person
from foundation.accounts.giving_roles import LastAdministrator, NoRole, change_roles
from foundation.accounts.models import Membership, Role, User
from foundation.accounts.role import adding_up
from foundation.database.principal import acting_as, bound_principal
from foundation.events.models import AccessRecord, Event
from foundation.refused import Forbidden
from notifications.handlers import watchers
from tests.support.people import join, meanwhile


def roles_of(user):
    return Membership.objects.get(user=user).roles


def again(user):
    return User.objects.get(pk=user.pk)


# --- who may give them -----------------------------------------------------------------------------


def test_nobody_changes_their_own_roles(cast, now):
    with pytest.raises(Forbidden):
        change_roles(cast.ines, roles=["administrator", "attorney"], by=cast.ines, at=now)


def test_the_database_lets_nobody_change_their_own_roles(cast):
    own = Membership.objects.filter(user=cast.ines)
    with acting_as(principal_of(cast.ines)), pytest.raises(DatabaseError), transaction.atomic():
        own.update(roles=["administrator", "caseworker"])
    assert roles_of(cast.ines) == ["administrator"]


@pytest.mark.parametrize("who", ["cora", "ade", "otto"])
def test_only_an_administrator_of_the_office_gives_roles(cast, now, who):
    with pytest.raises(Forbidden):
        change_roles(cast.bea, roles=["caseworker"], by=getattr(cast, who), at=now)


def test_whoever_acts_as_a_caseworker_gives_no_roles_though_they_administer_too(cast, now):
    both = join(cast.office, "both", Role.CASEWORKER, Role.ADMINISTRATOR)
    both.acts_as = Role.CASEWORKER
    with pytest.raises(Forbidden):
        change_roles(cast.bea, roles=["caseworker"], by=both, at=now)


def test_somebody_without_a_role_cannot_be(cast, now):
    with pytest.raises(NoRole):
        change_roles(cast.bea, roles=[], by=cast.ines, at=now)
    with pytest.raises(NoRole):
        invite_person(cast.office, email="n@test.example", name="N", roles=[], by=cast.ines, at=now)


def test_a_role_nobody_knows_is_refused_by_the_database(cast):
    for wrong in (["king"], [], ["supervisor"]):
        with pytest.raises(DatabaseError), transaction.atomic():
            Membership.objects.filter(user=cast.cora).update(roles=wrong)


def test_a_supervisor_is_a_caseworker_too(cast, now):
    change_roles(cast.cora, roles=["supervisor"], by=cast.ines, at=now)
    assert roles_of(cast.cora) == ["supervisor", "caseworker"]
    event = Event.objects.get(name="accounts.roles_changed")
    assert event.data == {"from": ["caseworker"], "to": ["supervisor", "caseworker"]}


def test_the_same_roles_again_are_no_event(cast, now):
    change_roles(cast.cora, roles=["caseworker"], by=cast.ines, at=now)
    assert not Event.objects.filter(name="accounts.roles_changed").exists()


def test_roles_stand_in_one_order_however_they_were_ticked():
    assert adding_up(["security", "attorney", "supervisor"]) == [
        "supervisor",
        "caseworker",
        "attorney",
        "security",
    ]


def test_two_administrators_who_take_each_others_role_at_once_leave_one(cast, now):
    """The second waits for the first, and finds that they administer no more."""
    second, roles = join(cast.office, "second", Role.ADMINISTRATOR), {"roles": ["caseworker"], "at": now}
    with ExitStack() as open_first:
        open_first.enter_context(acting_as(principal_of(cast.ines)))
        open_first.enter_context(transaction.atomic())
        change_roles(second, **roles, by=cast.ines)
        with meanwhile(lambda: change_roles(cast.ines, **roles, by=second), principal_of(second)) as waits:
            open_first.close()
    assert isinstance(waits.exception(), LastAdministrator)
    assert giving_roles.administrators(cast.office.pk).count() == 1


def test_two_administrators_who_shut_each_other_out_at_once_leave_one(cast, now):
    second = join(cast.office, "second", Role.ADMINISTRATOR)
    as_second, themselves = principal_of(second), again(second)
    with ExitStack() as open_first:
        open_first.enter_context(acting_as(principal_of(cast.ines)))
        open_first.enter_context(transaction.atomic())
        disable_user(second, by=cast.ines, at=now)
        with meanwhile(lambda: disable_user(cast.ines, by=themselves, at=now), as_second) as waits:
            open_first.close()
    assert isinstance(waits.exception(), LastAdministrator)
    assert again(cast.ines).is_active


# --- the page acts in one --------------------------------------------------------------------------


@pytest.fixture
def both(cast):
    """Somebody who is an attorney and administers the office."""
    return join(cast.office, "both", Role.ADMINISTRATOR, Role.ATTORNEY)


def acted_in(client, name, **values):
    """Return the database role a page acted in, as its own answer shows it."""
    told = []
    from config import middleware

    become = middleware.become
    middleware.become = lambda principal: (told.append(principal.role), become(principal))
    try:
        client.get(reverse(name, kwargs=values))
    finally:
        middleware.become = become
    return told[-1]


def test_a_page_acts_in_the_one_role_it_names(client, both):
    client.force_login(both)
    assert acted_in(client, "people") == "administrator"
    assert acted_in(client, "panel:profile") == "attorney"


def test_a_page_for_several_acts_in_the_first_until_another_is_chosen(client, both):
    client.force_login(both)
    assert acted_in(client, "home") == "attorney"
    client.post(reverse("act-in"), {"role": "administrator"})
    assert acted_in(client, "home") == "administrator"
    assert acted_in(client, "panel:profile") == "attorney"


def test_nobody_acts_in_a_role_they_do_not_have(client, cast):
    client.force_login(cast.cora)
    client.post(reverse("act-in"), {"role": "administrator"})
    assert acted_in(client, "home") == "caseworker"
    assert client.get(reverse("people")).status_code == 403


def test_a_role_that_was_chosen_ends_with_the_role(client, both, cast, now):
    client.force_login(both)
    client.post(reverse("act-in"), {"role": "administrator"})
    change_roles(both, roles=["attorney"], by=cast.ines, at=now)
    assert acted_in(client, "home") == "attorney"
    assert client.get(reverse("people")).status_code == 403


def test_an_attorney_who_administers_reads_as_an_attorney_what_only_attorneys_may(client, both, case):
    """As administrator they see the case; as attorney they see none that is not theirs."""
    client.force_login(both)
    assert client.get(case.get_absolute_url()).status_code == 404
    client.post(reverse("act-in"), {"role": "administrator"})
    assert client.get(case.get_absolute_url()).status_code == 200
    assert (
        AccessRecord.objects.filter(actor=f"user:{both.pk}", action="opened")
        .values_list("role", flat=True)
        .distinct()
        .get()
        == "administrator"
    )


def test_somebody_with_several_roles_finds_the_pages_of_all_and_the_choice(client, both):
    client.force_login(both)
    html = client.get(reverse("home")).content.decode()
    for name in ("workspace:my-list", "workspace:queue", "act-in"):
        assert reverse(name) in html


def test_somebody_with_one_role_is_not_asked_which(client, cast):
    client.force_login(cast.cora)
    assert reverse("act-in") not in client.get(reverse("home")).content.decode()


# --- the pages -------------------------------------------------------------------------------------


def test_roles_are_ticked_on_the_page_of_a_person(client, cast):
    client.force_login(cast.ines)
    page = reverse("person", args=[cast.cora.pk])
    html = client.get(page).content.decode()
    assert re.search(r'value="caseworker"[^>]*checked', html)
    sent = {"roles": ["supervisor", "attorney"]}
    assert client.post(reverse("change-roles", args=[cast.cora.pk]), sent).url == page
    assert roles_of(cast.cora) == ["supervisor", "caseworker", "attorney"]


def test_a_person_without_a_box_ticked_is_told_and_keeps_what_they_have(client, cast):
    client.force_login(cast.ines)
    answer = client.post(reverse("change-roles", args=[cast.cora.pk]), {})
    assert answer.status_code == 422
    assert roles_of(cast.cora) == ["caseworker"]


def test_on_ones_own_page_no_boxes_are_shown(client, cast):
    client.force_login(cast.ines)
    html = client.get(reverse("person", args=[cast.ines.pk])).content.decode()
    assert reverse("change-roles", args=[cast.ines.pk]) not in html
    assert (
        client.post(reverse("change-roles", args=[cast.ines.pk]), {"roles": ["security"]}).status_code == 403
    )


def test_somebody_of_another_office_has_no_page_here(client, cast):
    client.force_login(cast.ines)
    assert client.get(reverse("person", args=[cast.otto.pk])).status_code == 404
    assert (
        client.post(reverse("change-roles", args=[cast.otto.pk]), {"roles": ["security"]}).status_code == 404
    )


def test_a_change_of_roles_counts_from_the_next_page_on(client, cast, now):
    client.force_login(cast.cora)
    assert client.get(reverse("workspace:queue")).status_code == 200
    change_roles(cast.cora, roles=["security"], by=cast.ines, at=now)
    assert client.get(reverse("workspace:queue")).status_code == 403


# --- supervisor and security officer --------------------------------------------------------------


def test_a_supervisor_sees_what_a_caseworker_sees(cast, case):
    sura = join(cast.office, "sura", Role.SUPERVISOR)
    assert sura.role == "supervisor"
    with acting_as(principal_of(sura)), transaction.atomic():
        assert bound_principal().db_role == "intake_as_supervisor"
        assert Case.objects.get() == case


def test_a_security_officer_sees_readings_and_no_case(client, cast, case):
    seb = join(cast.office, "seb", Role.SECURITY)
    client.force_login(cast.ines)
    client.get(case.get_absolute_url())
    client.force_login(seb)
    home = client.get(reverse("home")).content.decode()
    assert cast.ines.name in home
    assert client.get(reverse("workspace:readings-of", args=[cast.ines.pk])).status_code == 200
    assert client.get(case.get_absolute_url()).status_code == 403
    assert (
        case.reference
        not in client.get(reverse("workspace:readings-of", args=[cast.ines.pk])).content.decode()
    )
    with acting_as(principal_of(seb)), pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.exists()
    connections["default"].close()


def test_administrators_read_what_the_security_officer_opened_and_caseworkers_too(client, cast):
    seb = join(cast.office, "seb", Role.SECURITY)
    for who in (cast.ines, cast.cora):
        client.force_login(who)
        assert client.get(reverse("workspace:readings-of", args=[seb.pk])).status_code == 200


def test_of_readings_the_security_officer_hears_first_and_never_of_their_own(cast):
    assert watchers(cast.office.pk, str(cast.cora.pk)) == [cast.ines]
    seb = join(cast.office, "seb", Role.SECURITY)
    assert watchers(cast.office.pk, str(cast.ines.pk)) == [seb]
    assert watchers(cast.office.pk, str(seb.pk)) == [cast.ines]


def test_the_invitation_brings_all_its_roles(client, cast, now):
    from foundation.accounts.actions import accept_invitation, token_for
    from foundation.database.principal import SIGN_IN

    roles = ["supervisor", "administrator"]
    whom = {"email": "n@test.example", "name": "Nia", "roles": roles}
    invitation = invite_person(cast.office, **whom, by=cast.ines, at=timezone.now())
    with acting_as(SIGN_IN):
        made = accept_invitation(token_for(invitation.pk), password="seven green lanterns", at=now)
    assert roles_of(made) == ["supervisor", "caseworker", "administrator"]
