"""What practitioners do beside what they are offered: a small task, the board, hours they log."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from cases.models import Case
from casework import actions
from casework.models import SmallKind, WorkKind
from config.middleware import principal_of
from foundation.accounts.models import User
from foundation.database.principal import acting_as
from referrals import actions as referrals
from referrals.board import look_after_board
from referrals.board_queries import told_to
from referrals.models import Interest


def ask_small_help(case: Case, *, cora: User, at: datetime) -> None:
    """Ask whoever can for a translation and for the review of a declaration."""
    by: dict[str, Any] = {"days": 3, "by": cora, "at": at}
    today = case.office.today(at)
    papers: dict[str, Any] = {"kind": SmallKind.TRANSLATION, "language": "ara", "amount": 4}
    actions.ask_small_task(case, **papers, due_on=today + timedelta(days=9), **by)
    review: dict[str, Any] = {"kind": SmallKind.REVIEW, "language": "", "amount": 11}
    actions.ask_small_task(case, **review, due_on=today + timedelta(days=14), **by)


def log_some_hours(case: Case, *, ade: User, at: datetime) -> None:
    """Log what Ade worked on a case that he holds."""
    today = case.office.today(at)
    for back, minutes, kind in ((6, 90, WorkKind.TALKS), (4, 150, WorkKind.PAPERS), (1, 45, WorkKind.TRAVEL)):
        said: dict[str, Any] = {"day": today - timedelta(days=back), "minutes": minutes, "kind": kind}
        actions.log_hours(case, **said, by=ade, at=at)


def browse(*, bea: User, at: datetime) -> None:
    """Put on the board what waits; Bea asks for some: as herself, since the database looks at who asks."""
    look_after_board(at=at)
    who = principal_of(bea)
    if who is None:
        raise LookupError(bea)
    if Interest.objects.filter(practitioner__user=bea).exists():
        return
    with acting_as(who), transaction.atomic():
        waiting = [one for one in told_to(bea) if one.is_open]
        for one in waiting[:1]:
            referrals.say_interest(one.id, by=bea, at=at)
