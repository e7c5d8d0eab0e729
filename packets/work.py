"""Build packets: the worker's line. An earlier build stays whatever becomes of this one."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.files.actions import path_of, store_file
from foundation.work.line import Line, register
from foundation.work.models import DONE
from packets import recognizing
from packets.actions import BUILDS
from packets.composing import composed
from packets.making.building import build, manifest
from packets.making.readying import ExhibitFailed
from packets.models import Build, BuildStatus, FoundText, Packet, Volume

BINDER = "system:packets"


@dataclass(frozen=True)
class Made:
    """What came of one try: volumes and map, or the exhibit that failed by its root and a code of why."""

    volumes: dict[int, bytes]
    made: dict[str, Any] | None
    failed: str = ""
    reason: str = ""


def bind(asked: Build) -> Made:
    """Compose and build one packet; nothing is kept yet."""
    with transaction.atomic():
        packet = Packet.objects.select_related("case", "follows", "office").get(pk=asked.packet_id)
    whole, _rows = composed(packet)
    volumes: dict[int, bytes] = {}

    @transaction.atomic
    def tell(done: int, steps: int) -> None:
        Build.objects.filter(pk=asked.pk).update(done=done, steps=steps)

    try:
        bound = build(whole, lambda number, content: volumes.__setitem__(number, content), tell=tell)
    except ExhibitFailed as failed:
        return Made({}, None, failed.key, failed.reason)
    made = {
        "manifest": manifest(whole, bound),
        "pages": [asdict(page) for page in bound.pages],
        "facts": bound.facts,
        "pincites": bound.pincites,
    }
    return Made(volumes, made)


def keep(asked: Build, made: Made) -> None:
    """Keep the volumes sealed with the matter and the map, or which exhibit failed."""
    if made.made is None:
        exhibit = asked.packet.exhibits.filter(root=made.failed).first()
        _fail(asked, made.reason, by=BINDER, exhibit=exhibit)
        return
    on, stored = asked.office.today(timezone.now()), []
    try:
        for number, content in sorted(made.volumes.items()):
            file = store_file(
                [content],
                matter=asked.matter,
                name=f"packet-{number}.pdf",
                content_type="application/pdf",
                on=on,
                of_staff=True,
            )
            stored.append(file)
            Volume.objects.create(**asked.matter.columns, build=asked, number=number, stored=file)
        asked.made = made.made
        asked.save(update_fields=["made"])
        Build.LIFE.move(asked, BuildStatus.BUILT, by=BINDER, event="packets.built", data=_case(asked), **DONE)
    except BaseException:
        for file in stored:
            path_of(file.pk).unlink(missing_ok=True)
        raise


def given_up(asked: Build, *, by: Any, at: datetime) -> None:
    """Say on the packet's page that this building was given up."""
    data = {"reason": "given_up"}  # not of which case: an administrator, who gives it up, sees no packet
    event = "packets.build_failed"
    Build.LIFE.move(asked, BuildStatus.FAILED, by=by, event=event, data=data, reason="given_up", **DONE)


def _fail(asked: Build, reason: str, *, by: Any, exhibit: Any) -> None:
    about = {"reason": reason[:30], "failed": exhibit}
    data = {**_case(asked), "reason": reason}
    Build.LIFE.move(
        asked, BuildStatus.FAILED, by=by, event="packets.build_failed", data=data, **about, **DONE
    )


def _case(asked: Build) -> dict[str, str]:
    return {"case": str(asked.packet.case_id)}


LINE = register(
    Line(
        key=BUILDS,
        model=Build,
        title=_("A court packet to be built"),
        work=bind,
        keep=keep,
        given_up=given_up,
        related=("office",),  # an administrator, who decides on stuck work, sees no packet
        lease=timedelta(minutes=20),
        tries=3,
        alone=True,
    )
)
TEXT_LINE = register(
    Line(
        key=recognizing.TEXTS,
        model=FoundText,
        title=_("Pages of an exhibit to be read by text recognition"),
        work=recognizing.read,
        keep=recognizing.keep,
        given_up=recognizing.given_up,
        related=("office", "upload", "snapshot"),
        lease=timedelta(hours=1),  # a long file takes seconds for each page
        tries=3,
        alone=True,
    )
)
