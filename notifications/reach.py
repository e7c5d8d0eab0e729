"""Who may be told what by which way. Decided here and nowhere else, at the moment of sending.

A message waits with nobody's address on it: where it goes is read anew each time, so whatever changed since
it was written (a new safe contact, a stop, an account shut, an invitation withdrawn) is obeyed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from foundation.accounts.models import Invitation, User
from foundation.vault.opening import open_one
from notifications.channels import CARRIERS
from notifications.channels.carrier import Carrier
from notifications.kinds import KINDS
from notifications.models import Message, Reason
from notifications.outsiders import outsider_of
from notifications.queries import reach_of


@dataclass(frozen=True)
class Verdict:
    """Where a message may go, or why it may not: one of the two is empty."""

    address: str = ""
    reason: str = ""

    @property
    def allowed(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class Safe:
    """What a person said of one channel, opened: the ways they called safe, the address, the stop's code."""

    ways: Collection[str]
    address: str
    stopped: str = ""


def may_tell(safe: Safe | None, *, kind: str, carrier: Carrier) -> Verdict:
    """Decide whether a person seeking help may be told this by this channel; None: they named no way."""
    if not KINDS[kind].for_applicants:
        return Verdict(reason=Reason.NOT_THEIRS)
    if safe is None:
        return Verdict(reason=Reason.NO_WAY)
    if safe.stopped:
        return Verdict(reason=Reason.STOPPED)
    if not carrier.ways & set(safe.ways):
        return Verdict(reason=Reason.NOT_SAFE)
    return Verdict(safe.address) if safe.address else Verdict(reason=Reason.NO_ADDRESS)


def may_tell_user(user: User) -> Verdict:
    """Decide whether someone who signs in may still be told: not once they were shut out."""
    return Verdict(user.email) if user.is_active else Verdict(reason=Reason.LEFT)


def may_invite(invitation: Invitation, *, at: datetime) -> Verdict:
    """Decide whether an invitation may still be mailed: not once it was used or ran out."""
    over = invitation.accepted_at or invitation.expires_at <= at
    return Verdict(reason=Reason.LATE) if over else Verdict(invitation.email)


def way_of(message: Message, *, at: datetime) -> Verdict:
    """Decide where a message goes now; what a person called safe is read, and opened, at this moment."""
    if message.user:
        return may_tell_user(message.user)
    if message.invitation:
        return may_invite(message.invitation, at=at)
    if message.about:
        address = outsider_of(message.kind).way(message.about, at)
        return Verdict(address) if address else Verdict(reason=Reason.LATE)
    carrier = CARRIERS[message.channel]
    return may_tell(_safe_of(message, carrier), kind=message.kind, carrier=carrier)


def _safe_of(message: Message, carrier: Carrier) -> Safe | None:
    """Open what the person of a message's matter said of a channel; a stop is obeyed without opening."""
    reach = reach_of(message.matter_id)
    if reach is None or reach.stopped:
        return Safe((), "", reach.stopped) if reach else None
    opened = open_one(reach, "ways", carrier.address, purpose="send")
    return Safe(opened.ways, getattr(opened, carrier.address))
