"""Parties are written down, checks are asked, hits are decided, people are kept off a matter."""

import logging
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conflicts.access import list_of, may_decide, may_fence
from conflicts.models import (
    ANumber,
    CheckKind,
    CheckStatus,
    ConflictCheck,
    ConflictHit,
    GoneParty,
    HitKind,
    HitStatus,
    NameSearch,
    Party,
    PartyRole,
    RingFence,
    SamePerson,
    list_file,
    pair_id,
)
from conflicts.queries import conflicts_of
from conflicts.rules import UnusableName, analyse
from conflicts.rules.a_numbers import is_a_number
from foundation.accounts.files import part_of
from foundation.accounts.models import Membership, Office, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.vault.blind import a_number, blind_index
from foundation.vault.keys import make_file_key
from foundation.vault.opening import open_many, open_record

log = logging.getLogger(__name__)
MOST_NAMES = 20  # in one answer: a form is not a way to ask about a telephone book
FILE = Mapping[str, Any]


class ReasonNeeded(Refused):
    message = _("Say why.")


class NotAName(Refused):
    message = _("There is no name here to compare: write at least one word of two letters.")


class AlreadyTogether(Refused):
    status = 409
    message = _("One of these requests was already put together with another. Take it apart first.")


class OwnFence(Refused):
    message = _("Nobody can put up or lift their own ring-fence. Ask a colleague.")


@dataclass(frozen=True)
class Named:
    """A name to write down: `key` says which of the file's names it is, so that a new one replaces it."""

    key: str
    role: str
    name: str
    birth_date: str = ""
    country: str = ""

    @property
    def details(self) -> dict[str, str]:
        return {
            "role": str(self.role),
            "name": self.name,
            "birth_date": self.birth_date,
            "country": self.country,
        }


def line_of(details: Mapping[str, str]) -> str | None:
    """Return what the names worker reads of a party, or None for a name that cannot be compared."""
    try:
        analysis = str(analyse(details["name"]))
    except UnusableName:
        return None
    return "\t".join((analysis, details["birth_date"], details["country"]))


# --- parties -------------------------------------------------------------------------------------


def applicant_names(
    *, given_names: str, family_name: str, other_names: str, birth_date: str = "", country: str = ""
) -> list[Named]:
    """Return the names of an applicant as parties: the full one, and each other name by itself."""
    full = " ".join(part for part in (given_names.strip(), family_name.strip()) if part)
    beside = {"birth_date": birth_date, "country": country}
    others = [line.strip() for line in other_names.splitlines() if line.strip()]
    named = [Named("applicant", PartyRole.APPLICANT, full, **beside)] if full else []
    named += [Named(f"other:{n}", PartyRole.OTHER_NAME, name, **beside) for n, name in enumerate(others)]
    return named[:MOST_NAMES]


def people_named(question: str, people: Any, *, role: str) -> list[Named]:
    """Return the people of one answer as parties: [{"name", "birth_date", "country"}], or a name.

    Whatever else an answer says of a person (how they are related) is left where it is.
    """
    listed = people if isinstance(people, list) else [people]
    known = [{"name": one} if isinstance(one, str) else one for one in listed if isinstance(one, str | dict)]
    return [
        Named(
            f"{question}:{n}",
            role,
            one["name"].strip(),
            one.get("birth_date") or "",
            one.get("country") or "",
        )
        for n, one in enumerate(known[:MOST_NAMES])
        if (one.get("name") or "").strip()
    ]


@transaction.atomic
def note_applicant(
    file: FILE, named: Sequence[Named], *, live: bool, kind: str, by: Any = "applicant", at: datetime
) -> None:
    """Write down all the names an applicant gave so far, and ask whether someone on file is like them.

    Names that are not given any more are removed. Nothing of the answer comes back: the form looks the
    same for a hit, for none, for a worker that is down.
    """
    written = write_parties(file, named, by_applicant=True, live=live, at=at)
    ask(file, written, kind=kind, by=by, at=at)


@transaction.atomic
def write_parties(
    file: FILE, named: Sequence[Named], *, by_applicant: bool, live: bool, at: datetime
) -> list[tuple[Named, Party]]:
    """Write names down, replacing those of the same keys; the applicant's others of this file are removed."""
    ids = {part_of(file["file_id"], f"party:{one.key}"): one for one in named}
    known = {
        party.pk: party for party in Party.objects.filter(file_id=file["file_id"], by_applicant=by_applicant)
    }
    before = open_many(
        [party for pk, party in known.items() if pk in ids and party.details is not None],
        "details",
        purpose="names as written",
    )
    written = []
    for pk, one in ids.items():
        old = known.get(pk)
        changed = old is not None and (pk not in before or before[pk].details != one.details)
        party = Party(
            id=pk,
            **file,
            details=one.details,
            line=line_of(one.details),
            by_applicant=by_applicant,
            live=live or (old is not None and old.live),
            revision=old.revision + changed if old else 1,
            added_at=at,
        )
        written.append((one, party))
    Party.objects.bulk_create(
        [party for _one, party in written],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["details", "line", "live", "revision", "removed_at"],
    )
    if by_applicant:
        remove_parties([pk for pk in known if pk not in ids], at=at)
    return written


@transaction.atomic
def keep_stub(file: FILE, *, at: datetime) -> int:
    """Keep the names of a matter that is about to be erased, under a key of their own; return how many.

    An office that once heard one side may not act for the other (ABA Model Rules 1.9, 1.10, 1.18), so the
    names outlive what was told with them.
    """
    live = Party.objects.filter(file_id=file["file_id"], removed_at=None, live=True, details__isnull=False)
    opened = open_many(live, "details", purpose="conflict stub")
    if not opened:
        return 0
    stub = {"office_id": file["office_id"], "file_id": part_of(file["file_id"], "stub")}
    make_file_key(stub["file_id"], office_id=stub["office_id"])
    named = [Named(f"stub:{pk}", **one.details) for pk, one in opened.items()]
    write_parties(stub, named, by_applicant=False, live=True, at=at)
    return len(named)


def remove_parties(ids: Iterable[uuid.UUID], *, at: datetime) -> None:
    """Take names off the file. The rows stay, empty, until the names worker has seen that they are gone."""
    rows = Party.objects.filter(pk__in=list(ids), removed_at=None)
    rows.update(details=None, line=None, removed_at=at)


@transaction.atomic
def add_party(
    file: FILE,
    *,
    role: str,
    name: str,
    birth_date: str = "",
    country: str = "",
    by: User,
    at: datetime,
) -> Party:
    """Add someone to a matter (family, someone feared, the other side) and ask about them at once."""
    if not may_fence(by, office_id=file["office_id"]):
        raise Forbidden
    if line_of({"name": name, "birth_date": "", "country": ""}) is None:
        raise NotAName
    one = Named(f"added:{uuid.uuid4()}", role, name.strip(), birth_date, country)
    ((_named, party),) = write_parties(file, [one], by_applicant=False, live=True, at=at)
    record("conflicts.party_added", party, by=by, at=at)
    ask(file, [(one, party)], kind=CheckKind.ADDED, by=by, at=at)
    return party


@transaction.atomic
def keep_own_list(names: Iterable[str], *, by: User, at: datetime) -> int:
    """Put names on a practitioner's own list of people they may not help; return how many."""
    office, file_id = _office_of(by), list_file(by.pk)
    make_file_key(file_id, office_id=office.pk)
    file = {"office_id": office.pk, "file_id": file_id}
    parties = []
    for name in names:
        details = Named("", PartyRole.ADVERSE, name.strip()).details
        line = line_of(details)
        if line is None:
            raise NotAName
        parties.append(Party(**file, details=details, line=line, user=by, added_at=at))
    Party.objects.bulk_create(parties)
    if parties:
        data = {"user": by.pk, "names": len(parties)}
        record("conflicts.own_list_added", parties[0], by=by, at=at, data=data)
    return len(parties)


def _office_of(user: User) -> Office:
    if user.office is None:
        raise Forbidden
    return user.office


@transaction.atomic
def leave_own_list(party_id: uuid.UUID, *, by: User, at: datetime) -> None:
    """Take a name off one's own list."""
    party = list_of(by).filter(pk=party_id).first()
    if party is None:
        raise Forbidden
    remove_parties([party.pk], at=at)
    record("conflicts.own_list_removed", party, by=by, at=at)


@transaction.atomic
def note_staff(office: Office, *, at: datetime) -> int:
    """Write down the office's own people as parties: one of them may stand in a matter. Return how many."""
    members = Membership.objects.filter(office=office, user__is_active=True).select_related("user")
    named = [Named(f"staff:{m.user_id}", PartyRole.STAFF, m.user.name) for m in members]
    file = {"office_id": office.pk, "file_id": office.file_id}
    known = dict(Party.objects.filter(file_id=office.file_id).values_list("pk", "revision"))
    written = write_parties(file, named, by_applicant=False, live=True, at=at)
    fresh = [(one, party) for one, party in written if known.get(party.pk) != party.revision]
    if fresh:
        ask(file, fresh, kind=CheckKind.ADDED, by="system:note-staff", at=at)
    return len(fresh)


@transaction.atomic
def note_board(names: Iterable[str], *, by: User, at: datetime) -> int:
    """Write down people who steer or pay for the office, and ask about them; return how many."""
    office = _office_of(by)
    if not may_fence(by, office_id=office.pk):
        raise Forbidden
    named = [Named(f"board:{uuid.uuid4()}", PartyRole.BOARD, name.strip()) for name in names]
    if not all(line_of(one.details) for one in named):
        raise NotAName
    file = {"office_id": office.pk, "file_id": office.file_id}
    written = write_parties(file, named, by_applicant=False, live=True, at=at)
    for _one, party in written:
        record("conflicts.party_added", party, by=by, at=at)
    ask(file, written, kind=CheckKind.ADDED, by=by, at=at)
    return len(written)


@transaction.atomic
def remove_party(party: Party, *, by: User, at: datetime) -> None:
    """Take a name off a matter, or off the office's own people; what was decided about it stays."""
    if not may_fence(by, office_id=party.office_id) or party.by_applicant:
        raise Forbidden
    hits = ConflictHit.objects.filter(Q(asked=party) | Q(found=party), user=None, status=HitStatus.OPEN)
    for hit in hits:
        put_aside(hit, by=by)
    remove_parties([party.pk], at=at)
    record("conflicts.party_removed", party, by=by, at=at)
    for file_id in {party.file_id, *(other for hit in hits for other in (hit.file_id, hit.other_file_id))}:
        settle(file_id, user_id=None, by=by, at=at)


def put_aside(hit: ConflictHit, *, by: Any) -> None:
    """Close a pair that waits for a decision because one of its names has changed or is gone."""
    data = {"kind": hit.kind, "other_file": str(hit.other_file_id)}
    ConflictHit.LIFE.move(hit, HitStatus.SUPERSEDED, by=by, event="conflicts.hit_superseded", data=data)


@transaction.atomic
def note_a_number(file: FILE, text: str, *, by: Any, at: datetime) -> ANumber | None:
    """Keep the A-Number of a file in place of an earlier one; None for a text that is none or is known."""
    if not is_a_number(text):
        return None
    index = blind_index("a_number", text)
    key = part_of(file["file_id"], "a-number")
    if ANumber.objects.filter(pk=key, index=index).exists():
        return None
    noted = ANumber(id=key, **file, number=a_number(text), index=index, noted_at=at)
    ANumber.objects.bulk_create(
        [noted], update_conflicts=True, unique_fields=["id"], update_fields=["number", "index", "noted_at"]
    )
    record("conflicts.a_number_noted", noted, by=by, at=at)
    return noted


# --- checks --------------------------------------------------------------------------------------


def ask(
    file: FILE,
    written: Iterable[tuple[Named, Party]],
    *,
    kind: str,
    by: Any,
    at: datetime,
    user: User | None = None,
) -> ConflictCheck:
    """Put names to the names worker: the row holds them sealed, the message carries the row's id alone."""
    query = [{"party": str(party.pk), "revision": party.revision, **one.details} for one, party in written]
    check = ConflictCheck(**file, kind=kind, user=user, query=query, asked_at=at)
    ConflictCheck.objects.bulk_create([check])  # without RETURNING: an applicant may write it and not read it
    record("conflicts.asked", check, by=by, at=at, data={"kind": str(kind), "names": len(query)})
    send("conflicts.names.answer", str(check.pk))
    return check


@transaction.atomic
def ask_again(file: FILE, *, kind: str, by: Any, at: datetime, user: User | None = None) -> ConflictCheck:
    """Ask about every name of a matter: on demand, or beside a practitioner's own list (`user`)."""
    parties = list(Party.objects.filter(file_id=file["file_id"], removed_at=None))
    opened = open_many(parties, "details", purpose="conflict check")
    written = [(Named("", **opened[party.pk].details), party) for party in parties]
    return ask(file, written, kind=kind, by=by, at=at, user=user)


def send(task: str, pk: str) -> None:
    """Nudge the names worker once the transaction commits; if that is lost, its sweep finds the row."""

    def nudge() -> None:
        try:
            current_app.send_task(task, args=[pk], queue="names", ignore_result=True)
        except Exception as error:  # noqa: BLE001  the row waits, visibly
            log.warning("nudge lost task=%s error=%s", task, type(error).__name__)

    transaction.on_commit(nudge)


@transaction.atomic
def search_names(text: str, *, by: User, at: datetime) -> NameSearch:
    """Put a name that someone of the staff looks for to the names worker."""
    office = _office_of(by)
    if line_of({"name": text, "birth_date": "", "country": ""}) is None:
        raise NotAName
    search = NameSearch(office=office, file_id=office.file_id, user=by, query=text, asked_at=at)
    search.save(force_insert=True)
    send("conflicts.names.search", str(search.pk))
    return search


# --- decisions -----------------------------------------------------------------------------------


@transaction.atomic
def decide_hit(hit: ConflictHit, *, confirmed: bool, reason: str, by: User, at: datetime) -> None:
    """Decide whether two parties are one person on two sides; the checks that waited for it move on."""
    if not may_decide(by, hit):
        raise Forbidden
    if not reason.strip():
        raise ReasonNeeded
    ConflictHit.LIFE.move(
        hit,
        HitStatus.CONFIRMED if confirmed else HitStatus.CLEAR,
        by=by,
        event="conflicts.hit_decided",
        data={"kind": hit.kind, "other_file": str(hit.other_file_id)},
        decided_by=by,
        decided_at=at,
    )
    hit.reason = reason.strip()
    hit.save(update_fields=["reason"])
    if hit.kind == HitKind.CONFLICT:
        for file_id in (hit.file_id, hit.other_file_id):
            settle(file_id, user_id=hit.user_id, by=by, at=at)


def settle(file_id: uuid.UUID, *, user_id: int | None, by: Any, at: datetime) -> None:
    """Move a matter's waiting checks on once nothing of it waits for a person any more."""
    hits = conflicts_of(file_id, user_id=user_id)
    statuses = set(hits.values_list("status", flat=True))
    if HitStatus.OPEN in statuses:
        return
    confirmed = HitStatus.CONFIRMED in statuses
    to = CheckStatus.DECIDED_CONFLICT if confirmed else CheckStatus.DECIDED_CLEAR
    waiting = ConflictCheck.objects.filter(file_id=file_id, user=user_id, status=CheckStatus.POSSIBLE)
    for check in waiting.filter(unread=0) if not confirmed else waiting:
        ConflictCheck.LIFE.move(check, to, by=by, event="conflicts.check_decided", decided_at=at)


@transaction.atomic
def decide_unread(check: ConflictCheck, *, confirmed: bool, reason: str, by: User, at: datetime) -> None:
    """Decide about a name that cannot be compared: a person has looked for it in other ways."""
    if not may_fence(by, office_id=check.office_id):
        raise Forbidden
    if not reason.strip():
        raise ReasonNeeded
    to = CheckStatus.DECIDED_CONFLICT if confirmed else CheckStatus.DECIDED_CLEAR
    ConflictCheck.LIFE.move(check, to, by=by, event="conflicts.check_decided", decided_at=at, decided_by=by)
    check.reason = reason.strip()
    check.save(update_fields=["reason"])


@transaction.atomic
def fence(file_id: uuid.UUID, *, user: User, office_id: int, by: User, at: datetime) -> bool:
    """Keep someone off a matter, whatever their role shows them; True if that is new."""
    if user.pk == by.pk:
        raise OwnFence
    if not may_fence(by, office_id=office_id) or not user.office or user.office.pk != office_id:
        raise Forbidden
    if RingFence.objects.filter(file_id=file_id, user=user, lifted_at=None).exists():
        return False
    made = RingFence(file_id=file_id, office_id=office_id, user=user, made_by=by, made_at=at)
    made.save(force_insert=True)
    record("conflicts.fenced", made, by=by, at=at, data={"user": user.pk})
    return True


@transaction.atomic
def lift_fence(file_id: uuid.UUID, *, user: User, office_id: int, by: User, at: datetime) -> None:
    """Let someone back to a matter."""
    if user.pk == by.pk:
        raise OwnFence
    if not may_fence(by, office_id=office_id):
        raise Forbidden
    for made in RingFence.objects.filter(file_id=file_id, user=user, office_id=office_id, lifted_at=None):
        RingFence.objects.filter(pk=made.pk).update(lifted_at=at, lifted_by=by)
        record("conflicts.fence_lifted", made, by=by, at=at, data={"user": user.pk})


@transaction.atomic
def put_together(hit: ConflictHit, *, keep: uuid.UUID, reason: str, by: User, at: datetime) -> SamePerson:
    """Decide that two requests are one person's: the one kept goes on, the other points to it."""
    files = {hit.file_id, hit.other_file_id}
    if hit.kind != HitKind.DUPLICATE or keep not in files:
        raise Forbidden
    away = (files - {keep}).pop()
    pointers = SamePerson.objects.filter(undone_at=None)
    if pointers.filter(Q(other_file_id__in=files) | Q(file_id=away)).exists():
        raise AlreadyTogether
    decide_hit(hit, confirmed=True, reason=reason, by=by, at=at)
    same = SamePerson(office_id=hit.office_id, file_id=keep, other_file_id=away, put_by=by, put_at=at)
    same.save(force_insert=True)
    record("conflicts.merged", same, by=by, at=at, data={"other_file": str(away)})
    return same


@transaction.atomic
def take_apart(same: SamePerson, *, by: User, at: datetime) -> None:
    """Undo it: the request that was put away stands for itself again."""
    if not may_fence(by, office_id=same.office_id):
        raise Forbidden
    if SamePerson.objects.filter(pk=same.pk, undone_at=None).update(undone_at=at, undone_by=by):
        record("conflicts.parted", same, by=by, at=at, data={"other_file": str(same.other_file_id)})


@transaction.atomic
def found_same_contact(
    file: FILE, *, other_file_id: uuid.UUID, contact: Sequence[str], by: Any, at: datetime
) -> ConflictHit | None:
    """Note that two intakes share an A-Number, a phone or an e-mail: likely one person who asked twice."""
    ids = [part_of(file_id, "party:applicant") for file_id in (file["file_id"], other_file_id)]
    parties = {party.pk: party for party in Party.objects.filter(pk__in=ids, removed_at=None)}
    if len(parties) < 2:
        return None
    asked, found = (parties[pk] for pk in ids)
    hit_reasons = {"contact": list(contact)}
    key = pair_id((asked.pk, asked.revision), (found.pk, found.revision))
    hit = ConflictHit(
        id=key,
        **file,
        asked=asked,
        found=found,
        asked_revision=asked.revision,
        found_revision=found.revision,
        other_file_id=other_file_id,
        kind=HitKind.DUPLICATE,
        score=900,
        reasons=hit_reasons,
        found_at=at,
    )
    with connection.cursor() as cursor:  # one at a time for a pair, whoever finds it first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 6))", [str(key)])
    known = ConflictHit.objects.filter(pk=key).first()
    if known is None:
        ConflictHit.objects.bulk_create([hit])
        record_found(hit, by=by)
        return hit
    if known.status == HitStatus.OPEN:  # found by its names before: say this too
        known.reasons = open_record(known, "reasons", purpose="same contact").reasons | hit_reasons
        known.save(update_fields=["reasons"])
    return None


def record_found(hit: ConflictHit, *, by: Any) -> None:
    """Put a pair that was found on the ledger, under both matters' ids."""
    data = {"kind": str(hit.kind), "other_file": str(hit.other_file_id)}
    record("conflicts.hit_found", hit, by=by, data=data)


@transaction.atomic
def tidy(*, at: datetime) -> None:
    """Delete searches nobody came back for, and the empty rows of parties that are gone for a day."""
    NameSearch.objects.filter(asked_at__lt=at - timedelta(minutes=10)).delete()
    decided = ConflictHit.objects.filter(decided_at__isnull=False)  # a decision outlives the name
    gone = Party.objects.filter(removed_at__lt=at - timedelta(days=1))
    gone = gone.exclude(pk__in=decided.values("asked")).exclude(pk__in=decided.values("found"))
    ConflictHit.objects.filter(Q(asked__in=gone) | Q(found__in=gone)).delete()
    gone.delete()
    GoneParty.objects.filter(gone_at__lt=at - timedelta(days=1)).delete()
    for check in ConflictCheck.objects.filter(status=CheckStatus.POSSIBLE):  # of names that went since
        settle(check.file_id, user_id=check.user_id, by="system:tidy", at=at)
