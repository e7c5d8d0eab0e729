"""Answers kept, replaced and taken back; what was asked, frozen; names put to the conflict check."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from conflicts import actions as conflicts
from conflicts.models import CheckKind
from foundation.accounts.matters import part_of
from foundation.database.reading import keep
from foundation.events.ledger import record
from foundation.refused import Refused
from foundation.vault.opening import open_many
from foundation.work.models import DONE, in_line
from foundation.work.nudging import wake
from intake.bursts import somebody_is_there
from intake.models import Answer, Applicant, EarlierAnswer, Intake, Narrative, Status
from intake.naming import names_in
from intake.posting import is_over
from intake.queries import NAME, REMOVED, answers_of, current_answers
from intake.questionnaire.earlier import keys_of
from intake.questionnaire.path import ASKED, BY_KEY, Path, walk
from intake.told import Saved, Told, is_urgent_alone

Values = Mapping[str, Any]  # of one page: {question: value}
Join = Callable[[Values, Values], Values]  # (what stands, what was written) -> what stands then
# Pages that say who the person is: their own row follows them.
IDENTITY = {"name", "born", "citizenship"}
NAMES = "names"  # the line of drafts whose names are to be compared
CHANGES = timedelta(days=14)  # how long an answer may be replaced after it was sent


class DraftGone(Refused):
    status = 409
    message = _("This form is no longer open. If you sent it, use your receipt to come back.")


class TooLate(Refused):
    status = 409
    message = _("The time to change answers here is over. Please call us.")


class Over(Refused):
    status = 409
    message = _("This is finished, so no more papers are taken here. Please call us.")


@transaction.atomic
def save_answers(
    intake: Intake,
    *,
    page: str,
    values: Values | None,
    at: datetime,
    join: Join | None = None,
    saved: Saved | None = None,
) -> Path:
    """Keep one page's answers, and return the path they open; other pages, and other tabs, are left alone.

    `values` None takes away what was answered on the page. `join` says what stands when the values are added
    to those kept, for a page that was opened empty. `saved` is what the caller opened already. Once the form
    was sent, the earlier answer is kept beside the new one and the office is told. Raises DraftGone or
    TooLate when the time for it is over.
    """
    check_open(intake, at=at)
    if saved is None:
        saved = answers_of(intake, purpose="save answers")
    written = values
    if join and values is not None:
        values = join(_standing(intake, page), values)
    is_sent = intake.status == Status.SUBMITTED
    if is_sent:
        somebody_is_there(intake, at=at)
        path = _replace(intake, page, values, saved, at=at)
        if is_urgent_alone(page, written, on=intake.office.today(at)):
            record("intake.urgent_told", intake, by="applicant", at=at, data={"page": page})
    else:
        path = _keep(intake, page, values, saved, at=at)
    if BY_KEY[page].names_people and not is_sent:
        wake(NAMES)
    return path


def _standing(intake: Intake, page: str) -> Values:
    """Open what stands on a page, and let nobody else write it before we have."""
    return _what_stands(intake, page, purpose="add to answer", lock=True)[0]


def _what_stands(
    intake: Intake, page: str, *, purpose: str, lock: bool = False
) -> tuple[Values, datetime | None]:
    """Return what stands on a page, kept under its own key or older ones, and since when."""
    model: Any = Narrative if BY_KEY[page].is_secret else Answer
    rows = model.objects.filter(intake=intake, page__in=keys_of(page))
    found = list(rows.select_for_update(of=("self",)) if lock else rows)
    opened = open_many(found, "value", purpose=purpose)
    values = current_answers({row.page: opened[row.pk].value for row in found}).get(page, {})
    return values, max((row.saved_at for row in found), default=None)


def _keep(intake: Intake, page: str, values: Values | None, saved: Saved, *, at: datetime) -> Path:
    """Keep a page of a draft; how urgent it is follows from the path."""
    if BY_KEY[page].is_secret:
        write_page(Narrative, intake, page, values or {}, at=at)
        values = None if values is None else {}  # that it was answered, and nothing of it
        path = walked(intake, saved.having(page, values, at=at), at=at)
    else:
        path = walked(intake, saved.having(page, values, at=at), at=at)
        _touch(intake, page, path, at=at)
    write_page(Answer, intake, page, REMOVED if values is None else values, at=at)
    return path


def _touch(intake: Intake, page: str, path: Path, *, at: datetime) -> None:
    """Note on a draft that it was worked on, and how urgent it is by now."""
    told = Told(path.values, on=intake.office.today(at))
    changes: dict[str, Any] = {"saved_at": at, "expires_at": at + intake.office.keeps_drafts}
    if BY_KEY[page].names_people:
        changes |= in_line(at)
    if page == "who_fills":
        changes["helped"] = told.through_helper
    urgent, may_reach = told.is_urgent, told.says("may_reach", "yes")
    if urgent != intake.urgent:
        changes |= {"urgent": urgent, "alerted_at": None}
    if may_reach != intake.may_reach:
        changes["may_reach"] = may_reach
    if not Intake.objects.filter(pk=intake.pk, status=Status.DRAFT).update(**changes):
        raise DraftGone
    intake.urgent, intake.may_reach = urgent, may_reach


def walked(intake: Intake, saved: Saved, *, at: datetime) -> Path:
    return walk(saved, on=intake.office.today(at), story_is_open=bool(intake.story_open_at))


def compare_draft(draft: Intake, *, at: datetime) -> None:
    """Have the names of a draft compared, which the worker does (work.py).

    Not in the request that saves a page: that stays as short for a page of names as for any other.
    """
    if draft.status == Status.DRAFT:
        path = walked(draft, answers_of(draft, purpose="conflict check"), at=at)
        compare_names(draft, path, live=False, at=at)


def compare_names(
    intake: Intake,
    path: Path,
    *,
    live: bool,
    replaced: Values | None = None,
    by: Any = "applicant",
    at: datetime,
) -> None:
    """Write the names down as parties and ask about them; of a sent form, those of `replaced` too."""
    kind = CheckKind.SUBMITTED if live else CheckKind.NAMES
    named = names_in(path.values)
    gone = None
    if replaced is not None:
        still, anew = {(name.role, name.name) for name in named}, {name.key for name in named}
        gone = [
            name for name in names_in(replaced) if name.key in anew and (name.role, name.name) not in still
        ]
    conflicts.note_applicant(intake.matter, named, replaced=gone, live=live, kind=kind, by=by, at=at)
    Intake.objects.filter(pk=intake.pk).update(**DONE)


def write_page(
    model: type[Answer] | type[Narrative],
    intake: Intake,
    page: str,
    values: Mapping[str, Any],
    *,
    at: datetime,
) -> None:
    """Insert a page's row or replace it, in one statement."""
    key = part_of(intake.matter_id, f"{model.__name__.lower()}:{page}")
    row = model(id=key, **intake.matter.columns, intake=intake, page=page, value=dict(values), saved_at=at)
    keep(row, "value", "saved_at")


def check_open(intake: Intake, *, at: datetime) -> None:
    """Refuse what comes too late to be kept: after 14 days, after a withdrawal, to a draft that is over."""
    if not may_change(intake, at=at):
        raise DraftGone if intake.status == Status.DRAFT else TooLate


def check_may_send(intake: Intake, *, at: datetime) -> None:
    """Refuse papers once the matter is over as far as its person was told; of a draft once that is over."""
    if not may_send(intake, at=at):
        raise DraftGone if intake.status == Status.DRAFT else Over


def may_send(intake: Intake, *, at: datetime) -> bool:
    """Tell whether papers may be sent: as long as the matter is open, not only while answers may change."""
    return may_change(intake, at=at) if intake.status == Status.DRAFT else not is_over(intake)


@transaction.atomic
def note_papers(intake: Intake, *, count: int, at: datetime) -> None:
    """Announce that papers came in after the form was sent."""
    record("intake.papers_sent", intake, by="applicant", at=at, data={"files": count})
    somebody_is_there(intake, at=at)


def may_change(intake: Intake, *, at: datetime) -> bool:
    """Tell whether an answer may still be added or replaced."""
    if intake.status == Status.SUBMITTED and intake.submitted_at:
        return at < intake.submitted_at + CHANGES
    return intake.status == Status.DRAFT and at < intake.expires_at


def _replace(intake: Intake, page: str, values: Values | None, saved: Saved, *, at: datetime) -> Path:
    """Put an answer in place of the one that was sent, which is kept; what was asked by then stays asked."""
    if not saved.asked:  # sent before this was kept
        saved = freeze(intake, walk(saved), at=at)
    if values is None and page not in saved.answers:
        return walked(intake, saved, at=at)  # there is nothing to take back
    before: Values = {}
    if BY_KEY[page].is_secret:
        _replace_secret(intake, page, values, at=at)
        values = None if values is None else {}
    else:
        before = _keep_earlier(intake, page, at=at)
    write_page(Answer, intake, page, REMOVED if values is None else values, at=at)
    record("intake.answer_replaced", intake, by="applicant", at=at, data={"page": page})
    path = walked(intake, saved.having(page, values, at=at), at=at)
    _tell_who(intake, page, path, before, at=at)
    return path


def _keep_earlier(intake: Intake, page: str, *, at: datetime) -> Values:
    """Keep what stood on a page beside what takes its place, and return it."""
    value, since = _what_stands(intake, page, purpose="replace answer")
    if value and since:
        EarlierAnswer.objects.create(
            **intake.matter.columns,
            intake=intake,
            page=page,
            value=value,
            saved_at=since,
            replaced_at=at,
        )
        return dict(value)
    return {}


def _tell_who(intake: Intake, page: str, path: Path, before: Values, *, at: datetime) -> None:
    """Carry a new answer about who somebody is to the conflict check."""
    if BY_KEY[page].names_people:
        compare_names(intake, path, live=True, replaced=before, at=at)
    if "a_number" in BY_KEY[page].form.questions():
        conflicts.note_a_number(intake.matter, path.values.get("a_number") or "", by="applicant", at=at)


def _replace_secret(intake: Intake, page: str, values: Values | None, *, at: datetime) -> None:
    """Keep an answer for the person and their attorney, and with it what stood there before."""
    before = dict(_standing(intake, page))
    earlier = before.pop("earlier", [])
    if before:
        earlier = [*earlier, {**before, "until": at.isoformat()}]
    kept = {"earlier": earlier} if earlier else {}
    write_page(Narrative, intake, page, {**(values or {}), **kept}, at=at)


def freeze(intake: Intake, path: Path, *, at: datetime) -> Saved:
    """Keep which pages were asked, sealed like an answer, and return what is saved with it."""
    asked = [page.key for page in path.pages]
    write_page(Answer, intake, ASKED, {"asked": asked}, at=at)
    return replace(path.saved, asked=frozenset(asked))


@transaction.atomic
def follow_answers(intake: Intake) -> None:
    """Let the person's own row say what their answers say by now; a name that was taken away stays.

    For a worker: a receipt opens no row of the person. How they are reached stays as it is: that is a wish,
    which staff confirm with them.
    """
    identity = identity_of(walk(answers_of(intake, purpose="follow answers")).values)
    if not any(identity[name] for name in NAME):
        identity = {field: value for field, value in identity.items() if field not in NAME}
    applicant = Applicant(pk=intake.applicant_id, **intake.matter.columns, **identity)
    applicant.save(force_update=True, update_fields=list(identity))


def identity_of(answers: Values) -> dict[str, Any]:
    """Return the person's own fields: who they are, as they say."""
    names = {name: answers.get(name) or "" for name in (*NAME, "other_names", "birth_date")}
    return {**names, "citizenship": answers.get("citizenship") or []}
