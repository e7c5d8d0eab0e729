"""For what a lawyer is engaged, where the signed letter is, by which forms they said so to whom."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.files.models import Upload
from foundation.refused import Forbidden, Refused
from referrals.access import is_caseworker_of
from referrals.engagements import OfferOver
from referrals.models import Appearance, AppearanceForm, AppearanceState, Assignment, LetterHow

FILED = (AppearanceState.FILED, AppearanceState.ACCEPTED)


class NoLetter(Refused):
    message = _("Choose the file of the signed letter, or say that it was signed on paper.")


class BadFilingDay(Refused):
    message = _("A form cannot be filed in the future; what was filed needs its day.")


@transaction.atomic
def keep_terms(
    assignment: Assignment,
    *,
    scope: str,
    letter_how: str,
    letter: UUID | None,
    forms: Mapping[str, tuple[str, date | None]],
    by: User,
    at: datetime,
) -> None:
    """Say for what somebody is engaged, where the letter is, and how each form of appearance stands.

    `forms`: {form: (state, day of filing)}; one without a state is left as it is.
    Raises Forbidden for anybody but whoever holds the case; OfferOver where it ended; CaseOver; NoLetter
    for a file that is none of the case; BadFilingDay.
    """
    if assignment.user_id != by.pk:
        raise Forbidden
    cases.lock_open(assignment.case_id)
    live = Assignment.objects.filter(pk=assignment.pk, ended_at=None)
    kept = _letter(assignment, letter_how, letter)
    if not live.update(scope=scope, letter_how=letter_how, letter=kept):
        raise OfferOver(_("This assignment has already ended."))
    assignment.scope, assignment.letter_how, assignment.letter = scope, letter_how, kept
    for form, (state, day) in forms.items():
        if state:
            _keep_form(assignment, AppearanceForm(form), AppearanceState(state), day, by=by, at=at)
    data = {"case": str(assignment.case_id), "scope": scope, "letter": letter_how}
    record("referrals.terms_kept", assignment, by=by, at=at, data=data)


def _letter(assignment: Assignment, how: str, letter: UUID | None) -> Upload | None:
    """Return the file of the letter, where it is one of the matter. Raises NoLetter."""
    if how != LetterHow.FILE:
        return None
    found = Upload.objects.filter(pk=letter, matter_id=assignment.matter_id).first() if letter else None
    if found is None:
        raise NoLetter
    return found


def _keep_form(
    assignment: Assignment,
    form: AppearanceForm,
    state: AppearanceState,
    day: date | None,
    *,
    by: User,
    at: datetime,
) -> None:
    filed_on = day if state in FILED else None
    if (state in FILED and filed_on is None) or (filed_on and filed_on > assignment.office.today(at)):
        raise BadFilingDay
    says = {"state": state, "filed_on": filed_on, "noted_by": by, "noted_at": at}
    rows = Appearance.objects.filter(assignment=assignment, form=form)
    if rows.filter(state=state, filed_on=filed_on).exists():
        return
    if not rows.update(**says):
        Appearance.objects.create(
            **assignment.matter.columns, user=assignment.user, assignment=assignment, form=form, **says
        )
    data = {"case": str(assignment.case_id), "form": str(form), "state": str(state)}
    record("referrals.appearance_noted", assignment, by=by, at=at, data=data)


@transaction.atomic
def note_papers_back(assignment: Assignment, *, papers_back: str, by: User, at: datetime) -> None:
    """Note what became of the person's papers after their lawyer left.

    Raises Forbidden for whoever is no caseworker of the case; OfferOver while the lawyer holds it.
    """
    if not is_caseworker_of(by, assignment.case):
        raise Forbidden
    ended = Assignment.objects.filter(pk=assignment.pk, ended_at__isnull=False)
    if not ended.update(papers_back=papers_back):
        raise OfferOver(_("A lawyer holds this case: they say it when they give it back."))
    data = {"case": str(assignment.case_id), "papers": papers_back}
    record("referrals.papers_noted", assignment, by=by, at=at, data=data)
