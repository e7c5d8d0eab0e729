"""Somebody of a family gets a matter of their own, or is linked with the one they have, or taken apart."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access import is_caseworker_of, visible_to
from cases.models import Case, FamilyLink
from conflicts import actions as conflicts
from conflicts.models import CheckKind, Party, PartyRole, RingFence
from foundation.accounts.matters import Matter
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.vault.opening import open_one
from intake.models import Intake
from intake.queries import NAME, as_uuid, full_name

PURPOSE = "family"


class AlreadyLinked(Refused):
    status = 409
    message = _("These two cases are linked already.")


class LinkGone(Refused):
    status = 409
    message = _("Somebody took these two apart, or changed this, meanwhile.")


class NotTwo(Refused):
    message = _("This is the same case. Name the case that the other person has.")


def links_of(matter_id: uuid.UUID) -> QuerySet[FamilyLink]:
    """Return the live links of a matter, from either side, as far as whoever is bound may see both."""
    both = Q(matter_id=matter_id) | Q(other_matter_id=matter_id)
    return FamilyLink.objects.filter(both, undone_at=None).select_related("case__office").order_by("made_at")


def own_form_of(user: User, text: str) -> FamilyLink | None:
    """Return the link of somebody split off whose form is still to begin, by its id as an address has it."""
    pk = as_uuid(text)
    waiting = FamilyLink.objects.select_related("case").filter(undone_at=None, begun_at=None, clashes=True)
    return waiting.filter(pk=pk, case__in=visible_to(user)).first() if pk else None


@transaction.atomic
def link_family(
    case: Case, *, other: Case, role: str, name: str = "", born: str = "", by: User, at: datetime
) -> FamilyLink:
    """Link a case with that of somebody who was named in it; both sides' names are compared anew.

    `name` is how they are named there, empty for somebody the form does not name. Raises Forbidden for
    whoever does not work on both; NotTwo; AlreadyLinked.
    """
    _check(by, case, other)
    if case.pk == other.pk:
        raise NotTwo
    list(Case.objects.select_for_update().filter(pk__in=(case.pk, other.pk)).order_by("pk").values("pk"))
    if links_of(case.matter_id).filter(Q(matter_id=other.matter_id) | Q(other_matter_id=other.matter_id)):
        raise AlreadyLinked
    details = {"name": name or _named(other)["name"], "role": role, "birth_date": born}
    link = _make(case, other.matter_id, details, by=by, at=at)
    _record("cases.family_linked", link, by=by, at=at)
    _compare(case.matter, other.matter, by=by, at=at)
    return link


@transaction.atomic
def split_family(
    case: Case, *, name: str, role: str, born: str = "", why: str, by: User, at: datetime
) -> FamilyLink:
    """Note that somebody of a family is to have a matter of their own, since interests clash.

    Nothing that was told is copied: their own form asks them. They stand on the other side of this case from
    now on. Raises Forbidden for whoever does not work on it; AlreadyLinked for somebody who was split off;
    NotAName for a name without a word to compare.
    """
    _check(by, case)
    list(Case.objects.select_for_update().filter(pk=case.pk).values("pk"))
    for known in links_of(case.matter_id).filter(matter_id=case.matter_id):
        if open_one(known, "details", purpose=PURPOSE).details["name"] == name:
            raise AlreadyLinked
    ours = _across(case.matter, {"name": name, "birth_date": born}, by=by, at=at)
    details = {"name": name, "role": role, "birth_date": born, "parties": [str(ours.pk)]}
    link = _make(case, uuid.uuid4(), details, clashes=True, why=why, by=by, at=at)
    record("cases.family_split", link, by=by, at=at)
    return link


@transaction.atomic
def begin_own_form(intake: Intake, *, by: User, at: datetime) -> FamilyLink | None:
    """Note that the form of somebody who is split off was begun; None where it is nobody's.

    Whom they were named by stands on the other side of their matter, and whoever is kept off the one is
    kept off the other. Raises Forbidden for whoever does not work on both; NotAName and OwnFence never.
    """
    waiting = FamilyLink.objects.select_related("case__office").filter(undone_at=None, begun_at=None)
    link = waiting.filter(other_matter_id=intake.matter_id).first()
    if link is None:
        return None
    _check(by, link.case)
    _write_other_side(link, intake.matter, by=by, at=at)
    for fence in RingFence.objects.filter(matter_id=link.matter_id, lifted_at=None).select_related("user"):
        if fence.user.office and fence.user.office.pk == intake.office_id:  # others see neither
            conflicts.fence(intake.matter_id, user=fence.user, office_id=intake.office_id, by=by, at=at)
    return link


@transaction.atomic
def set_apart(link: FamilyLink, *, why: str, by: User, at: datetime) -> None:
    """Note that the interests of two who are linked clash: each stands on the other side of the other.

    Raises Forbidden for whoever does not work on both; LinkGone where it was undone or is so already;
    NotAName never.
    """
    other = Case.objects.filter(matter_id=link.other_matter_id).first()
    if other is None:
        raise LinkGone
    _check(by, link.case, other)
    _hold(link, clashes=False)
    kept = open_one(link, "details", purpose=PURPOSE).details
    ours = _across(link.matter, _named(other), by=by, at=at)
    link.details = kept | {"parties": [str(ours.pk)]}
    link.clashes, link.why = True, why
    link.save(update_fields=["clashes", "why", "details"])
    _write_other_side(link, other.matter, by=by, at=at)


@transaction.atomic
def unlink_family(link: FamilyLink, *, why: str, by: User, at: datetime) -> None:
    """Take two cases of a family apart again; what was written on the other sides goes, and is on record.

    Raises Forbidden for whoever does not work on both; LinkGone where somebody did it before.
    """
    _check(by, link.case, *Case.objects.filter(matter_id=link.other_matter_id))
    _hold(link)
    parties = open_one(link, "details", purpose=PURPOSE).details.get("parties", [])
    link.undone_by, link.undone_at, link.why_undone = by, at, why
    link.save(update_fields=["undone_by", "undone_at", "why_undone"])
    _record("cases.family_unlinked", link, by=by, at=at)
    for party in Party.objects.filter(pk__in=parties, removed_at=None):
        conflicts.remove_party(party, by=by, at=at)  # which has the names compared again
    if not parties:
        _compare(link.matter, Matter(link.other_matter_id, link.office_id), by=by, at=at)


def _check(by: User, *cases: Case) -> None:
    """Raise Forbidden unless somebody works on each of these cases."""
    for case in cases:
        if not is_caseworker_of(by, case) or not visible_to(by).filter(pk=case.pk).exists():
            raise Forbidden


def _hold(link: FamilyLink, **as_read: Any) -> None:
    """Lock a link until the transaction ends. Raises LinkGone where it is not as it was read."""
    live = FamilyLink.objects.select_for_update(of=("self",)).filter(pk=link.pk, undone_at=None, **as_read)
    if not live.exists():
        raise LinkGone


def _make(case: Case, other: uuid.UUID, details: Mapping[str, Any], **more: Any) -> FamilyLink:
    by, at = more.pop("by"), more.pop("at")
    made = FamilyLink(
        **case.matter.columns,
        case=case,
        other_matter_id=other,
        details=details,
        made_by=by,
        made_at=at,
        **more,
    )
    made.save(force_insert=True)
    return made


def _write_other_side(link: FamilyLink, other: Matter, *, by: User, at: datetime) -> None:
    """Write down in the other matter who stands against its person, and note that both sides stand."""
    kept = open_one(link, "details", purpose=PURPOSE).details
    theirs = _across(other, _named(link.case), by=by, at=at)
    link.details, link.begun_at = kept | {"parties": [*kept["parties"], str(theirs.pk)]}, at
    link.save(update_fields=["details", "begun_at"])
    _record("cases.family_clashed", link, by=by, at=at)


def _across(matter: Matter, person: Mapping[str, str], *, by: User, at: datetime) -> Party:
    """Write somebody down as the other side of a matter; their name is compared at once."""
    named = {"name": person["name"], "birth_date": person.get("birth_date", "")}
    return conflicts.add_party(matter, role=PartyRole.OPPOSING, **named, by=by, at=at)


def _named(case: Case) -> dict[str, str]:
    identity = open_one(case.applicant, *NAME, "birth_date", purpose=PURPOSE)
    return {"name": full_name(identity), "birth_date": identity.birth_date or ""}


def _compare(*matters: Matter, by: User, at: datetime) -> None:
    """Have the names of these matters compared again."""
    for matter in matters:
        conflicts.check_again(matter, kind=CheckKind.DEMAND, by=by, at=at)


def _record(event: str, link: FamilyLink, *, by: User, at: datetime) -> None:
    """Put what happened on the ledger under both matters: each has its own history."""
    beside = FamilyLink(id=link.pk, office_id=link.office_id, matter_id=link.other_matter_id)
    for subject, other in ((link, link.other_matter_id), (beside, link.matter_id)):
        record(event, subject, by=by, at=at, data={"other_file": str(other)})
