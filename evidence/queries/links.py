"""What waits to be read into the library, and which sources are no longer as kept."""

from dataclasses import dataclass

from cases.models import Case
from evidence.access import citations_visible_to, documents_visible_to, links_visible_to
from evidence.models import Citation, CitationStatus, Link, LinkCheck, LinkStatus, Seen
from evidence.rules.drift import plain
from foundation.accounts.models import User


def links_of(user: User) -> list[Link]:
    """Return the office's pages and files that wait to be read or could not be, the latest five."""
    open_links = links_visible_to(user).filter(status__in=[LinkStatus.WAITING, LinkStatus.REFUSED])
    return list(open_links.order_by("-asked_at")[:5])


@dataclass(frozen=True)
class Drifted:
    """A source that is no longer as kept, and which visible cases cite a passage that differs."""

    check: LinkCheck
    cases: list[Case]


def drifted(user: User) -> list[Drifted]:
    """Return the newest look at each source, and at each newer edition, where it was not the same."""
    newest = (
        LinkCheck.objects.filter(document__in=documents_visible_to(user))
        .order_by("document_id", "edition_id", "-checked_at")
        .distinct("document_id", "edition_id")
        .select_related("document", "edition")
    )
    changed = sorted((c for c in newest if c.seen != "same"), key=lambda c: c.checked_at, reverse=True)
    live = citations_visible_to(user).exclude(status=CitationStatus.WITHDRAWN)
    citing = list(
        live.filter(snapshot__document__in=[c.document_id for c in changed]).select_related(
            "case", "passage", "snapshot"
        )
    )
    return [Drifted(check, _touched(check, citing)) for check in changed]


def _touched(check: LinkCheck, citing: list[Citation]) -> list[Case]:
    differing = {
        plain(entry["before"]) for entry in check.passages
    }  # numbers change where passages are marked
    whole_page = check.seen in (Seen.GONE, Seen.SOFT_404, Seen.NEW_EDITION)
    cases = {
        c.case.pk: c.case
        for c in citing
        if c.passage.snapshot_id == c.snapshot_id and (whole_page or plain(c.exact) in differing)
        if c.snapshot.document_id == check.document_id
    }
    return list(cases.values())
