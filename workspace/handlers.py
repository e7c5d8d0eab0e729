"""Tell whoever cites a source that it changed, and whoever asked for a packet what became of it."""

import uuid

from django.urls import reverse

from cases.access import holders_of
from evidence.access import citations_visible_to
from evidence.models import Citation, CitationStatus
from foundation.accounts.models import User
from foundation.events.ledger import on
from foundation.events.models import Event
from notifications.actions import notify_user
from notifications.digests import add_weekly
from packets.models import Build
from workspace.queue.telling import new_in_lists


@on("evidence.source_drifted", key="workspace.tell-of-source")
def tell_of_source(event: Event) -> None:
    """Tell whoever cites a source that it is not any more as it was kept."""
    link = reverse("evidence:document", args=[event.subject_id])
    for user in _citing(uuid.UUID(event.subject_id)):
        notify_user(user, kind="source_changed", link=link, at=event.at)


def _citing(document: uuid.UUID) -> list[User]:
    """Return who cited a source, or holds a case that does, as far as they still see such a case."""
    live = Citation.objects.filter(snapshot__document=document, case__closed_at=None)
    rows = live.exclude(status=CitationStatus.WITHDRAWN).select_related("case", "cited_by")
    people: dict[int, User] = {}
    for row in rows:
        people |= {one.pk: one for one in (row.cited_by, *holders_of(row.case)) if one.is_active}
    cited = rows.values("pk")
    return [one for one in people.values() if citations_visible_to(one).filter(pk__in=cited).exists()]


@on("packets.built", key="workspace.tell-of-packet")
@on("packets.build_failed", key="workspace.tell-of-failed-packet")
def tell_of_packet(event: Event) -> None:
    """Tell whoever asked for a packet that it is built, or could not be."""
    build = Build.objects.select_related("asked_by").filter(pk=event.subject_id).first()
    if build and build.asked_by.is_active:
        kind = "packet_built" if event.name == "packets.built" else "packet_failed"
        link = reverse("workspace:packet", args=[build.packet_id])
        notify_user(build.asked_by, kind=kind, link=link, at=event.at)


add_weekly(new_in_lists)
