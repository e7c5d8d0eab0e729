"""Who works on a case: taken, given to a colleague, or the next one that somebody can work on."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access import is_caseworker_of
from cases.codes import ALONE, CUSTODY, LANGUAGE, MINOR, code
from cases.ending import lock_open
from cases.models import Case, Skills, Trained, WaitsOn
from cases.queries import cases_of, caseworkers_of
from cases.triage import take_case
from conflicts.access import kept_off
from foundation.accounts.models import Office, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from intake.told import HELD
from notifications.actions import notify_user

# What a case has that asks for somebody trained: {training: codes of a case}.
ASKS = {
    Trained.HELD: [code(CUSTODY, held) for held in HELD],
    Trained.MINORS: [code(MINOR, "yes"), code(MINOR, ALONE)],
}


class NoCaseworker(Refused):
    message = _("Choose a caseworker of this office who can sign in.")


class KeptOffCase(Refused):
    message = _("This colleague is kept off this case.")


class NothingNext(Refused):
    status = 409
    message = _("Nothing waits that you can work on. What is left needs another language or training.")


@transaction.atomic
def assign_case(case: Case, *, to: User | None, by: User, at: datetime) -> bool:
    """Give an open case to a caseworker, or to nobody; tell whether anything changed.

    Raises Forbidden for whoever is no caseworker there, NoCaseworker, KeptOffCase, and CaseOver.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    if to and to not in caseworkers_of(case.office):
        raise NoCaseworker
    if to and kept_off(case.matter_id).filter(user=to).exists():
        raise KeptOffCase
    lock_open(case.pk)
    before = Case.objects.values_list("caseworker", flat=True).get(pk=case.pk)
    new = to.pk if to else None
    case.caseworker = to
    if before == new:
        return False
    Case.objects.filter(pk=case.pk).update(caseworker=new)
    record("cases.assigned", case, by=by, at=at, data={"from": before, "to": new})
    return True


def tell_assigned(to: User | None, *, by: User, link: str, at: datetime) -> None:
    """Tell a colleague, once for all of them, that cases were given to them."""
    if to and to != by:
        notify_user(to, kind="cases_handed_over", link=link, at=at)


@transaction.atomic
def take_next(*, by: User, at: datetime) -> Case:
    """Make somebody the caseworker of the most urgent case that waits for nobody's hands but theirs.

    Two who press at once are given two cases: a row that somebody else holds is left out. Raises NothingNext.
    """
    waiting = cases_for(by).select_for_update(skip_locked=True, of=("self",))
    case = waiting.order_by("urgency_place", "opened_at", "pk").first()
    if case is None:
        raise NothingNext
    take_case(case, by=by)
    return case


def cases_for(user: User) -> QuerySet[Case]:
    """Return the open cases nobody works on that somebody can: those for a colleague's skills are left out.

    A case whose language nobody speaks, or that nobody is trained for, is everybody's.
    """
    free = cases_of(user).filter(closed_at=None, caseworker_place=0, waits_on=WaitsOn.OFFICE)
    left = _for_others(user)
    return free.exclude(codes__overlap=left) if left else free


def _for_others(user: User) -> list[str]:
    """Return the codes of cases that ask for what a colleague can do and somebody said they cannot."""
    skills = {one.user_id: one for one in skills_of(user.office)} if user.office else {}
    mine = skills.pop(user.pk, None)
    if mine is None:
        return []
    spoken = {language for one in skills.values() for language in one.languages}
    trained = {each for one in skills.values() for each in one.trained_for}
    languages = sorted(spoken - set(mine.languages)) if mine.languages else []
    asked = [each for training, codes in ASKS.items() if training in trained for each in codes]
    can = [each for training in mine.trained_for for each in ASKS[Trained(training)]]
    return [*(code(LANGUAGE, each) for each in languages), *(each for each in asked if each not in can)]


def skills_of(office: Office) -> QuerySet[Skills]:
    """Return what the caseworkers of an office who can sign in can work on."""
    people = [user.pk for user in caseworkers_of(office)]
    return Skills.objects.filter(office=office, user__in=people).select_related("user")


@transaction.atomic
def set_skills(user: User, *, languages: list[str], trained_for: list[str], by: User, at: datetime) -> Skills:
    """Say what a caseworker can work on. Raises NoCaseworker."""
    office = by.office
    if office is None or user not in caseworkers_of(office):
        raise NoCaseworker
    said = {"languages": languages, "trained_for": trained_for, "said_by": by, "said_at": at}
    skills, _made = Skills.objects.update_or_create(office=office, user=user, defaults=said)
    record("cases.skills_set", skills, by=by, at=at)
    return skills
