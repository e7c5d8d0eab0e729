"""Put a packet together, have it built, freeze it, and write down how it was filed."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence.access import documents_visible_to
from evidence.models import Snapshot
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.files.models import Status as UploadStatus
from foundation.files.models import Upload
from foundation.refused import Forbidden, Refused
from foundation.vault.opening import open_many, open_one
from foundation.work.models import in_line
from foundation.work.nudging import wake
from packets.access import may_compose
from packets.declaration_models import ParagraphStatus
from packets.making import numbering
from packets.models import (
    Build,
    BuildStatus,
    Exhibit,
    How,
    IndexOrder,
    Lodging,
    LodgingStatus,
    Packet,
    PacketStatus,
    Part,
)
from packets.recognizing import ask_text

BUILDS = "packets"
MOST_EXHIBITS = 300
COPIED = ("root", "place", "how", "part", "upload_id", "snapshot_id", "declaration_id", "adverse")


class NotWorking(Refused):
    status = 409
    message = _("This packet is frozen or filed: nothing of it is changed. Open it again, or begin the next.")


class NotThere(Refused):
    status = 409
    message = _("This file or source is not there, or is not ready yet.")


class NotApproved(Refused):
    status = 409
    message = _("A declaration goes in once each of its paragraphs is approved.")


class TooMany(Refused):
    message = _("A packet holds at most 300 exhibits.")


class NothingIn(Refused):
    message = _("Put an exhibit in first.")


class NotBuilt(Refused):
    status = 409
    message = _("Build it first: what is frozen or filed is what was built last, with nothing changed since.")


class BuildsNow(Refused):
    status = 409
    message = _("It is being built already.")


@transaction.atomic
def begin_packet(case: Case, *, cover: dict[str, Any], by: User, at: datetime) -> Packet:
    """Begin a packet for the court. Raises Forbidden."""
    if not may_compose(by, case):
        raise Forbidden
    packet = Packet.objects.create(**case.matter.columns, case=case, cover=cover, **_made(by, at))
    _note("packets.packet_begun", packet, by=by, at=at)
    return packet


@transaction.atomic
def change_packet(
    packet: Packet,
    *,
    cover: dict[str, Any],
    filing_due: date | None,
    oldest_years: int,
    by: User,
    at: datetime,
) -> None:
    """Write what stands on the cover, and what the packet is held to. Raises Forbidden; NotWorking."""
    packet = _hold(packet, by)
    packet.cover, packet.filing_due, packet.oldest_years = cover, filing_due, oldest_years
    packet.save(update_fields=["cover", "filing_due", "oldest_years"])
    _note("packets.packet_changed", packet, by=by, at=at)


@transaction.atomic
def add_exhibit(
    packet: Packet,
    *,
    upload_id: uuid.UUID | None = None,
    snapshot_id: uuid.UUID | None = None,
    declaration_id: uuid.UUID | None = None,
    how: str = How.FULL,
    part: str = Part.OTHER,
    about: dict[str, Any],
    by: User,
    at: datetime,
) -> Exhibit:
    """Put a file of the matter, a source of the library or a declaration in, behind what is there.

    Raises Forbidden; NotWorking; TooMany; NotThere for what is not ready or not of this matter or library;
    NotApproved.
    """
    packet = _hold(packet, by)
    if packet.exhibits.count() >= MOST_EXHIBITS:
        raise TooMany
    what = {"upload_id": upload_id, "snapshot_id": snapshot_id, "declaration_id": declaration_id}
    if len(list(filter(None, what.values()))) != 1 or not _is_there(packet, by, **what):
        raise NotThere
    last = packet.exhibits.aggregate(last=Max("place"))["last"] or 0
    exhibit = Exhibit.objects.create(
        **packet.matter.columns,
        packet=packet,
        place=last + 1,
        how=how,
        part=part,
        **what,
        about=about,
        added_by=by,
        added_at=at,
    )
    ask_text(exhibit, by=by, at=at)
    _note("packets.exhibit_added", packet, by=by, at=at)
    return exhibit


def _is_there(
    packet: Packet,
    by: User,
    *,
    upload_id: uuid.UUID | None,
    snapshot_id: uuid.UUID | None,
    declaration_id: uuid.UUID | None,
) -> bool:
    """Tell whether a file, source or declaration is of this matter or library. Raises NotApproved."""
    if upload_id:
        ready = Upload.objects.filter(status=UploadStatus.REBUILT, rebuilt__isnull=False)
        return ready.filter(pk=upload_id, matter_id=packet.matter_id).exists()
    if snapshot_id:
        kept = Snapshot.objects.filter(pk=snapshot_id, document__in=documents_visible_to(by))
        return kept.exists()
    declaration = packet.case.declarations.filter(pk=str(declaration_id)).first()
    if declaration is None:
        return False
    standing = declaration.paragraphs.filter(is_current=True)
    if not standing.exists() or standing.exclude(status=ParagraphStatus.APPROVED).exists():
        raise NotApproved
    return True


@transaction.atomic
def change_exhibit(
    exhibit: Exhibit,
    *,
    how: str,
    part: str,
    about: dict[str, Any],
    adverse: Sequence[str] = (),
    by: User,
    at: datetime,
) -> None:
    """Write how an exhibit goes in and what it shows. Raises Forbidden; NotWorking; Stale if it is gone."""
    packet = _hold(exhibit.packet, by)
    held = packet.exhibits.select_for_update().filter(pk=exhibit.pk).first()
    if held is None:
        raise Stale
    held.how, held.part, held.about, held.adverse = how, part, about, list(adverse)
    held.save(update_fields=["how", "part", "about", "adverse"])
    _note("packets.exhibit_changed", packet, by=by, at=at)


@transaction.atomic
def move_exhibit(exhibit: Exhibit, *, up: bool, by: User, at: datetime) -> None:
    """Move an exhibit one place up or down; at the end nothing moves. Raises Forbidden; NotWorking; Stale."""
    packet = _hold(exhibit.packet, by)
    order = list(packet.exhibits.order_by("place"))
    place = next((n for n, one in enumerate(order) if one.pk == exhibit.pk), None)
    if place is None:
        raise Stale
    other = place + (-1 if up else 1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        _put_in_order(packet, order)
        _note("packets.exhibit_moved", packet, by=by, at=at)


@transaction.atomic
def order_exhibits(packet: Packet, *, order: str, ids: Sequence[uuid.UUID], by: User, at: datetime) -> None:
    """Put all exhibits in an order that was reckoned or dragged, and say in which the index is.

    Raises Forbidden; NotWorking; Stale where an exhibit came or went meanwhile.
    """
    packet = _hold(packet, by)
    known = {one.pk: one for one in packet.exhibits.all()}
    if set(ids) != set(known) or len(ids) != len(known):
        raise Stale
    Packet.objects.filter(pk=packet.pk).update(order=IndexOrder(order))
    _put_in_order(packet, [known[pk] for pk in ids])
    _note("packets.exhibit_moved", packet, by=by, at=at)


def _put_in_order(packet: Packet, order: Sequence[Exhibit]) -> None:
    for place, one in enumerate(order, 1):
        if one.place != place:
            Exhibit.objects.filter(pk=one.pk).update(place=place)


@transaction.atomic
def take_out(exhibit: Exhibit, *, by: User, at: datetime) -> None:
    """Take an exhibit out; the file or source stays where it is. Raises Forbidden; NotWorking; Stale."""
    packet = _hold(exhibit.packet, by)
    if not packet.exhibits.filter(pk=exhibit.pk).delete()[0]:
        raise Stale
    _note("packets.exhibit_taken_out", packet, by=by, at=at)


@transaction.atomic
def ask_build(packet: Packet, *, by: User, at: datetime) -> Build:
    """Have a packet built by the worker. Raises Forbidden; NotWorking; NothingIn; BuildsNow."""
    packet = _hold(packet, by)
    if not packet.exhibits.exists():
        raise NothingIn
    if packet.builds.filter(status=BuildStatus.WAITING).exists():
        raise BuildsNow
    asked = {"asked_by": by, "asked_at": at, **in_line(at)}
    build = Build.objects.create(**packet.matter.columns, packet=packet, **asked)
    _note("packets.build_asked", packet, by=by, at=at)
    wake(BUILDS)
    return build


@transaction.atomic
def freeze(packet: Packet, *, by: User, at: datetime) -> None:
    """Freeze a packet as it was built last. Raises Forbidden; NotWorking; NotBuilt; NotAllowed; Stale."""
    packet = _hold(packet, by)
    if built_last(packet) is None:
        raise NotBuilt
    Packet.LIFE.move(packet, PacketStatus.FROZEN, by=by, event="packets.frozen", data=_case(packet))


@transaction.atomic
def thaw(packet: Packet, *, by: User, at: datetime) -> None:
    """Open a frozen packet again. Raises Forbidden; NotAllowed for one that was filed; Stale."""
    if not may_compose(by, packet.case):
        raise Forbidden
    Packet.LIFE.move(packet, PacketStatus.WORKING, by=by, event="packets.thawed", data=_case(packet))


@transaction.atomic
def lodge(
    packet: Packet,
    *,
    method: str,
    filed_on: date,
    confirmation: str,
    service: str,
    served_on: date | None,
    by: User,
    at: datetime,
) -> Lodging:
    """Write down that a frozen packet was filed, as it was built. What it follows is superseded.

    Raises Forbidden; NotBuilt; NotAllowed for one that is not frozen; Stale.
    """
    if not may_compose(by, packet.case):
        raise Forbidden
    build = built_last(packet)
    if build is None:
        raise NotBuilt
    Packet.LIFE.move(packet, PacketStatus.FILED, by=by, event="packets.filed", data=_case(packet))
    before = packet.follows
    if before is not None and before.status == PacketStatus.FILED:
        Packet.LIFE.move(
            before, PacketStatus.SUPERSEDED, by=by, event="packets.superseded", data=_case(packet)
        )
    exhibits = list(packet.exhibits.order_by("place"))
    for exhibit, tab in zip(exhibits, tabs_of(exhibits, keep=packet.keeps_numbers), strict=True):
        Exhibit.objects.filter(pk=exhibit.pk).update(tab=tab)
    said = {"confirmation": confirmation, "service": service, "served_on": served_on}
    return Lodging.objects.create(
        **packet.matter.columns,
        packet=packet,
        build=build,
        method=method,
        filed_on=filed_on,
        **said,
        by=by,
        at=at,
    )


@transaction.atomic
def note_answer(lodging: Lodging, *, taken: bool, why_back: str, by: User, at: datetime) -> None:
    """Write down whether the court took a packet or sent it back; then it can be opened and filed again.

    Raises Forbidden; NotAllowed; Stale.
    """
    packet = lodging.packet
    if not may_compose(by, packet.case):
        raise Forbidden
    if taken:
        Lodging.LIFE.move(lodging, LodgingStatus.ACCEPTED, by=by, event="packets.filing_accepted")
        return
    Lodging.LIFE.move(lodging, LodgingStatus.REJECTED, by=by, event="packets.filing_rejected")
    lodging.why_back = why_back
    lodging.save(update_fields=["why_back"])
    Packet.LIFE.move(packet, PacketStatus.FROZEN, by=by, event="packets.frozen", data=_case(packet))


@transaction.atomic
def follow_packet(packet: Packet, *, keeps_numbers: bool, by: User, at: datetime) -> Packet:
    """Begin the packet that follows a filed one, with its exhibits; it keeps their tabs and numbers or not.

    Raises Forbidden; NotBuilt for one that was not filed.
    """
    if not may_compose(by, packet.case):
        raise Forbidden
    if packet.status != PacketStatus.FILED:
        raise NotBuilt
    cover = open_one(packet, "cover", purpose="packet").cover
    begun = {"case": packet.case, "follows": packet, "keeps_numbers": keeps_numbers, "cover": cover}
    same = {"oldest_years": packet.oldest_years, "order": packet.order}
    new = Packet.objects.create(**packet.matter.columns, **begun, **same, **_made(by, at))
    exhibits = list(packet.exhibits.all())
    abouts = open_many(exhibits, "about", purpose="packet")
    for old in exhibits:
        kept = {name: getattr(old, name) for name in COPIED}
        tab = old.tab if keeps_numbers else ""
        added = {"tab": tab, "about": abouts[old.pk].about, "added_by": by, "added_at": at}
        Exhibit.objects.create(**packet.matter.columns, packet=new, **kept, **added)
    _note("packets.packet_begun", new, by=by, at=at)
    return new


def tabs_of(exhibits: Sequence[Exhibit], *, keep: bool) -> list[str]:
    """Return the tab of each exhibit in order: by place, or the one that was filed and late ones between."""
    return numbering.tabs([exhibit.tab for exhibit in exhibits] if keep else [""] * len(exhibits))


def built_last(packet: Packet) -> Build | None:
    """Return the last build of a packet, if it came out well and nothing was changed since."""
    last = packet.builds.order_by("-asked_at").first()
    if last is None or last.status != BuildStatus.BUILT or packet.changed_at > last.asked_at:
        return None
    return last


def _hold(packet: Packet, by: User) -> Packet:
    """Lock a packet that is being put together. Raises Forbidden; NotWorking."""
    if not may_compose(by, packet.case):
        raise Forbidden
    held = Packet.objects.select_for_update(of=("self",)).select_related("case").get(pk=packet.pk)
    if held.status != PacketStatus.WORKING:
        raise NotWorking
    return held


def _made(by: User, at: datetime) -> dict[str, Any]:
    return {"made_by": by, "made_at": at, "changed_at": at}


def _note(event: str, packet: Packet, *, by: User, at: datetime) -> None:
    """Record what happened to a packet; whatever it was but a building, it was changed."""
    if event != "packets.build_asked":
        Packet.objects.filter(pk=packet.pk).update(changed_at=at)
    record(event, packet, by=by, at=at, data=_case(packet))


def _case(packet: Packet) -> dict[str, str]:
    return {"case": str(packet.case_id)}
