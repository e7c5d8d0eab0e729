"""Write down what a case must prove, and tie sentences of the library to it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence import rules
from evidence.access import documents_visible_to, may_cite
from evidence.models import Citation, CitationStatus, ClaimPoint, Document, Passage
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class AlreadyCited(Refused):
    status = 409
    message = _("This passage is already cited for this point.")


@transaction.atomic
def add_claim_point(
    case: Case, *, ground: str, assertion: str, by: User, at: datetime, **parts: str
) -> ClaimPoint:
    """Write down what needs support; `parts` are element, harm, actor, place and period.

    Raises Forbidden for whoever may not cite in this case.
    """
    if not may_cite(by, case):
        raise Forbidden
    point = ClaimPoint.objects.create(
        **case.matter.columns,
        case=case,
        ground=ground,
        assertion=assertion,
        added_by=by,
        added_at=at,
        parts=parts,
    )
    record("evidence.claim_point_added", point, by=by, at=at, data={"case": str(case.pk)})
    return point


@transaction.atomic
def cite_passage(
    passage: Passage,
    *,
    claim_point: ClaimPoint,
    relation: str,
    note: str,
    pincite: str = "",
    by: User,
    at: datetime,
) -> Citation:
    """Freeze a passage's words, place and hash, and tie them to a claim point.

    Raises Forbidden for whoever may not cite here or see the source; AlreadyCited where the point has
    this passage.
    """
    case = claim_point.case
    if not may_cite(by, case):
        raise Forbidden
    if not documents_visible_to(by).filter(pk=passage.snapshot.document_id).exists():
        raise Forbidden
    if claim_point.citations.filter(passage=passage).exclude(status=CitationStatus.WITHDRAWN).exists():
        raise AlreadyCited
    quote = rules.text_quote(passage.snapshot.text, passage.start, passage.end)
    citation = Citation.objects.create(
        **case.matter.columns,
        case=case,
        claim_point=claim_point,
        passage=passage,
        snapshot=passage.snapshot,
        status=CitationStatus.CONFIRMED,
        relation=relation,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        start=passage.start,
        end=passage.end,
        sha256=passage.snapshot.sha256,
        note=note,
        pincite=pincite,
        cited_by=by,
        cited_at=at,
    )
    # A bare count: it grows by one, and nothing is kept of when or for which case.
    Document.objects.filter(pk=passage.snapshot.document_id).update(uses=F("uses") + 1)
    record("evidence.passage_cited", citation, by=by, at=at, data={"case": str(case.pk)})
    return citation


@transaction.atomic
def withdraw_citation(citation: Citation, *, by: User) -> None:
    """Take a citation off the case; the record of it stays.

    Raises Forbidden for whoever may not cite in this case.
    """
    if not may_cite(by, citation.case):
        raise Forbidden
    Citation.LIFE.move(
        citation,
        CitationStatus.WITHDRAWN,
        by=by,
        event="evidence.citation_withdrawn",
        data={"case": str(citation.case_id)},
    )
