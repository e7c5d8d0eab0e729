"""One thing done to many cases: each alone, so that one that cannot be done keeps no other from it.

Doing it again does what was left: a case that has it already is passed over.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from cases.assigning import assign_case, tell_assigned
from cases.models import Case, ListChange, ListChangeKind, Tag
from cases.queries import cases_of
from cases.tagging import tag_case, untag_case
from foundation.accounts.models import Office, User
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden, Refused

MOST = 100  # cases at once: what somebody can read through before they confirm


@dataclass
class Done:
    """What came of it: the cases that changed, those that were so already, and those refused, with why."""

    changed: list[Case] = field(default_factory=list)
    already: list[Case] = field(default_factory=list)
    refused: list[tuple[Case, str]] = field(default_factory=list)
    change: ListChange | None = None


def for_each(cases: Iterable[Case], do: Callable[[Case], Any]) -> Done:
    """Do one thing to each case; `do` returns False where there was nothing to do. Never raises Refused."""
    done = Done()
    for case in cases:
        try:
            with transaction.atomic():
                changed = do(case)
        except Refused as refused:
            done.refused.append((case, str(refused)))
        else:
            (done.already if changed is False else done.changed).append(case)
    return done


@transaction.atomic
def assign_many(cases: Iterable[Case], *, to: User | None, link: str, by: User, at: datetime) -> Done:
    """Give cases to a caseworker, or to nobody; what changed can be taken back as a whole."""
    listed = list(cases)
    before = {str(case.pk): case.caseworker_id for case in listed}
    done = for_each(listed, partial(assign_case, to=to, by=by, at=at))
    if done.changed:
        kept = {str(case.pk): before[str(case.pk)] for case in done.changed}
        done.change = _keep(
            ListChangeKind.ASSIGN, kept, office=done.changed[0].office, by=by, at=at, worker=to
        )
        tell_assigned(to, by=by, link=link, at=at)
    return done


@transaction.atomic
def tag_many(cases: Iterable[Case], *, tag: Tag, by: User, at: datetime) -> Done:
    """Mark cases with a tag; what changed can be taken back as a whole."""
    done = for_each(cases, partial(tag_case, tag=tag, by=by, at=at))
    if done.changed:
        kept = {str(case.pk): None for case in done.changed}
        done.change = _keep(ListChangeKind.TAG, kept, office=tag.office, by=by, at=at, tag=tag)
    return done


def _keep(
    kind: str, before: dict[str, Any], *, office: Office, by: User, at: datetime, **what: Any
) -> ListChange:
    change = ListChange.objects.create(
        office=office, kind=kind, before=before, done_by=by, done_at=at, **what
    )
    record("cases.list_changed", change, by=by, at=at, data={"kind": kind, "cases": len(before)})
    return change


@transaction.atomic
def undo_change(change: ListChange, *, by: User, at: datetime) -> Done:
    """Take back what was done to many cases, where nobody changed it since.

    Raises Forbidden for anybody else than who did it, Stale where it was taken back already.
    """
    if change.done_by_id != by.pk:
        raise Forbidden
    if not ListChange.objects.filter(pk=change.pk, undone_at=None).update(undone_at=at):
        raise Stale
    cases = cases_of(by).filter(pk__in=change.before).select_related("office")
    done = for_each(cases, partial(_undo_one, change=change, by=by, at=at))
    record("cases.list_change_undone", change, by=by, at=at, data={"cases": len(done.changed)})
    return done


def _undo_one(case: Case, *, change: ListChange, by: User, at: datetime) -> bool:
    """Raises what giving or untagging a case raises: Forbidden, NoCaseworker, KeptOffCase, CaseOver."""
    if change.tag:
        return untag_case(case, tag=change.tag, by=by, at=at)
    if case.caseworker_id != change.worker_id:
        return False  # somebody gave it on since: theirs counts
    before = change.before[str(case.pk)]
    to = User.objects.filter(pk=before).first() if before else None
    return assign_case(case, to=to, by=by, at=at)
