"""The forms beside a case page: those its reader may send, and the one that was refused, as it was typed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cases.forms import DecisionForm, NoteForm, TellForm, TriageForm
from cases.models import Case, Track
from cases.queries import track_of
from cases.words import TRACK_REASONS
from conflicts.forms import ANumberForm, FenceForm, PartyForm
from foundation.accounts.models import User
from intake.models import Wish
from referrals.forms import EngagementForm, ReferForm
from referrals.queue_queries import queues_for
from workspace.case.queries import CasePage
from workspace.intakes.forms import PostForm
from workspace.names.queries import fence_form


@dataclass(frozen=True)
class CaseForms:
    """One field for each form of the page; None where it is not offered.

    `refused` was sent though the page does not hold it now: its errors stand on top. `hows` are the ways a
    wish is confirmed.
    """

    note: forms.Form
    triage: forms.Form | None = None
    refer: forms.Form | None = None
    engagement: forms.Form | None = None
    party: forms.Form | None = None
    a_number: forms.Form | None = None
    fence: forms.Form | None = None
    tell: forms.Form | None = None
    post: forms.Form | None = None
    refused: forms.Form | None = None
    hows: Any = ()


def case_forms(page: CasePage, case: Case, *, user: User, at: datetime, sent: forms.Form | None) -> CaseForms:
    """Return the forms of a case page; `sent`, which was refused, takes the place of its empty twin."""
    empty: dict[str, forms.Form] = {"note": NoteForm()}
    if page.next.asks_triage:
        empty["triage"] = _triage(page, case, on=case.office.today(at))
    if page.next.asks_queue:
        choices = queues_for(case, on=case.office.today(at))
        empty["refer"] = ReferForm(office=case.office, choices=choices)
    if page.next.asks_engagement:
        empty["engagement"] = EngagementForm(initial={"signed_on": case.office.today(at)})
    if page.manages and page.next.asks_to_tell:
        empty["tell"] = TellForm()
    if page.manages:
        empty["post"] = PostForm()
        empty |= {"party": PartyForm(), "a_number": ANumberForm()}
    if page.names:
        empty["fence"] = fence_form(case, user)
    refused = None
    if isinstance(sent, DecisionForm):
        sent.shown_beside(page.screening.id)
    if sent is not None:
        name = NAMES.get(type(sent), "")
        refused = None if name in empty else sent
        empty |= {name: sent} if name in empty else {}
    return CaseForms(**empty, refused=refused, hows=Wish.How.choices)


NAMES: dict[type[forms.Form], str] = {
    NoteForm: "note",
    TriageForm: "triage",
    ReferForm: "refer",
    EngagementForm: "engagement",
    PartyForm: "party",
    ANumberForm: "a_number",
    FenceForm: "fence",
    TellForm: "tell",
    PostForm: "post",
}


def _triage(page: CasePage, case: Case, *, on: date) -> TriageForm:
    """Return the form with what the screening proposes filled in, and the track that the facts point to."""
    proposed = track_of(case, on=on, purpose="case page")
    decided = case.track != Track.UNKNOWN
    initial = {
        "outcome": page.screening.proposes,
        "track": case.track if decided else proposed.track,
        "band": case.band,
        "screening": page.screening.id,
    }
    form = TriageForm(initial=initial)
    if not decided:
        why = {"why": TRACK_REASONS[proposed.reason]}
        form.fields["track"].help_text = _("Proposed: %(why)s.") % why
    return form
