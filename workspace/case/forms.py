"""The forms of a case's tabs: those its reader opened, and the one that was refused, as it was typed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cases.forms import DecisionForm, NoteForm, TellForm, TriageForm
from cases.models import Track
from conflicts.forms import ANumberForm, FenceForm, PartyForm
from intake.models import Wish
from referrals.engaging_forms import PapersForm, ReleaseForm
from referrals.forms import CascadeForm, EngagementForm, ReferForm, RescindForm
from referrals.offering import usual_minutes
from referrals.queue_queries import queues_for
from workspace.case.family import people_named
from workspace.case.family_forms import ApartForm, ClashForm, LinkForm, SplitForm
from workspace.case.next_step import Proposal, track_on
from workspace.case.work_forms import NAMES as WORK
from workspace.case.work_forms import work_form
from workspace.desk import Desk
from workspace.intakes.forms import PostForm, TermsForm
from workspace.intakes.queries import terms_now
from workspace.names.queries import fence_form
from workspace.questions.forms import AnswerForm, QuestionForm
from workspace.questions.queries import answer_begins
from workspace.talk.forms import NewWayForm, SendForm, TranslationForm


@dataclass(frozen=True)
class CaseForms:
    """One field for each form of a tab; None where it is not open.

    `refused` was sent though the tab does not hold it now: its errors stand on top. `hows` are the ways a
    wish is confirmed.
    """

    note: forms.Form | None = None
    triage: forms.Form | None = None
    refer: forms.Form | None = None
    engagement: forms.Form | None = None
    turns: forms.Form | None = None
    rescind: forms.Form | None = None
    release: forms.Form | None = None
    papers: forms.Form | None = None
    party: forms.Form | None = None
    a_number: forms.Form | None = None
    fence: forms.Form | None = None
    link: forms.Form | None = None
    split: forms.Form | None = None
    clash: forms.Form | None = None
    apart: forms.Form | None = None
    tell: forms.Form | None = None
    post: forms.Form | None = None
    terms: forms.Form | None = None
    draft: forms.Form | None = None
    way: forms.Form | None = None
    translation: forms.Form | None = None
    question: forms.Form | None = None
    answer: forms.Form | None = None
    task: forms.Form | None = None
    give_task: forms.Form | None = None
    contact_try: forms.Form | None = None
    appointment: forms.Form | None = None
    hearing: forms.Form | None = None
    move: forms.Form | None = None
    end_hearing: forms.Form | None = None
    came: forms.Form | None = None
    refused: forms.Form | None = None
    hows: Any = ()


NAMES: dict[type[forms.Form], str] = {
    NoteForm: "note",
    TriageForm: "triage",
    ReferForm: "refer",
    EngagementForm: "engagement",
    CascadeForm: "turns",
    RescindForm: "rescind",
    ReleaseForm: "release",
    PapersForm: "papers",
    PartyForm: "party",
    ANumberForm: "a_number",
    FenceForm: "fence",
    LinkForm: "link",
    SplitForm: "split",
    ClashForm: "clash",
    ApartForm: "apart",
    TellForm: "tell",
    PostForm: "post",
    TermsForm: "terms",
    SendForm: "draft",
    NewWayForm: "way",
    TranslationForm: "translation",
    QuestionForm: "question",
    AnswerForm: "answer",
    **WORK,
}


def case_forms(empty: dict[str, forms.Form], sent: forms.Form | None, *, may: set[str]) -> CaseForms:
    """Return the forms of a tab; `sent`, which was refused, takes the place of its empty twin.

    `may` are those that this reader could open here: one of them that was refused is opened again.
    """
    refused = None
    if sent is not None:
        name = NAMES.get(type(sent), "")
        is_here = name in empty or name in may
        refused = None if is_here else sent
        empty |= {name: sent} if is_here else {}
    return CaseForms(**empty, refused=refused, hows=Wish.How.choices)


def overview_forms(desk: Desk, page: Any, *, do: str, sent: forms.Form | None) -> CaseForms:
    """Return the forms of the overview: the one its address opens (`do`), and those of the next step."""
    empty: dict[str, forms.Form] = {}
    may = {"note"}
    if page.next.asks_triage:
        may.add("triage")
        if do == "depart":
            empty["triage"] = triage_form(desk, page.next.proposal)
        if isinstance(sent, DecisionForm):
            sent.shown_beside(page.next.proposal.screening)
    if page.next.asks_queue:
        choices = queues_for(desk.case, on=desk.today, known=desk.told)
        empty["refer"] = ReferForm(office=desk.case.office, choices=choices)
    if page.next.asks_engagement:
        empty["engagement"] = engagement_form(desk)
    if page.manages and page.next.asks_to_tell:
        empty["tell"] = TellForm()
    if do == "note":
        empty["note"] = NoteForm()
    if page.tasks.may_work:
        may |= set(WORK.values()) - {"came"}
        empty |= work_form(desk, do)
    return case_forms(empty, sent, may=may)


def told_forms(desk: Desk, page: Any, *, do: str, sent: forms.Form | None) -> CaseForms:
    """Return the forms about what is asked later: the one its address opens."""
    empty: dict[str, forms.Form] = {}
    name, _colon, pk = do.partition(":")
    if name == "question" and page.later.may_ask:
        empty["question"] = QuestionForm(language=desk.case.intake.language)
    asked = next((one for one in page.later.open if str(one.id) == pk), None)
    if name == "answer" and page.later.may_ask and asked:
        empty["answer"] = AnswerForm(initial=answer_begins(desk, asked))
    may = {"question"} if page.later.may_ask else set()
    is_open = {str(one.id) for one in page.later.open}
    if isinstance(sent, AnswerForm) and sent.data.get("question_id") in is_open:
        may.add("answer")
    return case_forms(empty, sent, may=may)


def people_forms(desk: Desk, *, do: str, sent: forms.Form | None) -> CaseForms:
    """Return the forms of the tab of people, each loaded once it is opened."""
    may = {"party", "a_number", "link", "split", "clash", "apart"} if desk.is_caseworker else set()
    empty = family_forms(desk, do.partition(":")[0]) if desk.is_caseworker else {}
    if do == "party" and desk.is_caseworker:
        empty["party"] = PartyForm()
    if do == "a-number" and desk.is_caseworker:
        empty["a_number"] = ANumberForm()
    if do == "fence":
        empty["fence"] = fence_form(desk.case, desk.user)
    return case_forms(empty, sent, may=may | {"fence"})


def family_forms(desk: Desk, name: str) -> dict[str, forms.Form]:
    """Return the form about the family that the address opens."""
    if name == "link":
        return {"link": LinkForm(people=people_named(desk))}
    if name == "split":
        return {"split": SplitForm(people=people_named(desk))}
    made = {"clash": ClashForm, "apart": ApartForm}.get(name)
    return {name: made()} if made else {}


def referral_forms(desk: Desk, page: Any, *, sent: forms.Form | None) -> CaseForms:
    """Return the forms of the way to a practitioner."""
    empty: dict[str, forms.Form] = {}
    if page.asks_queue:
        choices = queues_for(desk.case, on=desk.today, known=desk.told)
        empty["refer"] = ReferForm(office=desk.case.office, choices=choices)
    if page.asks_engagement:
        empty["engagement"] = engagement_form(desk)
    if page.askable:
        initial = {"minutes": usual_minutes(desk.case)}
        empty["turns"] = CascadeForm(office=desk.case.office, ranked=page.askable, initial=initial)
        if isinstance(sent, CascadeForm):
            sent.show(page.askable)
    if page.may_release:
        empty["release"] = ReleaseForm()
    if desk.is_caseworker and any(one.papers_open for one in page.earlier):
        empty["papers"] = PapersForm()
    if page.may_rescind and page.is_asked:
        empty["rescind"] = RescindForm()
    return case_forms(empty, sent, may=set())


def messages_forms(desk: Desk, page: Any, *, do: str, sent: forms.Form | None) -> CaseForms:
    """Return the forms about what the person sees, and how they may be written to."""
    may = {"post", "terms", "draft", "way", "translation"} if desk.is_caseworker else set()
    made: dict[str, Any] = {
        "post": PostForm,
        "terms": lambda: TermsForm(initial=terms_now(desk.case)),
        "draft": lambda: SendForm(initial=page.talk.draft),
        "way": NewWayForm,
        "translation": TranslationForm,
    }
    name = do.partition(":")[0]
    empty: dict[str, forms.Form] = {name: made[name]()} if name in may else {}
    if isinstance(sent, SendForm):
        _beside(sent, page.talk.draft)
    return case_forms(empty, sent, may=may)


def _beside(sent: SendForm, now: dict[str, Any]) -> None:
    """Let a draft that was refused go on from what stands now; the page shows that beside it."""
    sent.data = {**{name: sent.data.get(name) for name in sent.data}, "seen": now["seen"]}


def engagement_form(desk: Desk) -> EngagementForm:
    """Return the form of an engagement with what is known of it."""
    return EngagementForm(initial={"signed_on": desk.today, "scope": desk.placing.scope})


def triage_form(desk: Desk, proposal: Proposal) -> TriageForm:
    """Return the form with what the rules propose filled in, to depart from it."""
    initial = {
        "outcome": proposal.outcome,
        "track": track_on(desk).track,
        "band": desk.case.band,
        "screening": proposal.screening,
    }
    form = TriageForm(initial=initial)
    if desk.case.track == Track.UNKNOWN:
        form.fields["track"].help_text = _("Proposed: %(why)s.") % {"why": proposal.track_why}
    return form
