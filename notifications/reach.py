"""Who may be told what by which way, and when. Decided here and nowhere else, at the moment of sending.

A message waits with nobody's address on it: where it goes is read anew each time, so whatever changed since
it was written (a new safe contact, a stop, an account shut, an invitation withdrawn) is obeyed. For somebody
seeking help the channel is chosen here too, of those they called safe, at an hour that is safe by their own
clock; what no channel may carry is a task for a person.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from foundation.accounts.models import Invitation, User
from foundation.vault.opening import open_one
from notifications.channels import CARRIERS
from notifications.channels.carrier import Carrier
from notifications.hours import Terms, next_hour, terms_of
from notifications.kinds import AT_ONCE, DAY_DIGEST, KINDS, OF_ONESELF, WEEK_DIGEST
from notifications.models import Channel, Message, Reason, Status, Stop
from notifications.outsiders import outsider_of
from notifications.preference_models import How, Preference
from notifications.preferences import preference_of
from notifications.queries import reach_of


@dataclass(frozen=True)
class Verdict:
    """Where a message may go by which channel, until when it waits, or why it may not: one of the three.

    `may_say`: they said that by this way a message may say what it is about.
    """

    address: str = ""
    reason: str = ""
    later: datetime | None = None
    channel: str = ""
    may_say: bool = False

    @property
    def allowed(self) -> bool:
        return not self.reason and self.later is None


# How long a colleague is mailed nothing more after a mail; from when on a message is too old to look at.
TOGETHER, AGES = timedelta(minutes=10), timedelta(days=14)
UNSAID, END = Terms(), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Safe:
    """What a person said, opened: the ways they called safe, one way's address, the stop's code, terms.

    `zone` is the office's, by which somebody lives who named none.
    """

    ways: Collection[str]
    address: str
    stopped: str = ""
    terms: Terms = UNSAID
    zone: str = "UTC"


# Which ways a person has to take, where no channel may: the first of them that was called safe.
BY_HAND = (
    (("call", "whatsapp"), Reason.BY_CALL),
    (("through",), Reason.THROUGH),
    (("visit", "none"), Reason.IN_PERSON),
)


def may_tell(safe: Safe | None, *, kind: str, carrier: Carrier, at: datetime | None = None) -> Verdict:
    """Decide whether a person seeking help may be told this by this channel; None: they named no way.

    `at` is None where the hour does not count, as to know who may hear of a kind at all.
    """
    if not KINDS[kind].for_applicants:
        return Verdict(reason=Reason.NOT_THEIRS)
    if safe is None:
        return Verdict(reason=Reason.NO_WAY)
    if safe.stopped:
        return Verdict(reason=Reason.OPTED_OUT if safe.stopped == Stop.OPTED_OUT else Reason.STOPPED)
    if not carrier.ways & set(safe.ways):
        return Verdict(reason=Reason.NOT_SAFE)
    if not safe.address:
        return Verdict(reason=Reason.NO_ADDRESS)
    if carrier.ways & set(safe.terms.dead):
        return Verdict(reason=Reason.BOUNCED)
    if at and (later := next_hour(safe.terms, at, zone=safe.zone, rings=carrier.rings)) > at:
        return Verdict(later=later, channel=carrier.channel)
    may_say = bool(carrier.ways & set(safe.terms.tells))
    return Verdict(safe.address, channel=carrier.channel, may_say=may_say)


def best_of(verdicts: Iterable[Verdict], ways: Collection[str]) -> Verdict:
    """Return the first channel that may go now, else the one that may soonest, else why none may."""
    given = list(verdicts)
    if allowed := [one for one in given if one.allowed]:
        return allowed[0]
    if waits := [one for one in given if one.later]:
        return min(waits, key=lambda one: one.later or END)
    by_hand = next((reason for some, reason in BY_HAND if set(some) & set(ways)), "")
    if by_hand and all(one.reason == Reason.NOT_SAFE for one in given):
        return Verdict(reason=by_hand)
    return next((one for one in given if one.reason != Reason.NOT_SAFE), given[0])


def may_tell_user(user: User) -> Verdict:
    """Decide whether someone who signs in may still be told: not once they were shut out."""
    return Verdict(user.email) if user.is_active else Verdict(reason=Reason.LEFT)


def _way_to_user(message: Message, user: User, *, at: datetime) -> Verdict:
    """Decide whether a colleague is mailed now, as they chose: not what they read, nor ten times at once.

    Of their own sign-in they are mailed whatever was read: it may not have been them who read it.
    """
    verdict = may_tell_user(user)
    if not verdict.allowed or message.kind in OF_ONESELF:
        return verdict
    wants = preference_of(user)
    if reason := why_not_mailed(message, wants):
        return Verdict(reason=reason)
    if (later := wants.mail_from(message.kind, at, zone=message.office.time_zone)) > at:
        return Verdict(later=later)
    if message.kind in AT_ONCE:
        return verdict
    theirs = Message.objects.filter(user=user, queued_at__gt=at - AGES)
    mailed = theirs.filter(channel=Channel.EMAIL, status=Status.SENT, sent_at__range=(at - TOGETHER, at))
    last = mailed.exclude(kind__in=AT_ONCE).order_by("-sent_at").values_list("sent_at", flat=True).first()
    return Verdict(later=last + TOGETHER) if last else verdict


def why_not_mailed(message: Message, wants: Preference) -> str:
    """Return why a colleague needs no mail of it: they read it, or chose otherwise; "" where they do."""
    same = Message.objects.filter(user=wants.user, channel=Channel.IN_APP, queued_at=message.queued_at)
    if same.filter(kind=message.kind, link=message.link, read_at__isnull=False).exists():
        return Reason.READ
    if message.kind in (DAY_DIGEST, WEEK_DIGEST):
        return ""  # of no group: who wants none gets none written
    how = wants.how_of(message.kind)
    return {How.DIGEST: Reason.DIGEST, How.NOT: Reason.UNWANTED}.get(How(how), "")


def may_invite(invitation: Invitation, *, at: datetime) -> Verdict:
    """Decide whether an invitation may still be mailed: not once it was used or ran out."""
    over = invitation.accepted_at or invitation.expires_at <= at
    return Verdict(reason=Reason.LATE) if over else Verdict(invitation.email)


def way_of(message: Message, *, at: datetime) -> Verdict:
    """Decide where a message goes now; what a person called safe is read, and opened, at this moment."""
    if message.applicant_id:
        return _way_to_person(message, at=at)
    if message.user:
        verdict = _way_to_user(message, message.user, at=at)
    elif message.invitation:
        verdict = may_invite(message.invitation, at=at)
    else:
        address = outsider_of(message.kind).way(message.about, at) if message.about else ""
        verdict = Verdict(address) if address else Verdict(reason=Reason.LATE)
    return replace(verdict, channel=message.channel)


def outward() -> list[Carrier]:
    """Return the carriers that leave the house, in the order in which they are tried: what is seen first."""
    return [CARRIERS[one] for one in (Channel.TEXT, Channel.EMAIL) if CARRIERS[one].client]


def _way_to_person(message: Message, *, at: datetime) -> Verdict:
    """Open what the person of a matter said, and choose; a stop is obeyed without opening anything."""
    reach = reach_of(message.matter_id)
    kind, carriers = message.kind, outward()
    if reach is None or reach.stopped:
        safe = Safe((), "", reach.stopped) if reach else None
        return may_tell(safe, kind=kind, carrier=carriers[0])
    opened = open_one(reach, "ways", "phone", "email", "terms", purpose="send")
    terms, zone = terms_of(opened.terms), message.office.time_zone
    safe_by = {
        carrier.channel: Safe(opened.ways, getattr(opened, carrier.address), terms=terms, zone=zone)
        for carrier in carriers
    }
    verdicts = [may_tell(safe_by[one.channel], kind=kind, carrier=one, at=at) for one in carriers]
    return best_of(verdicts, opened.ways)
