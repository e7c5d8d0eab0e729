"""The staff's search: a name in any spelling or script, a phone, an e-mail, a receipt, a case.

What is looked for never stands in an address: it is posted, kept sealed for a few minutes, and found by id.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.models import Case, Status
from conflicts.models import ANumber, Party, PartyRole
from conflicts.queries import AlignedPart, names_of, parts_of
from conflicts.rules import UnusableName, analyse, compare
from conflicts.rules.a_numbers import is_a_number
from foundation.accounts.models import Role, User
from foundation.badges import Badge
from foundation.vault.blind import blind_index
from foundation.vault.opening import open_many
from intake.models import Intake
from intake.models import Status as IntakeStatus
from intake.queries import NAME, full_name
from intake.questionnaire.reading import digits_of
from notifications.models import Reach
from workspace.listing import people_of

SHOWN = 20
FLOOR = 0.3
LIKE, MOST = 0.6, 2000  # how like a name must be to be taken for it; of how many drafts one look is taken
RECEIPT = (8, 24)
REFERENCE = re.compile(r"^\s*([2-9A-Z]{4})[\s-]?([2-9A-Z]{4})\s*$", re.IGNORECASE)
# What may be a part: its beginning, from three signs on, or its second half, from three signs on.
BEGINNING = re.compile(r"^\s*([2-9A-Z]{3}|[2-9A-Z]{4}[\s-]?[2-9A-Z]{0,3})\s*$", re.IGNORECASE)
ENDING = re.compile(r"^\s*-?\s*([2-9A-Z]{3,4})\s*$", re.IGNORECASE)
SHORTEST = 3
LOWEST, HIGHEST = "2222-2222", "ZZZZ-ZZZZ"


@dataclass(frozen=True)
class Unsent:
    """A form that was not sent yet: only that there is one. Nothing of it is opened."""

    id: uuid.UUID
    begun: date


@dataclass(frozen=True)
class Result:
    """A case that was found, the person's name, and by what: words, or the parts of the names."""

    case: uuid.UUID
    reference: str
    status: Badge
    person: str
    by: Any
    parts: list[AlignedPart]


def _result(case: Case, person: str, by: Any, parts: list[AlignedPart]) -> Result:
    return Result(case.pk, case.reference, Status(case.status).badge, person, by, parts)


def unique(results: Iterable[Result]) -> list[Result]:
    """Keep the first result for each case."""
    first: dict[Any, Result] = {}
    for result in results:
        first.setdefault(result.case, result)
    return list(first.values())[:SHOWN]


def found_exactly(user: User, text: str) -> list[Result]:
    """Return the cases with this very reference, receipt number, phone or e-mail that the person may see."""
    cases = visible_to(user).select_related("applicant", "intake")
    matches = [(case, by) for by, condition in exact(text) for case in cases.filter(condition)[:SHOWN]]
    people = people_of([case for case, _by in matches], purpose="search")
    return [_result(case, people[case.pk], by, []) for case, by in matches]


def exact(text: str) -> list[tuple[Any, Q]]:
    """Return what a text may be other than a name: (in words, condition on a case)."""
    conditions: list[tuple[Any, Q]] = []
    digits = "".join(char for char in text if char.isdecimal())
    only_digits = not re.search(r"[^\d\s-]", text)
    if match := REFERENCE.match(text):
        conditions.append((_("case"), Q(reference=f"{match[1]}-{match[2]}".upper())))
    elif any(char.isdigit() for char in text) or len(text.strip()) > SHORTEST:  # three letters are a name
        conditions += [(_("part of the reference"), part) for part in parts_of_reference(text)]
    if len(digits) in RECEIPT and only_digits:  # the whole code, or the half that finds
        conditions.append((_("receipt"), Q(intake__locator=str(int(digits[:8])).zfill(8))))
    if is_a_number(text):
        numbers = ANumber.objects.filter(index=blind_index("a_number", text))
        conditions.append((_("A-Number"), Q(matter_id__in=numbers.values("matter_id"))))
    if "@" in text:
        conditions.append((_("e-mail"), _contact(email_index=[blind_index("email", text)])))
    if 7 <= len(digits) <= 15 and not re.search(r"[^\W\d_]", text):
        phones = [blind_index("phone", number) for number in (digits, f"1{digits}")]
        conditions.append((_("phone"), _contact(phone_index=phones)))
    return conditions


def parts_of_reference(text: str) -> list[Q]:
    """Return the conditions of references that begin with this, or whose second half does.

    Asked for as ranges: an index serves them under the row policies, which it does for no pattern.
    """
    found = []
    if match := BEGINNING.match(text):
        signs = re.sub(r"[\s-]", "", match[1]).upper()
        known = f"{signs[:4]}-{signs[4:]}" if len(signs) >= len("XXXX") else signs
        found.append(
            Q(reference__gte=known + LOWEST[len(known) :], reference__lte=known + HIGHEST[len(known) :])
        )
    if match := ENDING.match(text):
        known = match[1].upper()
        found.append(Q(reference_end__gte=known.ljust(4, "2"), reference_end__lte=known.ljust(4, "Z")))
    return found


def _contact(**indexes: list[bytes | None]) -> Q:
    where = {f"{name}__in": values for name, values in indexes.items()}
    people: QuerySet[Reach, Any] = Reach.objects.filter(**where)
    return Q(matter_id__in=people.values("matter_id"))


def found_by_name(user: User, answer: list[dict[str, Any]]) -> list[Result]:
    """Return the cases of parties the names worker found, those the person may see."""
    best: dict[uuid.UUID, dict[str, Any]] = {}
    for match in answer:
        best.setdefault(uuid.UUID(match["file"]), match)
    cases = {
        match.matter_id: match
        for match in visible_to(user).filter(matter_id__in=best).select_related("applicant")
    }
    people = people_of(cases.values(), purpose="search")
    parties = Party.objects.filter(pk__in=[best[matter_id]["party"] for matter_id in cases])
    names = names_of(list(parties), purpose="search")
    by_matter = {match.matter_id: match for match in names.values()}
    return [
        _result(
            cases[matter_id],
            people[cases[matter_id].pk],
            by_matter[matter_id].role,
            parts_of({"reasons": match["reasons"]}),
        )
        for matter_id, match in best.items()
        if matter_id in cases and matter_id in by_matter
    ]


def unsent(user: User, text: str, *, at: datetime) -> list[Unsent]:
    """Return the office's forms that were not sent with this receipt's first number, or of somebody so named.

    The names are compared here and shown to nobody: only that there is such a form, and since when. They are
    not among the names the names worker holds.
    """
    if not user.has_role(Role.CASEWORKER):
        return []
    drafts = Intake.objects.filter(office=user.office_id, status=IntakeStatus.DRAFT, expires_at__gt=at)
    typed = digits_of(text)
    by = Q(locator=typed[: RECEIPT[0]]) if len(typed) in RECEIPT else Q(matter_id__in=_named(drafts, text))
    found = drafts.filter(by).select_related("office").order_by("-saved_at")[:SHOWN]
    return [Unsent(draft.pk, draft.office.today(draft.created_at)) for draft in found]


def _named(drafts: QuerySet[Intake], text: str) -> set[uuid.UUID]:
    """Return the matters of drafts whose person has a name like this one."""
    try:
        wanted = analyse(text)
    except UnusableName:
        return set()
    theirs = Party.objects.filter(matter_id__in=drafts.values("matter_id"), live=False, removed_at=None)
    parties = list(theirs.filter(by_applicant=True)[:MOST])
    names = names_of(parties, purpose="lost receipt", shown=False)
    own = {str(PartyRole.APPLICANT.label), str(PartyRole.OTHER_NAME.label)}
    theirs_alone = [name for name in names.values() if str(name.role) in own]
    return {name.matter_id for name in theirs_alone if _is_like(wanted, name.name)}


def _is_like(wanted: Any, name: str) -> bool:
    try:
        return compare(wanted, analyse(name)).score >= LIKE
    except UnusableName:
        return False


def among_own(user: User, text: str) -> list[Result]:
    """Compare a name with the few people whose matters a practitioner has: nobody else is asked about."""
    try:
        wanted = analyse(text)
    except UnusableName:
        return []
    cases = list(visible_to(user).select_related("applicant")[:500])
    opened = open_many([case.applicant for case in cases], *NAME, purpose="search")
    results = []
    for case in cases:
        person = full_name(opened[case.applicant_id])
        try:
            comparison = compare(wanted, analyse(person))
        except UnusableName:
            continue
        if comparison.score >= FLOOR:
            parts = parts_of(comparison.as_dict())
            results.append((comparison.score, _result(case, person, _("Applicant"), parts)))
    return [result for _score, result in sorted(results, key=lambda scored: -scored[0])]
