"""The names of a matter on its case page, and the cases on both sides of a pair."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cases.access import visible_to
from cases.models import Case
from conflicts.forms import FenceForm
from conflicts.models import CheckStatus, ConflictCheck, HitKind, Party, RingFence, SamePerson
from conflicts.queries import (
    CLEAR,
    UNCLEAR,
    LookedFor,
    a_number_of,
    checks_of,
    explained,
    looked_for,
    names_of,
    open_hits,
    pointers_of,
    waiting_checks,
)
from foundation.accounts.models import Office, User
from foundation.badges import Badge
from intake.questionnaire import fear
from intake.review import Section
from workspace.strip import standing_badge

SHOWN = 50


def cases_by_matter(user: User, files: Iterable[uuid.UUID]) -> dict[uuid.UUID, Case]:
    """Return {matter: case} of those cases that the person may see."""
    return {case.matter_id: case for case in visible_to(user).filter(matter_id__in=set(files))}


def colleagues(case: Case, user: User) -> QuerySet[User]:
    """Return whom someone may keep off a case: the office's people, never themselves."""
    return User.objects.filter(pk__in=case.office.memberships.values("user")).exclude(pk=user.pk)


@dataclass(frozen=True)
class KeptOff:
    """Somebody of the office who does not see a case; `fence` is the id of what keeps them off."""

    fence: uuid.UUID
    name: str


@dataclass(frozen=True)
class FenceCard:
    """Who is kept off one case."""

    case: uuid.UUID
    reference: str
    kept_off: list[KeptOff]


def fence_card(case: Case) -> FenceCard:
    """Return who is kept off a case."""
    fences = RingFence.objects.filter(matter_id=case.matter_id, lifted_at=None).select_related("user")
    return FenceCard(case.pk, case.reference, [KeptOff(fence.pk, fence.user.name) for fence in fences])


def fence_form(case: Case, user: User) -> FenceForm:
    """Return the empty form to keep somebody else off a case."""
    return FenceForm(people=colleagues(case, user), auto_id=f"fence_{case.pk}_%s")


@dataclass(frozen=True)
class PartyLine:
    """Somebody in a matter; `is_added`: by staff, who may take them off again."""

    id: uuid.UUID
    name: str
    role: str
    birth_date: str
    country: str
    is_added: bool


@dataclass(frozen=True)
class NamesCard:
    """How the names of a case stand, whose they are, and who is kept off it.

    `has_hits`: there is something to look at. `compared_at` is None until the first answer.
    """

    standing: Badge
    is_clear: bool
    has_hits: bool
    was_asked: bool
    compared_at: datetime | None
    parties: list[PartyLine]
    looked_for: list[LookedFor]
    a_number: str
    fence: FenceCard


def names_card(case: Case, *, standing: str, has_looked: bool) -> NamesCard:
    """Return what a case's tab of people shows about names; `standing` is how they stand.

    `has_looked`: a person decided about a name that cannot be compared.
    """
    check = checks_of(case.matter_id).first()
    return NamesCard(
        standing=standing_badge(standing),
        is_clear=standing == CLEAR,
        has_hits=standing in UNCLEAR,
        was_asked=check is not None,
        compared_at=check.answered_at if check else None,
        parties=_parties(case),
        looked_for=looked_for(case.matter_id) if has_looked else [],
        a_number=a_number_of(case.matter_id, purpose="case page"),
        fence=fence_card(case),
    )


def _parties(case: Case) -> list[PartyLine]:
    parties = list(Party.objects.filter(matter_id=case.matter_id, removed_at=None).order_by("number"))
    added = {party.pk for party in parties if not party.by_applicant}
    return [
        PartyLine(name.pk, name.name, str(name.role), name.birth_date, name.country, name.pk in added)
        for name in names_of(parties, purpose="case page").values()
    ]


@dataclass(frozen=True)
class Together:
    """Another matter of the same person; `kept`: this case goes on and the other is put away.

    `case` and `reference` are empty where the reader may not see the other case.
    """

    id: uuid.UUID
    kept: bool
    case: uuid.UUID | None
    reference: str


def together_of(case: Case, user: User) -> list[Together]:
    """Return the matters that were put together with this one."""
    pointers = list(pointers_of(case.matter_id))
    others = cases_by_matter(
        user, [f for pointer in pointers for f in (pointer.matter_id, pointer.other_matter_id)]
    )
    pairs = [(pointer, others.get(_other(pointer, case))) for pointer in pointers]
    return [
        Together(
            pointer.pk,
            pointer.matter_id == case.matter_id,
            other.pk if other else None,
            other.reference if other else "",
        )
        for pointer, other in pairs
    ]


def masked(number: str) -> str:
    """Return an A-Number of which only the end can be read: it opens the person's matter with the court."""
    return f"A ••• ••• {number[-3:]}" if number else ""


# Questions that ask for the story: nobody reads on while names are open.
STORY = {page.key for page in fear.SECTION.pages} | {"late_reason"}


def without_story(sections: Iterable[Section]) -> list[Section]:
    """Leave out the pages that ask for the story."""
    read = [(section, [row for row in section.rows if row.page.key not in STORY]) for section in sections]
    return [replace(section, rows=rows) for section, rows in read if rows]


def _other(pointer: SamePerson, case: Case) -> uuid.UUID:
    return pointer.other_matter_id if pointer.matter_id == case.matter_id else pointer.matter_id


@dataclass(frozen=True)
class CheckLine:
    """A conflict check that waits: for an answer, or (`is_unread`) for a person.

    `unopened` counts the names on file that did not open, and were compared with nothing.

    `case` and `reference` are empty where the matter has no case that the reader may see; `is_ours`: it is
    about the office's own people.
    """

    id: uuid.UUID
    kind: str
    asked_at: datetime
    case: uuid.UUID | None
    reference: str
    is_ours: bool
    is_unread: bool
    unopened: int


def names_page(user: User, office: Office) -> dict[str, list[Any]]:
    """Return what waits about names: checks, possible conflicts, likely duplicates; at most SHOWN of each."""
    checks = list(waiting_checks(user)[:SHOWN])
    hits = list(open_hits(user)[:SHOWN])
    twice = list(open_hits(user, HitKind.DUPLICATE)[:SHOWN])
    shown = explained([*hits, *twice], purpose="conflicts")
    cases = cases_by_matter(user, [check.matter_id for check in checks])
    return {
        "checks": [_check_line(line, cases.get(line.matter_id), office) for line in checks],
        "hits": [line for line in shown if line.hit.kind == HitKind.CONFLICT],
        "twice": [line for line in shown if line.hit.kind == HitKind.DUPLICATE],
    }


def _check_line(check: ConflictCheck, case: Case | None, office: Office) -> CheckLine:
    return CheckLine(
        check.pk,
        check.get_kind_display(),
        check.asked_at,
        case.pk if case else None,
        case.reference if case else "",
        check.matter_id == office.matter_id,
        check.status != CheckStatus.PENDING,
        check.unopened,
    )
