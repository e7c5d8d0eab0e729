"""Look at every source again: its page, and newer editions of its report on the shelf."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from evidence.clients.fetch import Fetcher, NotFetched
from evidence.models import Document, LinkCheck, Passage, Report, ReportPassage, Seen
from evidence.reader import Unreadable, read
from evidence.rules.drift import Difference, Sight, sight_of
from evidence.rules.likeness import Words, counterpart
from foundation.events.ledger import record
from foundation.files.sandbox import CannotWork

log = logging.getLogger(__name__)
CHECKED_EVERY = timedelta(days=7)


def check_links(client: Fetcher, *, at: datetime, most: int = 50) -> int:
    """Look at the pages of the library again and return how many were looked at.

    Every source is due a week after the last look, cited or not, whatever case it serves: the schedule
    tells a site nothing. The fetch itself is the same as anyone's.
    """
    with transaction.atomic():
        recent = LinkCheck.objects.filter(checked_at__gt=at - CHECKED_EVERY, edition=None).values("document")
        due = list(
            Document.objects.exclude(url="")
            .exclude(pk__in=recent)
            .order_by("pk")
            .values_list("pk", flat=True)[:most]
        )
    for key in due:
        try:
            check_link(key, client, at=at)
        except Exception as error:  # noqa: BLE001  the others are due as well, and this one next week again
            log.error("link not checked document=%s error=%s", key, type(error).__name__)
            _note_unchecked(key, at)
    return len(due)


@transaction.atomic
def _note_unchecked(key: Any, at: datetime) -> None:
    office = Document.objects.values_list("office_id", flat=True).get(pk=key)
    LinkCheck.objects.create(
        office_id=office, document_id=key, checked_at=at, seen=Seen.UNCHECKED, final_url="", passages=[]
    )


def check_link(key: Any, client: Fetcher, *, at: datetime) -> LinkCheck:
    """Fetch a source's page again and keep what became of its passages."""
    with transaction.atomic():
        document = Document.objects.get(pk=key)
        snapshot = document.snapshots.latest("captured_at")
        passages = [(p.n, snapshot.text[p.start : p.end]) for p in snapshot.passages.all()]
    sight, final = _looked(document.url, client, passages)
    with transaction.atomic():
        check = LinkCheck.objects.create(
            office_id=document.office_id,
            document=document,
            checked_at=at,
            seen=sight.seen,
            final_url=final[:1000],
            passages=[_entry(difference) for difference in sight.differences],
        )
        if sight.seen != "same":
            record(
                "evidence.source_drifted", document, by="system:sentinel", at=at, data={"seen": sight.seen}
            )
    return check


def _entry(difference: Difference) -> dict[str, Any]:
    return {
        "n": difference.n,
        "state": difference.state,
        "before": difference.before,
        "after": difference.after,
        "words": difference.words,
    }


def _looked(url: str, client: Fetcher, passages: list[tuple[int, str]]) -> tuple[Sight, str]:
    try:
        chain = client.fetch(url)
        page = chain[-1]
        reading = read(page.body, charset=page.charset) if page.body.strip() else None
    except (NotFetched, Unreadable, CannotWork):
        return Sight("unchecked", []), ""
    gate = reading.hints.get("gate", "") if reading else ""
    if page.is_challenge or page.is_cut_short or gate not in ("", "soft_404"):
        return Sight("unchecked", []), page.url
    now = reading.text if reading else ""
    moved = page.url.split("#")[0].rstrip("/") != url.split("#")[0].rstrip("/")
    return sight_of(page.status, now, passages, moved=moved), page.url


@transaction.atomic
def check_editions(*, at: datetime) -> int:
    """Tell once of each newer edition of a report that stands in a library, and return how many were new."""
    newer = (
        Document.objects.filter(report__isnull=False)
        .values_list("pk", "report__series", "report__iso3", "report__year", "office_id")
        .order_by("pk")
    )
    announced = 0
    for key, series, iso3, year, office_id in newer:
        edition = (
            Report.objects.filter(series=series, iso3=iso3, year__gt=year).order_by("-year", "slug").first()
        )
        if edition and not LinkCheck.objects.filter(document_id=key, edition=edition).exists():
            _tell_of(key, edition, office_id, at)
            announced += 1
    return announced


def _tell_of(key: Any, edition: Report, office_id: int, at: datetime) -> None:
    """Keep what became of each cited passage in the newer edition."""
    cited = Passage.objects.filter(snapshot__document=key, citations__isnull=False).distinct()
    texts = [(p.pk, Words.of(p.text)) for p in ReportPassage.objects.filter(report=edition).only("text")]
    changes = []
    for passage in cited.select_related("snapshot").defer("tsv"):
        match = counterpart(Words.of(passage.text), texts)
        if match.kind != "verbatim":
            after = next((words.text for pk, words in texts if pk == match.key), "")
            changes.append(Difference(passage.n, "changed" if after else "gone", passage.text, after))
    LinkCheck.objects.create(
        office_id=office_id,
        document_id=key,
        checked_at=at,
        seen=Seen.NEW_EDITION,
        edition=edition,
        passages=[_entry(change) for change in changes],
    )
    document = Document.objects.get(pk=key)
    record("evidence.source_drifted", document, by="system:sentinel", at=at, data={"seen": "new_edition"})
