from django.utils import timezone

from cases import actions
from cases.access import holders_of
from cases.models import Case, CaseAccess
from cases.queries import caseworkers_for
from foundation.events.ledger import on
from foundation.events.models import Event
from intake.models import Intake
from screening.models import Why


@on("intake.submitted", key="cases.open-case")
def open_case(event: Event) -> None:
    """Open the case of an intake that was handed in."""
    intake = Intake.objects.select_related("office", "applicant").get(pk=event.subject_id)
    actions.open_case(intake, by="system:open-case", at=timezone.now())


@on("accounts.user_disabled", key="cases.revoke-access-of-disabled")
def revoke_access_of_disabled(event: Event) -> None:
    """Take back every right to read a case from someone who was shut out."""
    for grant in CaseAccess.objects.filter(user_id=event.subject_id, revoked_at=None):
        actions.revoke_access(grant.case_id, user_id=grant.user_id, reason=grant.reason)


@on("cases.facts_changed", key="cases.rescreen-for-facts")
def rescreen_for_facts(event: Event) -> None:
    """Screen a case again after someone wrote down what it learned."""
    case = Case.objects.get(pk=event.subject_id)
    actions.rescreen_case(case, by="system:rescreen", at=timezone.now(), why=Why.FACTS)


@on("cases.band_raised", key="cases.tell-of-band")
def tell_of_band(event: Event) -> None:
    """Tell the caseworkers that a case became more urgent."""
    case = Case.objects.select_related("caseworker", "office").get(pk=event.subject_id)
    people = caseworkers_for(case)
    actions.tell_of(case, kind="band_raised", people=people, actor=event.actor, at=timezone.now())


@on("cases.dates_recounted", key="cases.tell-of-dates")
def tell_of_dates(event: Event) -> None:
    """Tell the caseworkers, and whoever holds the file, that dates are new, moved or gone."""
    case = Case.objects.select_related("caseworker", "office").get(pk=event.subject_id)
    people = [*caseworkers_for(case), *holders_of(case)]
    actions.tell_of(case, kind="dates_moved", people=people, actor=event.actor, at=timezone.now())
