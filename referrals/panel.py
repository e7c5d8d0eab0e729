"""The practitioners of an office, its panel, and the queues their cases wait in: made, changed and ended."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Membership, Office, Role, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from referrals.access import check_administers, check_leads_panel, leads_panel
from referrals.models import Cover, Practitioner, PractitionerKind, Queue


class NothingToVerify(Refused):
    message = _("Write down the bar state and number, or the EOIR ID of an accredited representative, first.")


class NoCover(Refused):
    message = _("Nobody said who insures them. Write it down first.")


class CoverOver(Refused):
    message = _("The day until which they are covered has passed. Write down the new one first.")


class NotYourself(Refused):
    message = _("Somebody else must verify your credentials.")


class NameTaken(Refused):
    status = 409
    message = _("There is a queue of this name already.")


# --- practitioners --------------------------------------------------------------------------------


@transaction.atomic
def add_to_panel(user: User, *, by: User | str, at: datetime) -> Practitioner | None:
    """Put an attorney of an office on its panel, once; None for whoever is none, or works nowhere.

    They are offered nothing before their credentials are verified.
    """
    if (
        user.office is None
        or not Membership.objects.filter(user=user, roles__contains=[Role.ATTORNEY]).exists()
    ):
        return None
    practitioner, is_new = Practitioner.objects.get_or_create(user=user, defaults={"office": user.office})
    if is_new:
        record("referrals.practitioner_added", practitioner, by=by, at=at)
    return practitioner


@transaction.atomic
def change_practitioner(practitioner: Practitioner, *, by: User, at: datetime, **details: Any) -> None:
    """Change what a practitioner says of themselves; a change of their credentials ends what was verified.

    `details` are fields of SAYS. Raises Forbidden for whoever is neither that person nor leads the panel.
    """
    if not may_change(practitioner, by):
        raise Forbidden
    changed = sorted(name for name, value in details.items() if getattr(practitioner, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(practitioner, name, details[name])
    practitioner.save(update_fields=changed)
    practitioner.refresh_from_db()
    record("referrals.practitioner_changed", practitioner, by=by, at=at, data={"fields": changed})


@transaction.atomic
def verify_credentials(
    practitioner: Practitioner, *, expires_on: date | None, by: User, at: datetime
) -> None:
    """Note that somebody looked the credentials up and found them good, until a day where there is one.

    Raises Forbidden for whoever does not lead the panel; NotYourself; NothingToVerify.
    """
    check_leads_panel(by, practitioner.office)
    if practitioner.user_id == by.pk:
        raise NotYourself
    if not has_credentials(practitioner):
        raise NothingToVerify
    Practitioner.objects.filter(pk=practitioner.pk).update(
        verified_by=by, verified_at=at, expires_on=expires_on
    )
    record("referrals.credentials_verified", practitioner, by=by, at=at)


@transaction.atomic
def unverify_credentials(practitioner: Practitioner, *, by: User, at: datetime) -> None:
    """Take the verification back: nothing more is offered. What they hold stays theirs until it is moved.

    Raises Forbidden for whoever does not lead the panel.
    """
    check_leads_panel(by, practitioner.office)
    verified = Practitioner.objects.filter(pk=practitioner.pk, verified_at__isnull=False)
    if verified.update(verified_by=None, verified_at=None):
        record("referrals.credentials_unverified", practitioner, by=by, at=at)


@transaction.atomic
def verify_cover(practitioner: Practitioner, *, by: User, at: datetime) -> None:
    """Note that somebody saw the proof of malpractice cover, and that it holds as it is written down.

    Raises Forbidden for whoever does not lead the panel; NotYourself; NoCover; CoverOver.
    """
    check_leads_panel(by, practitioner.office)
    if practitioner.user_id == by.pk:
        raise NotYourself
    if not has_cover(practitioner):
        raise NoCover
    if practitioner.is_cover_over(on=practitioner.office.today(at)):
        raise CoverOver
    Practitioner.objects.filter(pk=practitioner.pk).update(cover_verified_by=by, cover_verified_at=at)
    record("referrals.cover_verified", practitioner, by=by, at=at)


@transaction.atomic
def unverify_cover(practitioner: Practitioner, *, by: User, at: datetime) -> None:
    """Take it back that the cover was seen. Raises Forbidden for whoever does not lead the panel."""
    check_leads_panel(by, practitioner.office)
    verified = Practitioner.objects.filter(pk=practitioner.pk, cover_verified_at__isnull=False)
    if verified.update(cover_verified_by=None, cover_verified_at=None):
        record("referrals.cover_unverified", practitioner, by=by, at=at)


def has_cover(practitioner: Practitioner) -> bool:
    """Tell whether somebody said who insures them: "none" is an answer, and no cover."""
    return practitioner.cover not in ("", Cover.NONE)


def has_credentials(practitioner: Practitioner) -> bool:
    """Tell whether there is something to look up: a bar's number, or an EOIR ID (8 CFR 1292.1)."""
    if practitioner.kind == PractitionerKind.ATTORNEY:
        return bool(practitioner.bar_state and practitioner.bar_number)
    return bool(practitioner.eoir_id)


def may_change(practitioner: Practitioner, user: User) -> bool:
    """Tell whether someone may change a profile: it is theirs, or they lead the panel."""
    return practitioner.user_id == user.pk or leads_panel(user, practitioner.office)


# --- queues ---------------------------------------------------------------------------------------


@transaction.atomic
def open_queue(office: Office, *, name: str, by: User, at: datetime) -> Queue:
    """Open a queue. Raises Forbidden for whoever is no administrator of the office; NameTaken."""
    check_administers(by, office)
    queue = Queue(office=office, name=name)
    _save(queue, insert=True)
    record("referrals.queue_opened", queue, by=by, at=at)
    return queue


@transaction.atomic
def rename_queue(queue: Queue, *, name: str, by: User, at: datetime) -> None:
    """Give a queue another name. Raises Forbidden for whoever does not administer the office; NameTaken."""
    check_administers(by, queue.office)
    if queue.name == name:
        return
    queue.name = name
    _save(queue)
    record("referrals.queue_renamed", queue, by=by, at=at)


@transaction.atomic
def set_queue_rules(queue: Queue, *, takes: dict[str, Any], by: User, at: datetime) -> None:
    """Say which cases a queue is for. Raises Forbidden for whoever does not administer the office."""
    check_administers(by, queue.office)
    if queue.takes == takes:
        return
    before, queue.takes = queue.takes, takes
    queue.save(update_fields=["takes"])
    data = {"before": before, "after": takes}
    record("referrals.queue_rules_set", queue, by=by, at=at, data=data)


@transaction.atomic
def close_queue(queue: Queue, *, by: User, at: datetime) -> None:
    """Let a queue take no more cases; those that wait in it stay there until they are offered or taken out.

    Raises Forbidden for whoever is no administrator of the office.
    """
    check_administers(by, queue.office)
    if Queue.objects.filter(pk=queue.pk, closed_at=None).update(closed_at=at):
        record("referrals.queue_closed", queue, by=by, at=at)


@transaction.atomic
def reopen_queue(queue: Queue, *, by: User, at: datetime) -> None:
    """Let a closed queue take cases again. Raises Forbidden for whoever is no administrator of the office."""
    check_administers(by, queue.office)
    if Queue.objects.filter(pk=queue.pk, closed_at__isnull=False).update(closed_at=None):
        record("referrals.queue_reopened", queue, by=by, at=at)


def _save(queue: Queue, *, insert: bool = False) -> None:
    try:
        with transaction.atomic():
            queue.save(force_insert=insert, update_fields=None if insert else ["name"])
    except IntegrityError as error:
        raise NameTaken from error
