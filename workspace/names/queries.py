"""The names of a matter on its case page, and the cases on both sides of a pair."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.models import Case
from cases.queries import names_standing
from conflicts.forms import ANumberForm, FenceForm, PartyForm
from conflicts.models import Party, RingFence, SamePerson
from conflicts.queries import a_number_of, checks_of, looked_for, names_of, pointers_of
from foundation.accounts.models import Role, User
from intake.flow import FLOW
from intake.review import Section

STANDINGS: dict[str, Any] = {
    "clear": ("good", "check"),
    "pending": ("warn", "clock"),
    "possible": ("warn", "alert"),
    "confirmed": ("bad", "alert"),
}


def cases_by_file(user: User, files: Iterable[uuid.UUID]) -> dict[uuid.UUID, Case]:
    """Return {file: case} of those cases that the person may see."""
    return {case.file_id: case for case in visible_to(user).filter(file_id__in=set(files))}


def standing_words(found: str) -> Any:
    return {
        "clear": _("Nothing found"),
        "pending": _("Not answered yet"),
        "possible": _("Possible conflict"),
        "confirmed": _("Conflict"),
    }[found]


def colleagues(case: Case, user: User) -> QuerySet[User]:
    """Return whom someone may keep off a case: the office's people, never themselves."""
    return User.objects.filter(pk__in=case.office.memberships.values("user")).exclude(pk=user.pk)


def fence_part(case: Case, user: User) -> dict[str, Any]:
    """Return who is kept off a case, and the form to keep off someone else."""
    fences = RingFence.objects.filter(file_id=case.file_id, lifted_at=None).select_related("user")
    form = FenceForm(people=colleagues(case, user), auto_id=f"fence_{case.pk}_%s")
    return {"case": case, "fences": fences, "form": form}


def names_card(case: Case, user: User) -> dict[str, Any]:
    """Return what the case page shows about names to the office's staff; nothing to others."""
    if not user.has_role(Role.CASEWORKER, Role.ADMINISTRATOR):
        return {}
    found = names_standing(case)
    parties = list(Party.objects.filter(file_id=case.file_id, removed_at=None).order_by("number"))
    added = {party.pk for party in parties if not party.by_applicant}
    pointers = list(pointers_of(case.file_id))
    others = cases_by_file(user, [f for one in pointers for f in (one.file_id, one.other_file_id)])
    return {
        "names_standing": found,
        "names_words": standing_words(found),
        "names_look": STANDINGS[found],
        "names_check": checks_of(case.file_id).first(),
        "parties": [(one, one.pk in added) for one in names_of(parties, purpose="case page").values()],
        "looked_for": looked_for(case.file_id),
        "a_number": masked(a_number_of(case.file_id, purpose="case page")),
        "a_number_form": ANumberForm(),
        "party_form": PartyForm(),
        "fence_part": fence_part(case, user),
        "together": [
            {"same": one, "kept": one.file_id == case.file_id, "case": others.get(_other(one, case))}
            for one in pointers
        ],
    }


def masked(number: str) -> str:
    """Return an A-Number of which only the end can be read: it opens the person's file with the court."""
    return f"A ••• ••• {number[-3:]}" if number else ""


# Questions that ask for the story: nobody reads on while names are open.
STORY = {page.key for page in FLOW if page.section == "F"} | {"late_reason"}


def without_story(sections: Iterable[Section]) -> list[Section]:
    """Leave out the pages that ask for the story."""
    read = [(one, [row for row in one.rows if row.page.key not in STORY]) for one in sections]
    return [replace(one, rows=rows) for one, rows in read if rows]


def _other(one: SamePerson, case: Case) -> uuid.UUID:
    return one.other_file_id if one.file_id == case.file_id else one.file_id
