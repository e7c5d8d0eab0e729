"""Everything the case page shows, gathered from the apps below."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cases.access import may_triage
from cases.forms import DeclineCaseForm, NoteForm, TriageForm
from cases.models import Case, Status
from conflicts.queries import CLEAR
from evidence.access import may_cite
from evidence.queries import cited_points
from foundation.accounts.models import Role, User
from foundation.events.queries import history_of
from foundation.files.uploads import uploads_of
from foundation.vault.opening import open_many, open_record
from intake.flow import BY_KEY
from intake.models import Request
from intake.queries import (
    NAME,
    answers_of,
    full_name,
    narrative_of,
    open_requests,
    replaced_answers,
    safe_contact_of,
)
from intake.review import own_words, review_of, words_of
from intake.sheet import Sheet
from intake.words import WAYS
from referrals.access import may_refer
from referrals.forms import EngagementForm, ReferForm, ReferOutForm
from referrals.queries import live_assignment, live_referral, open_offer, practitioners_for
from screening.codes import FindingWords, finding_words, gate_words
from screening.models import Screening
from screening.queries import latest_screening
from workspace.dates.queries import dates_of
from workspace.history.queries import entries
from workspace.names.queries import STORY, names_card, without_story
from workspace.screenings.queries import reviews_of


@dataclass(frozen=True)
class Contact:
    """How to reach someone safely, opened and in words for staff."""

    ways: list[str]
    phone: str
    email: str
    safe_times: str
    through: str
    may_leave_message: bool


def contact_of(case: Case) -> Contact | None:
    """Open how the person of a case may be reached."""
    contact = safe_contact_of(case.applicant_id)
    if contact is None:
        return None
    opened = open_record(contact, purpose="case page")
    ways = [str(WAYS.get(channel, channel)) for channel in opened.channels]
    return Contact(
        ways, opened.phone, opened.email, opened.safe_times, opened.through, contact.may_leave_message
    )


@dataclass(frozen=True)
class Written:
    """A note a person wrote, opened."""

    text: str
    author: str
    written_at: datetime


def notes_of(case: Case) -> list[Written]:
    """Open a case's notes, newest first."""
    notes = list(case.notes.select_related("author"))
    opened = open_many(notes, "text", purpose="case page")
    return [Written(opened[note.pk].text, note.author.name, note.written_at) for note in notes]


def findings_of(screening: Screening) -> list[FindingWords]:
    """Open what a screening's findings used, and put them into words."""
    found = list(screening.findings.all())
    opened = open_many(found, "inputs", purpose="case page")
    return finding_words((finding, opened[finding.pk].inputs) for finding in found)


def case_page(case: Case, *, user: Any, at: datetime) -> dict[str, Any]:
    """Return the case page's context for one reader; what they may not do is not offered."""
    screening = latest_screening(case.intake)
    identity = open_record(case.applicant, *NAME, purpose="case page")
    referral = live_referral(case)
    offer = open_offer(referral) if referral else None
    assignment = live_assignment(case)
    is_caseworker = user.has_role(Role.CASEWORKER)
    names = names_card(case, user)
    held = names.get("names_standing", CLEAR) != CLEAR
    return {
        "case": case,
        "person": full_name(identity),
        "contact": contact_of(case),
        "screening": screening,
        "findings": findings_of(screening),
        "gates": gate_words(screening.gates),
        "reviews": reviews_of(screening),
        "deadlines": [one for one in dates_of(case, purpose="case page") if one.is_live],
        "notes": notes_of(case),
        **form_parts(case, user=user, held=held),
        "history": entries(history_of(case, *filter(None, [referral, offer, assignment, screening]))),
        "referral": referral,
        "offer": offer,
        "assignment": assignment,
        "points": cited_points(case),
        **names,
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


def form_parts(case: Case, *, user: Any, held: bool) -> dict[str, Any]:
    """Return what the person's form shows this reader: answers, what was replaced, what is asked for.

    `held`: nobody reads on while names are open.
    """
    intake = case.intake
    sheet = Sheet(intake, answers_of(intake, purpose="case page"), case.office.today(timezone.now()))
    reads_on = user.has_role(Role.ATTORNEY) and not held
    narrative = narrative_of(intake, purpose="case page") if reads_on else {}
    return {
        "sections": without_story(review_of(sheet)) if held else review_of(sheet),
        "story_held": held,
        "own_words": [pair for key, value in narrative.items() for pair in own_words(BY_KEY[key], value)],
        "replaced": [
            (words_of(one.page, one.value), one.replaced_at)
            for one in replaced_answers(intake, purpose="case page")
            if not held or one.page.key not in STORY
        ],
        "wishes": open_requests(intake) if user.has_role(Role.CASEWORKER) else [],
        "hows": Request.How.choices,
        "uploads": uploads_of(case.file_id, purpose="case page"),
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
