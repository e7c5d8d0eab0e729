"""Everything the case page shows, gathered from the apps below."""

from datetime import datetime
from typing import Any

from cases.access import may_triage
from cases.forms import DeclineCaseForm, NoteForm, TriageForm
from cases.models import Case, Status
from evidence.access import may_cite
from evidence.queries import cited_points
from foundation.accounts.models import Role, User
from foundation.events.queries import history_of
from intake.queries import answers_of, safe_contact_of
from intake.review import review_of
from referrals.access import may_refer
from referrals.forms import EngagementForm, ReferForm, ReferOutForm
from referrals.queries import live_assignment, live_referral, open_offer, practitioners_for
from screening.codes import finding_words, gate_words
from screening.queries import latest_screening
from workspace.ledger import entries


def case_page(case: Case, *, user: Any, at: datetime) -> dict[str, Any]:
    """Return the case page's context for one reader; what they may not do is not offered."""
    screening = latest_screening(case.intake)
    referral = live_referral(case)
    offer = open_offer(referral) if referral else None
    assignment = live_assignment(case)
    is_caseworker = user.has_role(Role.CASEWORKER)
    return {
        "case": case,
        "applicant": case.applicant,
        "contact": safe_contact_of(case.applicant),
        "screening": screening,
        "findings": finding_words(screening.findings.all()),
        "gates": gate_words(screening.gates),
        "overrides": screening.overrides.select_related("decided_by"),
        "deadlines": case.deadlines.all(),
        "notes": case.notes.select_related("author"),
        "sections": review_of(answers_of(case.intake)),
        "history": entries(history_of(case, *filter(None, [referral, offer, assignment, screening]))),
        "referral": referral,
        "offer": offer,
        "assignment": assignment,
        "points": cited_points(case),
        "today": case.office.today(at),
        "can_triage": may_triage(user, case),
        "can_cite": may_cite(user, case),
        "can_engage": bool(assignment and not assignment.engaged_on)
        and not user.has_role(Role.ADMINISTRATOR),
        "can_release": bool(assignment) and not user.has_role(Role.ADMINISTRATOR),
        "note_form": NoteForm(),
        "engagement_form": EngagementForm(initial={"signed_on": case.office.today(at)}),
        **(_caseworker_parts(case, screening, referral, offer, user) if is_caseworker else {}),
    }


def _caseworker_parts(case: Case, screening: Any, referral: Any, offer: Any, user: User) -> dict[str, Any]:
    """Return the forms only a caseworker is offered."""
    initial = {"outcome": screening.outcome, "track": case.track, "band": case.band}
    can_refer = may_refer(user, case) and bool(case.triaged_at) and referral is None
    return {
        "triage_form": TriageForm(initial=initial),
        "decline_form": DeclineCaseForm(),
        "refer_form": ReferForm(office=case.office),
        "refer_out_form": ReferOutForm(),
        "can_refer": can_refer,
        "can_refer_out": referral is None and case.status in (Status.IN_TRIAGE, Status.SEEKING_COUNSEL),
        "choices": practitioners_for(case) if referral and not offer and referral.status == "queued" else [],
    }
