"""Write a declaration paragraph by paragraph, have each reviewed, and keep every version."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from evidence.models import Citation, ClaimPoint
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden, Refused
from packets.access import may_compose
from packets.declaration_models import Declaration, Paragraph, ParagraphStatus
from packets.models import Packet, PacketStatus

MOST_PARAGRAPHS = 300


class TooManyParagraphs(Refused):
    message = _("A declaration holds at most 300 paragraphs.")


class NothingToSubmit(Refused):
    status = 409
    message = _("No paragraph waits to be submitted.")


class ChangedMeanwhile(Refused):
    status = 409
    message = _(
        "Somebody wrote another version meanwhile: it stands below. Yours is still in the fields; keep it"
        " again to put it in place of theirs."
    )


@transaction.atomic
def begin_declaration(case: Case, *, who: str, language: str, by: User, at: datetime) -> Declaration:
    """Begin a declaration of the person, or of a witness. Raises Forbidden."""
    if not may_compose(by, case):
        raise Forbidden
    about = {"who": who, "language": language}
    declaration = Declaration.objects.create(
        **case.matter.columns, case=case, about=about, made_by=by, made_at=at
    )
    record("packets.declaration_begun", declaration, by=by, at=at, data=_case(declaration))
    return declaration


@transaction.atomic
def add_paragraph(
    declaration: Declaration,
    *,
    english: str,
    original: str,
    points: Sequence[str] = (),
    citations: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Paragraph:
    """Write a paragraph behind those that are there. Raises Forbidden; TooManyParagraphs."""
    _hold(declaration, by)
    standing = declaration.paragraphs.filter(is_current=True)
    if standing.count() >= MOST_PARAGRAPHS:
        raise TooManyParagraphs
    place = (declaration.paragraphs.aggregate(last=Max("place"))["last"] or 0) + 1
    row = _written(declaration, english, original, points, citations, place=place, by=by, at=at)
    _note("packets.paragraph_written", declaration, by=by, at=at)
    return row


@transaction.atomic
def change_paragraph(
    paragraph: Paragraph,
    *,
    english: str,
    original: str,
    points: Sequence[str] = (),
    citations: Sequence[str] = (),
    version: int,
    by: User,
    at: datetime,
) -> Paragraph:
    """Write the next version of a paragraph, which is to be reviewed anew; the older ones stay.

    `version` is the one that was changed. Raises Forbidden; Stale where it was taken out;
    ChangedMeanwhile where somebody wrote another meanwhile.
    """
    declaration = paragraph.declaration
    _hold(declaration, by)
    last = declaration.paragraphs.filter(root=paragraph.root, is_current=True).first()
    if last is None:
        raise Stale
    if last.version != version:
        raise ChangedMeanwhile
    Paragraph.objects.filter(pk=last.pk).update(is_current=False)
    same = {"root": last.root, "version": last.version + 1, "place": last.place}
    row = _written(declaration, english, original, points, citations, **same, by=by, at=at)
    _note("packets.paragraph_written", declaration, by=by, at=at)
    return row


def _written(
    declaration: Declaration,
    english: str,
    original: str,
    points: Sequence[str],
    citations: Sequence[str],
    **more: Any,
) -> Paragraph:
    case = declaration.case_id
    own = {str(pk) for pk in ClaimPoint.objects.filter(case=case).values_list("pk", flat=True)}
    cited = {str(pk) for pk in Citation.objects.filter(case=case).values_list("pk", flat=True)}
    return Paragraph.objects.create(
        **declaration.matter.columns,
        declaration=declaration,
        english=english,
        original=original,
        points=[pk for pk in points if pk in own],
        citations=[pk for pk in citations if pk in cited],
        **more,
    )


@transaction.atomic
def take_out_paragraph(paragraph: Paragraph, *, by: User, at: datetime) -> None:
    """Take a paragraph out; its versions stay on record. Raises Forbidden; Stale if it is out already."""
    declaration = paragraph.declaration
    _hold(declaration, by)
    if not declaration.paragraphs.filter(root=paragraph.root, is_current=True).update(is_current=False):
        raise Stale
    _note("packets.paragraph_taken_out", declaration, by=by, at=at)


@transaction.atomic
def move_paragraph(paragraph: Paragraph, *, up: bool, by: User, at: datetime) -> None:
    """Move a paragraph one place up or down; at the end nothing moves. Raises Forbidden; Stale."""
    declaration = paragraph.declaration
    _hold(declaration, by)
    order = list(declaration.paragraphs.filter(is_current=True).order_by("place"))
    place = next((n for n, one in enumerate(order) if one.root == paragraph.root), None)
    if place is None:
        raise Stale
    other = place + (-1 if up else 1)
    if 0 <= other < len(order):
        for one, new in ((order[place], order[other].place), (order[other], order[place].place)):
            Paragraph.objects.filter(pk=one.pk).update(place=new)
        _note("packets.paragraph_moved", declaration, by=by, at=at)


@transaction.atomic
def submit_declaration(declaration: Declaration, *, by: User, at: datetime) -> int:
    """Hand every draft in to be reviewed; return how many. Raises Forbidden; NothingToSubmit; Stale."""
    _hold(declaration, by)
    drafts = list(declaration.paragraphs.filter(is_current=True, status=ParagraphStatus.DRAFT))
    if not drafts:
        raise NothingToSubmit
    for row in drafts:
        Paragraph.LIFE.move(row, ParagraphStatus.SUBMITTED, by=by, event="packets.paragraph_submitted")
    return len(drafts)


@transaction.atomic
def review_paragraph(paragraph: Paragraph, *, approved: bool, note: str, by: User, at: datetime) -> None:
    """Approve a paragraph or say what is to be changed. Raises Forbidden; NotAllowed; Stale."""
    _hold(paragraph.declaration, by)
    paragraph.note = note
    paragraph.save(update_fields=["note"])
    status = ParagraphStatus.APPROVED if approved else ParagraphStatus.WANTED
    event = "packets.paragraph_approved" if approved else "packets.paragraph_sent_back"
    Paragraph.LIFE.move(paragraph, status, by=by, event=event, reviewed_by=by, reviewed_at=at)
    if approved:
        _rebuild(paragraph.declaration, at)


def _hold(declaration: Declaration, by: User) -> None:
    """Lock a declaration for what follows. Raises Forbidden."""
    if not may_compose(by, declaration.case):
        raise Forbidden
    Declaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)


def _note(event: str, declaration: Declaration, *, by: User, at: datetime) -> None:
    _rebuild(declaration, at)
    record(event, declaration, by=by, at=at, data=_case(declaration))


def _rebuild(declaration: Declaration, at: datetime) -> None:
    """Have packets that are being put together with it built again."""
    holding = Packet.objects.filter(exhibits__declaration=declaration, status=PacketStatus.WORKING)
    Packet.objects.filter(pk__in=holding.values("pk")).update(changed_at=at)


def _case(declaration: Declaration) -> dict[str, str]:
    return {"case": str(declaration.case_id)}
