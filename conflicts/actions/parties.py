"""Parties are written down, changed and taken off a matter."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from conflicts.access import may_fence, office_of
from conflicts.actions.checks import check_again, start_check
from conflicts.actions.named import Named, line_of
from conflicts.actions.refusals import NotAName
from conflicts.models import CheckKind, Party, PartyRole
from foundation.accounts.matters import Matter, office_matter, part_of
from foundation.accounts.models import Membership, Office, User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from foundation.vault.opening import open_many


@transaction.atomic
def note_applicant(
    matter: Matter,
    named: Sequence[Named],
    *,
    replaced: Sequence[Named] | None = None,
    live: bool,
    kind: str,
    by: Any = "applicant",
    at: datetime,
) -> None:
    """Write down all the names an applicant gave so far, and ask whether someone we know is like them.

    Of a draft, names that are not given any more are removed. Once a form was sent none are, and those
    `replaced` stay beside the new ones: whoever holds a receipt may not be the person, and a name that
    could show a conflict must not go by it. Nothing of the answer comes back: the form looks the same for
    a hit, for none, for a worker that is down. Of a draft whose names stand as they were asked about nothing
    is asked again: all of them are when it is sent.
    """
    asked = {} if live else _revisions(matter)
    earlier = [
        Named(
            f"earlier:{at.isoformat()}:{place}", before.role, before.name, before.birth_date, before.country
        )
        for place, before in enumerate(replaced or ())
    ]
    written = write_parties(
        matter, [*named, *earlier], by_applicant=True, live=live, removes=replaced is None, at=at
    )
    if not asked or asked != {party.pk: party.revision for _one, party in written}:
        start_check(matter, written, kind=kind, by=by, at=at)


def _revisions(matter: Matter) -> dict[uuid.UUID, int]:
    """Return the names that an applicant gave, as they were last asked about: {party: revision}."""
    given = Party.objects.filter(matter_id=matter.id, by_applicant=True, removed_at=None)
    return dict(given.values_list("pk", "revision"))


@transaction.atomic
def write_parties(
    matter: Matter,
    named: Sequence[Named],
    *,
    by_applicant: bool,
    live: bool,
    removes: bool = True,
    at: datetime,
) -> list[tuple[Named, Party]]:
    """Write names down, replacing those of the same keys; with `removes` the applicant's others go."""
    ids = {part_of(matter.id, f"party:{name.key}"): name for name in named}
    known = {
        party.pk: party for party in Party.objects.filter(matter_id=matter.id, by_applicant=by_applicant)
    }
    before = open_many(
        [party for pk, party in known.items() if pk in ids and party.details is not None],
        "details",
        purpose="names as written",
    )
    written = []
    for pk, name in ids.items():
        old = known.get(pk)
        changed = old is not None and (pk not in before or before[pk].details != name.details)
        party = Party(
            id=pk,
            **matter.columns,
            details=name.details,
            line=line_of(name.details),
            by_applicant=by_applicant,
            live=live or (old is not None and old.live),
            revision=old.revision + changed if old else 1,
            added_at=at,
        )
        written.append((name, party))
    Party.objects.bulk_create(
        [party for _one, party in written],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["details", "line", "live", "revision", "removed_at"],
    )
    if by_applicant and removes:
        remove_parties([pk for pk in known if pk not in ids], at=at)
    return written


def remove_parties(ids: Iterable[uuid.UUID], *, at: datetime) -> None:
    """Take names off their matter. The rows stay, empty, until the names worker has seen it."""
    rows = Party.objects.filter(pk__in=list(ids), removed_at=None)
    rows.update(details=None, line=None, removed_at=at)


@transaction.atomic
def add_party(
    matter: Matter,
    *,
    role: str,
    name: str,
    birth_date: str = "",
    country: str = "",
    by: User,
    at: datetime,
) -> Party:
    """Add someone to a matter (family, someone feared, the other side) and ask about them at once.

    Raises Forbidden for whoever may not change the names of this office; NotAName for a text without a
    word to compare.
    """
    if not may_fence(by, office_id=matter.office_id):
        raise Forbidden
    if line_of({"name": name, "birth_date": "", "country": ""}) is None:
        raise NotAName
    named = Named(f"added:{uuid.uuid4()}", role, name.strip(), birth_date, country)
    ((_named, party),) = write_parties(matter, [named], by_applicant=False, live=True, at=at)
    record("conflicts.party_added", party, by=by, at=at)
    start_check(matter, [(named, party)], kind=CheckKind.ADDED, by=by, at=at)
    return party


@transaction.atomic
def note_staff(office: Office, *, at: datetime) -> int:
    """Write down the office's own people as parties: one of them may stand in a matter. Return how many."""
    members = Membership.objects.filter(office=office, user__is_active=True).select_related("user")
    named = [Named(f"staff:{m.user_id}", PartyRole.STAFF, m.user.name) for m in members]
    matter = office_matter(office)
    known = dict(Party.objects.filter(matter_id=office.matter_id).values_list("pk", "revision"))
    written = write_parties(matter, named, by_applicant=False, live=True, at=at)
    fresh = [(name, party) for name, party in written if known.get(party.pk) != party.revision]
    if fresh:
        start_check(matter, fresh, kind=CheckKind.ADDED, by="system:note-staff", at=at)
    return len(fresh)


@transaction.atomic
def take_off_staff(office: Office, user_id: int, *, at: datetime) -> bool:
    """Take somebody who left off the office's own people; True if they stood there. Decisions stay."""
    theirs = part_of(office.matter_id, f"party:staff:{user_id}")
    party = Party.objects.filter(pk=theirs, removed_at=None).first()
    if party is None:
        return False
    remove_parties([party.pk], at=at)
    record("conflicts.party_removed", party, by="system:note-staff", at=at)
    check_again(party.matter, kind=CheckKind.DEMAND, by="system:note-staff", at=at)
    return True


@transaction.atomic
def note_board(names: Iterable[str], *, by: User, at: datetime) -> int:
    """Write down people who steer or pay for the office, and ask about them; return how many.

    Raises Forbidden for whoever may not change the names of this office; NotAName for a text without a
    word to compare.
    """
    office = office_of(by)
    if not may_fence(by, office_id=office.pk):
        raise Forbidden
    named = [Named(f"board:{uuid.uuid4()}", PartyRole.BOARD, name.strip()) for name in names]
    if not all(line_of(member.details) for member in named):
        raise NotAName
    matter = office_matter(office)
    written = write_parties(matter, named, by_applicant=False, live=True, at=at)
    for _one, party in written:
        record("conflicts.party_added", party, by=by, at=at)
    start_check(matter, written, kind=CheckKind.ADDED, by=by, at=at)
    return len(written)


@transaction.atomic
def remove_party(party: Party, *, by: User, at: datetime) -> None:
    """Take a name off a matter, or off the office's own people.

    The names worker lets its pairs lapse, those with matters that whoever takes it off may not see too;
    what was decided stays readable. Raises Forbidden for whoever may not change them, and for a name the
    applicant gave.
    """
    if not may_fence(by, office_id=party.office_id) or party.by_applicant:
        raise Forbidden
    remove_parties([party.pk], at=at)
    record("conflicts.party_removed", party, by=by, at=at)
    check_again(party.matter, kind=CheckKind.DEMAND, by=by, at=at)
