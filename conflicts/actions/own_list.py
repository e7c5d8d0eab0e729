"""A practitioner keeps a list of the people they may not act against or for."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from conflicts.access import list_of, office_of
from conflicts.actions.hits import put_aside
from conflicts.actions.named import Named, line_of
from conflicts.actions.parties import remove_parties
from conflicts.actions.refusals import NotAName
from conflicts.actions.standing import settle_own
from conflicts.models import ConflictHit, HitStatus, Party, PartyRole, list_matter
from foundation.accounts.matters import Matter
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from foundation.vault.keys import make_matter_key


@transaction.atomic
def keep_own_list(names: Iterable[str], *, by: User, at: datetime) -> int:
    """Put names on a practitioner's own list of people they may not help; return how many.

    Raises NotAName for a text without a word to compare; Forbidden for somebody of no office.
    """
    office, matter_id = office_of(by), list_matter(by.pk)
    make_matter_key(matter_id, office_id=office.pk)
    matter = Matter(matter_id, office.pk)
    parties = []
    for name in names:
        details = Named("", PartyRole.ADVERSE, name.strip()).details
        line = line_of(details)
        if line is None:
            raise NotAName
        parties.append(Party(**matter.columns, details=details, line=line, user=by, added_at=at))
    Party.objects.bulk_create(parties)
    if parties:
        data = {"user": by.pk, "names": len(parties)}
        record("conflicts.own_list_added", parties[0], by=by, at=at, data=data)
    return len(parties)


@transaction.atomic
def leave_own_list(party_id: uuid.UUID, *, by: User, at: datetime) -> None:
    """Take a name off one's own list, and with it whatever it was like in a matter that is offered.

    Raises Forbidden for a name that is not on their list.
    """
    party = list_of(by).filter(pk=party_id).first()
    if party is None:
        raise Forbidden
    remove_parties([party.pk], at=at)
    pairs = ConflictHit.objects.filter(found=party, user=by)
    for hit in pairs.filter(status__in=[HitStatus.OPEN, HitStatus.CONFIRMED]):
        put_aside(hit, by=by)
    for matter_id in set(pairs.values_list("matter_id", flat=True)):
        settle_own(matter_id, user_id=by.pk, by=by, at=at)
    record("conflicts.own_list_removed", party, by=by, at=at)
