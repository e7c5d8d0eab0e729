"""Write down how someone may be reached; queue messages and read them. The worker sends them (work.py)."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.accounts.away import cover_of
from foundation.accounts.matters import Matter, office_matter
from foundation.accounts.models import Invitation, Office, User
from foundation.events.ledger import record
from foundation.refused import Refused
from foundation.vault.blind import blind_index
from foundation.vault.opening import open_one
from foundation.work.nudging import wake
from notifications.channels import CARRIERS
from notifications.hours import Terms, terms_of
from notifications.kinds import KINDS, OF_ONESELF, check_kind
from notifications.models import NOT_SAFE, Channel, Message, Reach, Status, Stop

MAIL = "mail"  # the line of what is to be sent


class NoWayAtAll(Refused):
    status = 409
    message = _("They left no way to be reached: note one first.")


# --- how someone may be reached -------------------------------------------------------------------


@dataclass(frozen=True)
class SafeWays:
    """What a person says of how to reach them: the ways they call safe, and what each of them needs."""

    ways: list[str] = field(default_factory=list)
    phone: str = ""
    email: str = ""
    hours: str = ""
    through: str = ""
    may_leave_message: bool = False
    terms: dict[str, Any] = field(default_factory=lambda: Terms().kept())


@transaction.atomic
def set_reach(matter: Matter, safe: SafeWays, *, by: Any, at: datetime) -> Reach:
    """Write down how the person of a new matter may be reached. Raises IntegrityError the second time."""
    reach = Reach.objects.create(**matter.columns, **_columns(safe))
    record("notifications.reach_set", reach, by=by, at=at)
    return reach


@transaction.atomic
def change_reach(matter: Matter, safe: SafeWays, *, by: Any, at: datetime) -> None:
    """Put this in place of what stood there; what waits to be sent obeys it too.

    A stop stays, but for an answer that they want no messages: that was said of the old way.
    """
    reach = Reach.objects.select_for_update().get(matter_id=matter.id)
    if reach.stopped == Stop.OPTED_OUT:
        reach.stopped, reach.stopped_at = "", None
    for name, value in _columns(safe).items():
        setattr(reach, name, value)
    reach.save()
    record("notifications.reach_changed", reach, by=by, at=at)


@transaction.atomic
def change_terms(
    matter: Matter, *, parts: Sequence[str], zone: str, tells: Sequence[str], by: Any, at: datetime
) -> None:
    """Note when and how a person said that we may write to them; the ways stay. What waits obeys it too.

    Raises NoWayAtAll where they left no way.
    """
    reach = Reach.objects.select_for_update().filter(matter_id=matter.id).first()
    if reach is None:
        raise NoWayAtAll
    dead = terms_of(open_one(reach, "terms", purpose="change contact").terms).dead
    reach.terms = Terms(tuple(parts), zone, tuple(tells), dead).kept()
    reach.save(update_fields=["terms"])
    record("notifications.reach_changed", reach, by=by, at=at, data={"what": "terms"})


@transaction.atomic
def note_returned(message: Message, *, fate: str, at: datetime) -> None:
    """Note that a message that was sent did not arrive; who must know listens to the event."""
    mark_dead_way(message, channel=message.channel)
    record("notifications.message_returned", message, by="system:mail", at=at, data={"fate": str(fate)})


@transaction.atomic
def mark_dead_way(message: Message, *, channel: str) -> None:
    """Send nothing more to a person by a channel that takes nothing, until they name another way."""
    reach = Reach.objects.select_for_update().filter(matter_id=message.matter_id).first()
    if message.applicant_id and reach:
        terms = terms_of(open_one(reach, "terms", purpose="send").terms)
        dead = tuple(sorted({*terms.dead, *CARRIERS[channel].ways}))
        reach.terms = replace(terms, dead=dead).kept()
        reach.save(update_fields=["terms"])


@transaction.atomic
def stop_reach(matter: Matter, *, why: Stop, by: Any, at: datetime) -> None:
    """Let nothing go out to the person of a matter any more, not even what waits to be sent."""
    # Of the row itself the person reads no more than these columns (ROWS).
    reach = Reach.objects.only("pk", "matter_id", "office_id", "stopped").filter(matter_id=matter.id).first()
    if reach and Reach.objects.filter(pk=reach.pk, stopped="").update(stopped=why, stopped_at=at):
        record("notifications.reach_stopped", reach, by=by, at=at, data={"why": str(why)})


@transaction.atomic
def resume_reach(matter: Matter, *, by: Any, at: datetime) -> None:
    """Let messages go out again once a person made sure that the way is safe; a withdrawal stays."""
    reach = Reach.objects.filter(matter_id=matter.id, stopped__in=NOT_SAFE).first()
    if reach and Reach.objects.filter(pk=reach.pk).update(stopped="", stopped_at=None):
        record("notifications.reach_resumed", reach, by=by, at=at)


def _columns(safe: SafeWays) -> dict[str, Any]:
    indexes = {
        "phone_index": blind_index("phone", safe.phone),
        "email_index": blind_index("email", safe.email),
    }
    return asdict(safe) | indexes


# --- messages -------------------------------------------------------------------------------------


@transaction.atomic
def notify_user(user: User, *, kind: str, link: str = "", at: datetime | None = None) -> None:
    """Tell a signed-in person, in the app and by e-mail, in their language; who is away, and who covers."""
    now = at or timezone.now()
    _tell_one(user, kind=kind, link=link, at=now)
    cover = cover_of(user, at=now) if kind not in OF_ONESELF else None
    if cover:
        _tell_one(cover, kind=kind, link=link, at=now)


@transaction.atomic
def mail_user(user: User, *, kind: str, at: datetime) -> None:
    """Mail a colleague what stands nowhere else: a digest."""
    if office := user.office:
        whose = {"user": user, **office_matter(office).columns}
        _write(Channel.EMAIL, kind=kind, language=user.language, at=at, **whose)


def _tell_one(user: User, *, kind: str, link: str, at: datetime) -> None:
    office = user.office
    if office is None:
        return  # someone who has left is told nothing
    common = {"user": user, **office_matter(office).columns, "link": link}
    for channel in (Channel.IN_APP, Channel.EMAIL):
        _write(channel, kind=kind, language=user.language, at=at, **common)


@transaction.atomic
def notify_applicant(
    applicant_id: uuid.UUID,
    *,
    matter: Matter,
    kind: str,
    language: str,
    at: datetime | None = None,
    about: uuid.UUID | None = None,
) -> None:
    """Tell an applicant: on their return page always, and by one channel that is safe when it is sent.

    Until then the second says e-mail; reach.py chooses. `about` is what particulars.py asks for. A courtesy
    is of what the return page itself says.
    """
    now = at or timezone.now()
    common = {"applicant_id": applicant_id, "about": about, **matter.columns}
    is_courtesy = kind in KINDS and KINDS[kind].courtesy
    for channel in (Channel.EMAIL,) if is_courtesy else (Channel.IN_APP, Channel.EMAIL):
        _write(channel, kind=kind, language=language, at=now, **common)


@transaction.atomic
def notify_invited(invitation: Invitation) -> None:
    """Mail someone the link that makes their account; nobody is told twice, and nobody too late."""
    if invitation.accepted_at or invitation.expires_at <= timezone.now():
        return
    language = invitation.invited_by.language if invitation.invited_by else settings.LANGUAGE_CODE
    _write(
        Channel.EMAIL,
        kind="invited",
        language=language,
        at=invitation.invited_at,
        invitation=invitation,
        **office_matter(invitation.office).columns,
    )


@transaction.atomic
def notify_outsider(about: uuid.UUID, *, kind: str, office: Office, at: datetime) -> None:
    """Mail somebody outside a link (outsiders.py), in the site's first language; nobody is told twice."""
    if not Message.objects.filter(about=about, kind=kind).exists():
        language = settings.LANGUAGE_CODE
        whose = office_matter(office).columns
        _write(Channel.EMAIL, kind=kind, language=language, at=at, about=about, **whose)


def _write(channel: Channel, *, kind: str, language: str, at: datetime, **whose: Any) -> None:
    """Write a message: in line where it leaves the house, and otherwise there at once.

    Raises UnknownMessage for a kind that has no words.
    """
    check_kind(kind)
    if CARRIERS[channel].client:
        place: dict[str, Any] = {"next_try_at": at}
        wake(MAIL)
    else:
        place = {"status": Status.SENT, "sent_at": at}
    Message.objects.create(channel=channel, kind=kind, language=language, queued_at=at, **place, **whose)


@transaction.atomic
def mark_read(message: Message, *, at: datetime) -> None:
    """Mark one message as read: a mail of it that has not gone does not go."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at)


@transaction.atomic
def mark_all_read(user: User, *, at: datetime) -> None:
    """Mark everything in someone's inbox as read."""
    Message.objects.filter(user=user, channel=Channel.IN_APP, read_at=None).update(read_at=at)
