"""Colleagues beside the cast: with one role or several."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from config.middleware import principal_of
from foundation.accounts.models import Assistance, Membership, User
from foundation.accounts.role import adding_up
from foundation.database.principal import acting_as
from foundation.vault.keys import opening_keys
from tests.conftest import give_code_app


def join(office, name, *roles):
    """Make a member of an office with these roles, who may sign in."""
    user = User.objects.create(
        email=f"{name}@test.example", name=name.title(), password=make_password("a-long-enough-password")
    )
    Membership.objects.create(user=user, office=office, roles=adding_up(roles))
    give_code_app(user)
    return user


def assist(assistant, attorney, *, by, days=30):
    """Have somebody work for an attorney, as if an administrator had said so, for this many days."""
    now = timezone.now()
    return Assistance.objects.create(
        office=by.office,
        assistant=assistant,
        attorney=attorney,
        begun_by=by,
        begun_at=now,
        ends_on=by.office.today(now) + timedelta(days=days),
    )


@contextmanager
def meanwhile(work, principal):
    """Run something as somebody on a connection of its own while the block goes on; yields its future."""

    def run():
        with acting_as(principal), opening_keys():
            try:
                return work()
            finally:
                connection.close()

    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(run)


def second_agrees(case, *, at):
    """Have another caseworker of the office agree to what waits for a second person of a case."""
    from cases.actions import confirm_step
    from cases.models import WAITING, SecondLook

    second = User.objects.filter(email="second@test.example").first() or join(
        case.office, "second", "caseworker"
    )
    looks = SecondLook.objects.select_related("case__office", "case__intake", "asked_by")
    with acting_as(principal_of(second)), transaction.atomic():
        confirm_step(looks.get(case=case, step__in=WAITING, decided_at=None), by=second, at=at)
