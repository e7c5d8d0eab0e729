"""The law files as their page shows them: every row, who checked it, and what is due for a look."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.data import Rule, Watched, deadline_rules, law_watch
from cases.law import is_law_reader, latest_checks
from cases.models import LawCheck, LawReader
from cases.words import CONFIDENCE, DEADLINES
from foundation.accounts.models import Office, Role, User
from foundation.badges import BAD, GOOD, WARN, Badge

# A check older than this many days is due again: the law moved four times in 2026 alone (office policy).
FRESH = dt.timedelta(days=183)


@dataclass(frozen=True)
class LawRow:
    """One row: what it says, how sure the file is, who looked at it last and what they found."""

    key: str
    name: str
    counting: str
    citation: str
    source: str
    confidence: str
    checked_on: dt.date | None
    checked_by: str
    against: str
    state: Badge
    is_due: bool


@dataclass(frozen=True)
class LawPage:
    """What the page of the law files shows one reader; `readers` are those named to check."""

    rows: list[LawRow]
    due: int
    watch: tuple[Watched, ...]
    readers: list[LawReader]
    may_check: bool
    may_name: bool


def law_page(user: User, office: Office, *, today: dt.date) -> LawPage:
    """Return the law files with this office's checks laid over the files' own, those due first."""
    checks = latest_checks(office)
    rows = [_row(rule, checks.get(key), today) for key, rule in deadline_rules().items()]
    named = LawReader.objects.filter(office=office, ended_at=None).select_related("user")
    return LawPage(
        rows=sorted(rows, key=lambda row: (not row.is_due, row.name)),
        due=sum(row.is_due for row in rows),
        watch=law_watch(),
        readers=list(named),
        may_check=is_law_reader(user),
        may_name=user.has_role(Role.ADMINISTRATOR),
    )


def _row(rule: Rule, check: LawCheck | None, today: dt.date) -> LawRow:
    on = check.checked_on if check else rule.checked.on if rule.checked else None
    wrong = bool(check and not check.still_right)
    is_due = wrong or on is None or on + FRESH < today
    return LawRow(
        key=rule.key,
        name=str(DEADLINES.get(rule.key, rule.name)),
        counting=rule.counting,
        citation=rule.citation,
        source=rule.source,
        confidence=str(CONFIDENCE.get(rule.confidence, rule.confidence)),
        checked_on=on,
        checked_by=check.checked_by.name if check else rule.checked.by if rule.checked else "",
        against=check.against if check else rule.checked.against if rule.checked else "",
        state=_state(wrong=wrong, on=on, is_due=is_due),
        is_due=is_due,
    )


def _state(*, wrong: bool, on: dt.date | None, is_due: bool) -> Badge:
    if wrong:
        return Badge(_("must be changed"), BAD, "alert")
    if on is None:
        return Badge(_("not checked"), WARN, "alert")
    return Badge(_("due again"), WARN, "clock") if is_due else Badge(_("checked"), GOOD, "check")


def nameable(office: Office) -> QuerySet[User]:
    """Return the attorneys of an office who are not named yet."""
    named = LawReader.objects.filter(office=office, ended_at=None).values("user")
    members = office.memberships.filter(roles__contains=[Role.ATTORNEY], user__is_active=True).values("user")
    return User.objects.filter(pk__in=members).exclude(pk__in=named).order_by("name")
