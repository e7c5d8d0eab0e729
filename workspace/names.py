"""The names of a matter on its case page, and the cases on both sides of a pair."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.models import Case
from conflicts.forms import FenceForm, PartyForm
from conflicts.models import Party, RingFence, SamePerson
from conflicts.queries import checks_of, names_of, pointers_of, standing
from foundation.accounts.models import Role, User

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


def names_card(case: Case, user: User) -> dict[str, Any]:
    """Return what the case page shows about names to the office's staff; nothing to others."""
    if not user.has_role(Role.CASEWORKER, Role.ADMINISTRATOR):
        return {}
    found = standing(case.file_id)
    parties = list(Party.objects.filter(file_id=case.file_id, removed_at=None).order_by("number"))
    people = User.objects.filter(pk__in=case.office.memberships.values("user")).exclude(pk=user.pk)
    pointers = list(pointers_of(case.file_id))
    others = cases_by_file(user, [f for one in pointers for f in (one.file_id, one.other_file_id)])
    return {
        "names_standing": found,
        "names_words": standing_words(found),
        "names_look": STANDINGS[found],
        "names_check": checks_of(case.file_id).first(),
        "parties": names_of(parties, purpose="case page").values(),
        "party_form": PartyForm(),
        "fence_form": FenceForm(people=people),
        "fences": RingFence.objects.filter(file_id=case.file_id, lifted_at=None).select_related("user"),
        "together": [
            {"same": one, "kept": one.file_id == case.file_id, "case": others.get(_other(one, case))}
            for one in pointers
        ],
    }


def _other(one: SamePerson, case: Case) -> uuid.UUID:
    return one.other_file_id if one.file_id == case.file_id else one.file_id
