"""Papers that are asked for: asked, answered by the person or by telephone, looked at, ended.

The app above says who of the staff may do each of these (cases/asking.py).
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office, User
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.files.models import Upload
from foundation.files.uploads import hold_files
from foundation.refused import Refused
from foundation.vault.opening import open_many
from intake.bursts import somebody_is_there
from intake.checklist import checklist, listed
from intake.models import OWN, AskedFile, AskedPaper, AskedStatus, Intake, PaperAnswer, WhyAgain
from notifications.actions import notify_applicant

LIVE = (AskedStatus.ASKED, AskedStatus.ANSWERED)
REMIND = timedelta(days=3)  # before the day by which a paper is wanted


class NothingToAsk(Refused):
    message = _("Choose at least one paper that is not asked for already.")


# --- asking ---------------------------------------------------------------------------------------


@transaction.atomic
def ask_for(
    intake: Intake,
    *,
    codes: Collection[str],
    words: str = "",
    is_safe: bool = False,
    due_on: date | None = None,
    by: User,
    at: datetime,
) -> list[AskedPaper]:
    """Ask the person of an intake for papers of the checklist, each once while it is open, and for one more.

    The one more is in staff's own `words`: marked as safe it stands on the return page, else a person asks
    for it. Raises NothingToAsk where nothing is new.
    """
    _hold(intake)
    live = AskedPaper.objects.filter(intake=intake, status__in=LIVE).exclude(code=OWN)
    asked_for = set(live.values_list("code", flat=True))
    new: list[dict[str, Any]] = [
        {"code": code, "on_page": checklist()[code].on_page} for code in codes if code not in asked_for
    ]
    if words.strip():
        new.append({"code": OWN, "on_page": is_safe, "words": words.strip()})
    if not new:
        raise NothingToAsk
    last = AskedPaper.objects.filter(intake=intake).aggregate(last=Max("number"))["last"] or 0
    common = {**intake.matter.columns, "intake": intake, "due_on": due_on, "asked_by": by, "asked_at": at}
    rows = [AskedPaper.objects.create(**common, number=last + n, **one) for n, one in enumerate(new, 1)]
    shown = sum(1 for row in rows if row.on_page)
    data = {"count": len(rows), "on_page": shown}
    record("intake.papers_asked", intake, by=by, at=at, data=data)
    return rows


def _hold(intake: Intake) -> None:
    """Let nobody else ask for papers of an intake until this transaction ends."""
    hold_files(intake.matter_id)


# --- answering ------------------------------------------------------------------------------------


@transaction.atomic
def answer_paper(
    asked: AskedPaper, *, answer: str, uploads: Iterable[Upload] = (), by: Any, at: datetime
) -> None:
    """Note what the person says of a paper, with the files that came for it; staff look at it then.

    It can be answered again until they have. Raises NotAllowed where it ended, Stale where it just did.
    """
    for upload in uploads:
        AskedFile.objects.create(**asked.matter.columns, asked=asked, upload=upload)
    data = {"number": asked.number, "answer": str(answer)}
    said = {"answer": str(answer), "answered_at": at}
    if asked.status == AskedStatus.ASKED:
        event = "intake.paper_answered"
        AskedPaper.LIFE.move(asked, AskedStatus.ANSWERED, by=by, event=event, data=data, **said)
    else:
        if not AskedPaper.objects.filter(pk=asked.pk, status=AskedStatus.ANSWERED).update(**said):
            raise Stale
        record("intake.paper_answered", asked, by=by, at=at, data=data)
    if by == "applicant":
        somebody_is_there(asked.intake, at=at)


# --- looking at it, ending it ---------------------------------------------------------------------


@transaction.atomic
def accept_paper(asked: AskedPaper, *, by: User, at: datetime) -> None:
    """Note that a paper is in. Raises NotAllowed where it ended, Stale where somebody was first."""
    _end(asked, AskedStatus.ACCEPTED, "intake.paper_accepted", by=by)


@transaction.atomic
def ask_again(asked: AskedPaper, *, why: str, by: User, at: datetime) -> None:
    """Ask for a paper once more, with a reason of the list. Raises NotAllowed, Stale."""
    data = {"number": asked.number, "why": why, "on_page": int(asked.on_page)}
    fields = {"again": why, "reminded_at": None}
    event = "intake.paper_asked_again"
    AskedPaper.LIFE.move(asked, AskedStatus.ASKED, by=by, event=event, data=data, **fields)


@transaction.atomic
def drop_paper(asked: AskedPaper, *, by: Any, at: datetime) -> None:
    """Note that a paper is not needed any more. Raises NotAllowed, Stale."""
    _end(asked, AskedStatus.NOT_NEEDED, "intake.paper_not_needed", by=by)


@transaction.atomic
def give_paper_up(asked: AskedPaper, *, by: User, at: datetime) -> None:
    """Note that a paper cannot be had. Raises NotAllowed, Stale."""
    _end(asked, AskedStatus.CANNOT, "intake.paper_cannot_be_had", by=by)


def _end(asked: AskedPaper, status: str, event: str, *, by: Any) -> None:
    AskedPaper.LIFE.move(asked, status, by=by, event=event, data={"number": asked.number})


def drop_all(intake: Intake, *, by: Any, at: datetime) -> None:
    """Take back everything that is asked for and not in: the case is over. Raises Stale."""
    for asked in AskedPaper.objects.filter(intake=intake, status__in=LIVE):
        drop_paper(asked, by=by, at=at)


# --- telling --------------------------------------------------------------------------------------


def tell_of_papers(intake: Intake, *, at: datetime) -> None:
    """Tell the person, by the safe way and without a word of what, that we ask for something."""
    person = intake.applicant
    if person and intake.may_wish:
        language = person.language
        notify_applicant(person.pk, matter=intake.matter, kind="papers_asked", language=language, at=at)


@transaction.atomic
def remind_of_papers(*, at: datetime) -> int:
    """Remind people once of papers that are wanted within three days; return how many people."""
    return sum(_remind(office, at=at) for office in Office.objects.order_by("pk"))


def _remind(office: Office, *, at: datetime) -> int:
    today = office.today(at)
    due = AskedPaper.objects.filter(office=office, status=AskedStatus.ASKED, reminded_at=None, on_page=True)
    due = due.filter(due_on__gte=today, due_on__lte=today + REMIND).select_related("intake__applicant")
    rows = [row for row in due if row.intake.may_wish]
    intakes = {row.intake_id: row.intake for row in rows}
    for intake in intakes.values():
        tell_of_papers(intake, at=at)
    AskedPaper.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    return len(intakes)


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """How many papers are asked for in all, how many are in, how many answers wait for a look."""

    asked: int = 0
    in_: int = 0
    to_look_at: int = 0

    @property
    def words(self) -> str:
        words = str(_("%(n)s of %(all)s papers in")) % {"n": self.in_, "all": self.asked}
        return f"{words}, {_('look at the answers')}" if self.to_look_at else words


def tally_of(intake_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Tally]:
    """Return how far the papers are that were asked for, {intake: tally}; none where nothing was."""
    wanted = AskedPaper.objects.filter(intake__in=list(intake_ids))
    wanted = wanted.exclude(status__in=[AskedStatus.NOT_NEEDED, AskedStatus.CANNOT])
    sent = Q(status=AskedStatus.ACCEPTED) | Q(status=AskedStatus.ANSWERED, answer=PaperAnswer.SENT)
    rows = (
        wanted.order_by()
        .values_list("intake")
        .annotate(
            asked=Count("pk"),
            in_=Count("pk", filter=sent),
            to_look_at=Count("pk", filter=Q(status=AskedStatus.ANSWERED)),
        )
    )
    return {intake: Tally(*counts) for intake, *counts in rows}


def words_of(rows: Iterable[AskedPaper], *, purpose: str) -> Mapping[uuid.UUID, str]:
    """Return what each paper is called: the words of the checklist, or staff's own, opened."""
    rows = list(rows)
    opened = open_many([row for row in rows if row.code == OWN], "words", purpose=purpose)
    return {row.pk: opened[row.pk].words if row.pk in opened else str(listed(row.code).label) for row in rows}


@dataclass(frozen=True)
class PaperToSend:
    """A paper that is asked for as whoever holds the receipt sees it: generic words, nothing that was told.

    `state` is asked, answered or accepted; `said` what was answered, "" before; `again` why it is asked for
    once more. `files` are the numbers of those that came for it.
    """

    number: int
    label: str
    why: Any
    due_on: date | None
    status: AskedStatus
    said: str
    again: Any
    files: list[int]

    @property
    def is_open(self) -> bool:
        return self.status == AskedStatus.ASKED

    @property
    def may_answer(self) -> bool:
        return self.status in LIVE

    @property
    def is_in(self) -> bool:
        return self.status == AskedStatus.ACCEPTED


SAID: dict[str, Any] = {
    PaperAnswer.SENT: _("You sent it. We look at it."),
    PaperAnswer.BRING: _("You said that you bring it."),
    PaperAnswer.NONE: _("You said that you do not have it."),
    PaperAnswer.CANNOT: _("You said that you cannot get it."),
}
SHOWN = (*LIVE, AskedStatus.ACCEPTED)  # what ended without a paper is not spoken of any more


def papers_to_send(intake: Intake, *, purpose: str = "return page") -> list[PaperToSend]:
    """Return the papers that stand on a return page; none on a helper's until staff spoke alone (ADR 18)."""
    if not intake.may_wish:
        return []
    rows = list(
        AskedPaper.objects.filter(intake=intake, on_page=True, status__in=SHOWN)
        .prefetch_related("files__upload")
        .order_by("number")
    )
    words = words_of(rows, purpose=purpose)
    return [_to_send(row, words[row.pk]) for row in rows]


def _to_send(row: AskedPaper, label: str) -> PaperToSend:
    status = AskedStatus(row.status)
    return PaperToSend(
        number=row.number,
        label=label,
        why=listed(row.code).why,
        due_on=row.due_on,
        status=status,
        said=str(SAID[row.answer]) if status == AskedStatus.ANSWERED else "",
        again=WhyAgain(row.again).label if row.again and status == AskedStatus.ASKED else "",
        files=[one.upload.number for one in row.files.all()],
    )
