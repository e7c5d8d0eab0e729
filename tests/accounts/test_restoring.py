"""Who lost every second factor is let in by two people who saw them, and by nobody alone."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.middleware import principal_of
from foundation.accounts.models import Restoration
from foundation.accounts.restoring import (
    Over,
    ask_to_restore,
    confirm_restore,
    factors_of_office,
    restore_by_paper,
    withdraw_restore,
)
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from notifications.models import Message
from tests.accounts.test_sign_in import code_now, first_step, sign_in
from tests.conftest import SECRET
from tests.support.everything import passkey_of
from tests.support.relay import deliver_due

SEEN = {"how": "known"}


@pytest.fixture(autouse=True)
def _no_printed_code(settings):
    """Otherwise the people of the demo office need no second factor."""
    settings.DEMO_CODE = ""


@pytest.fixture
def asked(cast):
    with as_user(cast.ines):
        return ask_to_restore(cast.bea, **SEEN, by=cast.ines, at=timezone.now())


def as_user(user):
    return acting_as(principal_of(user))


def confirm(asked, by):
    with as_user(by), transaction.atomic():
        return confirm_restore(asked, **SEEN, by=by, at=timezone.now())


def factors(user):
    return list(Authenticator.objects.filter(user=user).values_list("type", flat=True))


# --- who may not -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["bea", "ines", "otto"])
def test_neither_the_person_nor_who_asked_nor_another_office_is_the_second(cast, asked, who):
    with pytest.raises(Over):
        confirm(asked, getattr(cast, who))
    assert factors(cast.bea) == ["totp"]
    assert not Event.objects.filter(name="accounts.restored").exists()


def test_somebody_without_a_second_factor_is_not_the_second(cast, asked):
    Authenticator.objects.filter(user=cast.cora).delete()
    with pytest.raises(Forbidden):
        confirm(asked, cast.cora)


def test_somebody_who_was_shut_out_is_not_the_second(cast, asked):
    principal = principal_of(cast.cora)
    type(cast.cora).objects.filter(pk=cast.cora.pk).update(is_active=False)
    with acting_as(principal), transaction.atomic(), pytest.raises(Over):
        confirm_restore(asked, **SEEN, by=cast.cora, at=timezone.now())


@pytest.mark.parametrize("who", ["cora", "ade", "otto"])
def test_only_an_administrator_of_the_office_begins(cast, who):
    with pytest.raises(Forbidden):
        ask_to_restore(cast.bea, **SEEN, by=getattr(cast, who), at=timezone.now())


def test_nobody_begins_for_themselves(cast):
    with pytest.raises(Forbidden):
        ask_to_restore(cast.ines, **SEEN, by=cast.ines, at=timezone.now())


@pytest.mark.parametrize("hours", [24, 25])
def test_after_a_day_it_is_too_late(cast, asked, hours, tamper):
    tamper("update accounts_restoration set ends_at = now() - %s * interval '1 hour'", hours - 24)
    with pytest.raises(Over):
        confirm(asked, cast.cora)


def test_what_was_taken_back_is_over(cast, asked):
    with as_user(cast.ines):
        withdraw_restore(asked, by=cast.ines, at=timezone.now())
    with pytest.raises(Over):
        confirm(asked, cast.cora)


def test_it_is_confirmed_once(cast, asked):
    confirm(asked, cast.cora)
    with pytest.raises(Over):
        confirm(asked, cast.ade)


def test_asking_again_ends_what_was_asked_before(cast, asked):
    with as_user(cast.ines):
        again = ask_to_restore(cast.bea, **SEEN, by=cast.ines, at=timezone.now())
    with pytest.raises(Over):
        confirm(asked, cast.cora)
    assert confirm(again, cast.cora)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM mfa_authenticator",
        "UPDATE accounts_restoration SET confirmed_at = now()",
        "UPDATE accounts_restoration SET asked_by_id = user_id",
    ],
)
def test_an_administrator_alone_changes_nothing_in_the_database(cast, asked, statement):
    with as_user(cast.ines), transaction.atomic():
        try:
            with transaction.atomic():
                connection.cursor().execute(statement)
        except ProgrammingError:
            pass
    assert factors(cast.bea) == ["totp"]
    asked.refresh_from_db()
    assert (asked.confirmed_at, asked.asked_by) == (None, cast.ines)


@pytest.mark.parametrize("who", ["bea", "ines"])
def test_the_table_takes_nobody_twice(cast, asked, who):
    with pytest.raises(DatabaseError), transaction.atomic():
        Restoration.objects.filter(pk=asked.pk).update(confirmed_by=getattr(cast, who))


# --- two people ------------------------------------------------------------------------------------


def test_two_people_let_somebody_in_to_choose_a_new_factor(cast, asked):
    inside = Client()
    inside.force_login(cast.bea)
    code = confirm(asked, cast.cora)
    assert inside.get(reverse("home")).status_code == 302, "a session of before is still open"
    bea = Client()
    assert first_step(bea, "bea@test.example").url == reverse("mfa_authenticate")
    assert bea.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 422, "the old app works"
    assert bea.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("home")
    assert bea.get(reverse("home")).url == reverse("enroll")
    secret = bea.get(reverse("mfa_activate_totp")).context["form"].secret
    done = bea.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert done.url == reverse("mfa_view_recovery_codes"), "no recovery codes of their own"
    assert bea.get(reverse("home")).status_code == 200
    assert secret != SECRET


def test_the_code_lets_in_once(cast, asked):
    code = confirm(asked, cast.cora)
    for status in (302, 422):
        bea = Client()
        first_step(bea, "bea@test.example")
        assert bea.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_the_code_lets_in_for_a_day(cast, asked, time_machine):
    code = confirm(asked, cast.cora)
    time_machine.move_to(timezone.now() + timedelta(hours=24, seconds=1))
    bea = Client()
    first_step(bea, "bea@test.example")
    assert bea.post(reverse("mfa_authenticate"), {"code": code}).status_code == 422
    assert "_auth_user_id" not in bea.session


def test_the_code_without_the_password_opens_nothing(cast, asked):
    code = confirm(asked, cast.cora)
    bea = Client()
    first_step(bea, "bea@test.example", "a guess of fifteen letters")
    assert bea.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("login")


def told(user):
    return set(Message.objects.filter(user=user).values_list("kind", "channel"))


def both_ways(kind):
    return {(kind, "in_app"), (kind, "email")}


def test_all_concerned_are_told_by_every_way(cast, asked):
    deliver_due()
    assert told(cast.bea) == both_ways("own_restore_asked")
    assert told(cast.cora) == told(cast.ade) == both_ways("restore_asked")
    confirm(asked, cast.cora)
    deliver_due()
    assert told(cast.bea) == both_ways("own_restore_asked") | both_ways("own_restored")
    assert told(cast.ines) == both_ways("restored")
    assert told(cast.cora) == both_ways("restore_asked") | both_ways("restored")
    assert told(cast.ade) == both_ways("restore_asked")
    assert told(cast.otto) == set()


def test_what_two_people_did_is_on_record_without_the_code(cast, asked):
    code = confirm(asked, cast.cora)
    events = Event.objects.filter(name__startswith="accounts.restore").order_by("seq")
    assert [(event.name, event.actor) for event in events] == [
        ("accounts.restore_asked", f"user:{cast.ines.pk}"),
        ("accounts.restored", f"user:{cast.cora.pk}"),
    ]
    assert all(event.data == {"user": cast.bea.pk, "how": "known"} for event in events)
    kept = str(list(Authenticator.objects.filter(user=cast.bea).values_list("data", flat=True)))
    assert code not in kept and code.replace(" ", "") not in kept


def test_the_pages_lead_two_people_through_it(cast):
    ines, cora = Client(), Client()
    ines.force_login(cast.ines)
    cora.force_login(cast.cora)
    assert ines.post(reverse("restore-person", args=[cast.bea.pk]), {}).status_code == 422
    assert ines.post(reverse("restore-person", args=[cast.bea.pk]), SEEN).url == reverse("restorations")
    asked = Restoration.objects.get()
    page = reverse("confirm-restore", args=[asked.pk])
    assert "takes somebody else" in ines.get(page).content.decode()
    assert ines.post(page, SEEN).status_code == 409
    assert "Bea" in cora.get(reverse("restorations")).content.decode()
    shown = cora.post(page, SEEN)
    assert shown.status_code == 200
    assert shown.context["code"] in shown.content.decode()
    assert cora.get(page).status_code == 404
    bea = Client()
    first_step(bea, "bea@test.example")
    assert bea.post(reverse("mfa_authenticate"), {"code": shown.context["code"]}).status_code == 302


# --- an office of two ------------------------------------------------------------------------------


def on_paper(email="bea@test.example", **changes):
    out = StringIO()
    said = {"asked_by": "cora@test.example", "form": "2026-3", **changes}
    call_command("restore_sign_in", email, stdout=out, **said)
    return out.getvalue().splitlines()[0]


@pytest.mark.parametrize(
    ("email", "changes"),
    [
        ("nobody@test.example", {}),
        ("bea@test.example", {"asked_by": "bea@test.example"}),
        ("bea@test.example", {"asked_by": "otto@test.example"}),
        ("bea@test.example", {"form": "a name, and another"}),
        ("bea@test.example", {"form": ""}),
    ],
)
def test_a_form_that_does_not_hold_changes_nothing(cast, email, changes):
    with pytest.raises(CommandError):
        on_paper(email, **changes)
    assert factors(cast.bea) == ["totp"]


def test_a_form_that_a_witness_signed_lets_somebody_in(cast):
    code = on_paper()
    bea = Client()
    first_step(bea, "bea@test.example")
    assert bea.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    event = Event.objects.get(name="accounts.restored")
    assert (event.actor, event.data) == ("system:restore", {"user": cast.bea.pk, "paper": "2026-3"})
    deliver_due()
    assert told(cast.bea) == both_ways("own_restored")
    assert told(cast.cora) == told(cast.ines) == both_ways("restored")


def test_a_form_is_not_confirmed_a_second_time(cast):
    said = {"asked_by": cast.cora, **SEEN, "paper": "7", "by": "system:restore", "at": timezone.now()}
    restore_by_paper(cast.bea, **said)
    with pytest.raises(Over):
        confirm(Restoration.objects.get(), cast.ines)


# --- who has which ---------------------------------------------------------------------------------


def test_an_administrator_sees_who_has_what_and_when_it_was_used(client, cast):
    passkey_of(cast.cora)
    assert sign_in(Client(), "ade@test.example").status_code == 302
    client.force_login(cast.ines)
    page = client.get(reverse("factors"))
    held = {member.user.name: one for member, one in page.context["rows"]}
    assert [kind for kind, _used in held["Cora"].factors] == ["totp", "webauthn"]
    assert (held["Cora"].is_only_one, held["Ade"].is_only_one) == (False, True)
    assert held["Ade"].factors[0][1] and not held["Bea"].factors[0][1]
    assert set(held) == {"Ade", "Bea", "Cora", "Ines"}
    assert "one alone" in page.content.decode()
    assert SECRET not in page.content.decode()


def test_factors_of_another_office_are_not_shown(cast, olga):
    with as_user(olga), transaction.atomic():
        assert set(factors_of_office()) == {cast.otto.pk, olga.pk}


@pytest.mark.parametrize("who", ["cora", "ade"])
def test_only_administrators_may_ask_the_database_for_them(cast, who):
    with as_user(getattr(cast, who)), pytest.raises(ProgrammingError), transaction.atomic():
        factors_of_office()


def test_who_has_one_alone_is_told_when_they_sign_in(client, cast):
    assert sign_in(client, "ade@test.example").url == reverse("home")
    assert "one second step alone" in client.get(reverse("home")).content.decode()
    assert "one second step alone" in client.get(reverse("mfa_index")).content.decode()
    passkey_of(cast.ade)
    client.post(reverse("logout"))
    other = Client()
    first_step(other, "ade@test.example")
    assert "one second step alone" not in client.get(reverse("mfa_index")).content.decode()
