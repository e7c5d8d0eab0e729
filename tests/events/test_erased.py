"""An event outlives what it is about: once a matter is erased, its handlers find nothing and do nothing."""

import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from foundation.database.principal import acting_as, system
from foundation.events.ledger import handler_for, listened_to
from foundation.events.models import Event

HEARD = sorted((name, key) for name, keys in listened_to().items() for key in keys)
NUMBERED = (
    "accounts.user_disabled",
    "accounts.user_enabled",
    "accounts.invitation_accepted",
    "accounts.tries_slowed",
    "accounts.handed_over",
    "referrals.coordinator_left",
    "referrals.paused_for",
    "referrals.practitioner_placed",
    "referrals.resumed_for",
)  # of people: a number

# What the events of one thing or another say beside it: an office's change always names its fields.
SAID = {
    "user": 0,
    "page": "full_name",
    "reason": "not_safe",
    "how": "nobody",
    "fields": {"look_days": [None, 3]},
    "step": "reading",
}
SECOND = {"asked_by": 0, "decision": "done"}  # of a second person's look
REPLY = {"placed": "yes", "asks": "unsafe"}  # of somebody who wrote


@pytest.mark.parametrize(("name", "key"), HEARD)
def test_a_handler_bears_that_its_subject_is_gone(name, key, cast):
    gone = str(uuid.uuid4())
    event = Event(
        name=name,
        subject_id="0" if name in NUMBERED else gone,
        office_id=cast.office.pk,
        matter_id=uuid.uuid4(),
        actor="system:test",
        at=timezone.now(),
        data={**SAID, **SECOND, **REPLY, "case": gone, "look": gone, "offer": gone},
    )
    with acting_as(system("relay")), transaction.atomic():
        handler_for(key)(event)
