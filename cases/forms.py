from collections.abc import Mapping
from typing import Any
from uuid import UUID

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.data import deadline_rules
from cases.models import Track
from cases.rules import JUDGE_MOVES, BadFacts, DeadlineFacts
from cases.words import DEADLINES, DECIDED_BY, FACTS, GRANTED
from foundation.forms import HelpedForm
from screening.models import Band, Outcome

NOT_SAID = _("as the applicant told us")
NOT_KNOWN = _("not known")


class DecisionForm(HelpedForm):
    """A person's decision on a screening: the proposal is filled in, and every part may be changed.

    It carries the screening that was read, so that nobody decides on one they have not seen.
    """

    screening = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    band = forms.ChoiceField(label=_("Urgency"), choices=Band.choices)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed if you change the outcome or lower the urgency."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def shown_beside(self, screening: UUID) -> None:
        """Take up the screening that the page shows now; what was typed stays."""
        self.data = {name: self.data.get(name) for name in self.data} | {"screening": str(screening)}


class TriageForm(DecisionForm):
    """A person's decision when a case comes in, with the track."""

    track = forms.ChoiceField(label=_("Track"), choices=Track.choices)
    field_order = ("screening", "outcome", "track", "band", "reason")


class DeclineCaseForm(HelpedForm):
    reason = forms.CharField(
        label=_("Why is the case declined?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class NoteForm(HelpedForm):
    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )


class ReviewForm(DecisionForm):
    """A person's look at a newer screening: confirm it as it is, or depart from it with a reason."""

    field_order = ("screening", "outcome", "band", "reason")


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a whole date, typed as year-month-day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the date as year-month-day, for example 2026-11-24.")},
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "inputmode": "numeric"}),
    )


class WaiveForm(HelpedForm):
    """Why a date needs no work. Each date of a page has its own, under a prefix."""

    reason = forms.CharField(
        label=_("Why does this date need no work?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )


class RemoveJudgeDateForm(HelpedForm):
    reason = forms.CharField(
        label=_("Why does the judge's date no longer hold?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )


class JudgeDateForm(HelpedForm):
    """A date a judge set in place of a rule's."""

    replaces = forms.ChoiceField(label=_("Which date did the judge set?"))
    date = day_field(_("The date"), required=True, help_text=_("Year-month-day, for example 2026-11-24."))
    source = forms.CharField(
        label=_("Where is it written?"),
        help_text=_("For example: scheduling order of 3 November, page 2."),
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, here: tuple[str, ...] = (), **kwargs: Any) -> None:
        """`here` are the dates the case has now: they stand first."""
        super().__init__(*args, **kwargs)
        rules = deadline_rules()
        names = {key: str(DEADLINES.get(key, rules[key].name)) for key in JUDGE_MOVES}
        first = [(key, names[key]) for key in here if key in names]
        others = [(key, name) for key, name in names.items() if key not in here]
        groups = [(_("Dates of this case"), first), (_("Other dates"), others)]
        self.fields["replaces"].choices = [group for group in groups if group[1]]  # type: ignore[attr-defined]


# The facts a person writes down as one day each.
DAYS = (
    *("arrival", "individual_hearing", "master_hearing", "detained_hearing", "notice_due"),
    *("motion_filed_by_dhs", "briefing_schedule", "in_absentia_order", "fear_review_requested"),
    *("i589_received", "ead_expires", "annual_fee_notice", "moved", "birth_date"),
)
FLAGS = ("i589_filed", "in_proceedings", "detained", "uac", "sij")
# What the applicant may have told us, and may turn out not to be so.
TOLD = ("arrival", "individual_hearing", "master_hearing", "notice_due", "decision")
PARTS = (
    (
        _("In court"),
        (
            *("in_proceedings", "individual_hearing", "master_hearing", "detained", "detained_hearing"),
            *("motion_filed_by_dhs", "in_absentia_order"),
        ),
    ),
    (
        _("Decisions"),
        (
            *("decision_date", "decision_by", "decision_merits", "briefing_schedule"),
            *("fear_review_requested", "granted_date", "granted_kind"),
        ),
    ),
    (
        _("The application, the work permit, letters"),
        (
            *("i589_filed", "i589_received", "ead_expires", "annual_fee_notice", "notice_due"),
            "ead_stops",
        ),
    ),
    (_("The person"), ("arrival", "moved", "birth_date", "uac", "sij")),
    (_("What was told and is not so"), ("not_so",)),
)
YES_NO = [("", NOT_SAID), ("yes", _("yes")), ("no", _("no"))]


class CaseFactsForm(HelpedForm):
    """What the case learned: each field one key of the deadline engine, whose own reader checks them."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    in_proceedings = forms.ChoiceField(label=FACTS["in_proceedings"], choices=YES_NO, required=False)
    individual_hearing = day_field(FACTS["individual_hearing"])
    master_hearing = day_field(FACTS["master_hearing"])
    detained = forms.ChoiceField(label=FACTS["detained"], choices=YES_NO, required=False)
    detained_hearing = day_field(FACTS["detained_hearing"])
    motion_filed_by_dhs = day_field(FACTS["motion_filed_by_dhs"])
    decision_date = day_field(_("Date of a decision"))
    decision_by = forms.ChoiceField(
        label=_("Who decided?"), choices=[("", NOT_KNOWN), *DECIDED_BY.items()], required=False
    )
    decision_merits = forms.ChoiceField(
        label=_("Was asylum decided on the merits?"),
        choices=[("", NOT_KNOWN), ("yes", _("yes")), ("no", _("no"))],
        required=False,
    )
    briefing_schedule = day_field(FACTS["briefing_schedule"])
    in_absentia_order = day_field(FACTS["in_absentia_order"])
    fear_review_requested = day_field(FACTS["fear_review_requested"])
    arrival = day_field(FACTS["arrival"])
    i589_filed = forms.ChoiceField(label=FACTS["i589_filed"], choices=YES_NO, required=False)
    i589_received = day_field(FACTS["i589_received"])
    ead_stops = forms.CharField(
        label=FACTS["ead_stops"],
        help_text=_(
            "One stop on each line: 2026-03-01 2026-03-11. Leave the second day out while it is open."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "dir": "ltr", "autocomplete": "off"}),
    )
    ead_expires = day_field(FACTS["ead_expires"])
    annual_fee_notice = day_field(FACTS["annual_fee_notice"])
    notice_due = day_field(FACTS["notice_due"])
    moved = day_field(FACTS["moved"])
    granted_date = day_field(_("Date of a grant"))
    granted_kind = forms.ChoiceField(
        label=_("What was granted?"), choices=[("", NOT_KNOWN), *GRANTED.items()], required=False
    )
    birth_date = day_field(FACTS["birth_date"])
    uac = forms.ChoiceField(label=FACTS["uac"], choices=YES_NO, required=False)
    sij = forms.ChoiceField(label=FACTS["sij"], choices=YES_NO, required=False)
    not_so = forms.MultipleChoiceField(
        label=_("Told by the applicant, but not so"),
        help_text=_("Tick what stands in the answers and turned out to be wrong."),
        choices=[(name, FACTS[name]) for name in TOLD],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = (Fieldset(title, *names, css_class="parts") for title, names in PARTS)
        self.helper.layout = Layout("seen", *parts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            cleaned["values"] = self._values(cleaned)
            self._check(cleaned["values"])
        return cleaned

    def _values(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts as the engine's keys; what stays empty is left out."""
        values: dict[str, Any] = dict.fromkeys(cleaned["not_so"])
        values |= {name: cleaned[name].isoformat() for name in DAYS if cleaned[name]}
        values |= {name: cleaned[name] == "yes" for name in FLAGS if cleaned[name]}
        if cleaned["decision_date"] or cleaned["decision_by"]:
            merits = {"yes": True, "no": False}.get(cleaned["decision_merits"])
            day = cleaned["decision_date"] and cleaned["decision_date"].isoformat()
            values["decision"] = {"date": day, "by": cleaned["decision_by"] or None, "asylum_merits": merits}
        if cleaned["granted_date"] or cleaned["granted_kind"]:
            day = cleaned["granted_date"] and cleaned["granted_date"].isoformat()
            values["granted"] = {"date": day, "kind": cleaned["granted_kind"] or None}
        if cleaned["ead_stops"].strip():
            values["ead_stops"] = [_stop(line) for line in cleaned["ead_stops"].splitlines() if line.strip()]
        return values

    def _check(self, values: Mapping[str, Any]) -> None:
        """Let the engine's reader look at each fact alone, and put its complaint beside the field."""
        for name, value in values.items():
            try:
                DeadlineFacts.from_dict({name: value})
            except BadFacts as error:
                self.add_error(*_complaint(name, str(error)))
        for name in self.cleaned_data.get("not_so", []):
            if values.get(name) is not None:
                self.add_error("not_so", _("You wrote a new date for this: leave it unticked."))


def _stop(line: str) -> dict[str, Any]:
    first, _space, last = line.replace(",", " ").strip().partition(" ")
    return {"from": first, "to": last.strip() or None}


def _complaint(name: str, why: str) -> tuple[str, ValidationError]:
    """Return the field a complaint of the reader belongs to, and the complaint in words."""
    if name == "ead_stops":
        message = _("Write one stop on each line, its first day and then its last: 2026-03-01 2026-03-11.")
        return name, ValidationError(message)
    if name in ("decision", "granted"):
        part = "date" if f"{name}.date" in why else {"decision": "by", "granted": "kind"}[name]
        return f"{name}_{part}", ValidationError(_("Write the date and choose the kind: both are needed."))
    return name, ValidationError(_("This day is too far away: check the year."))


def facts_as_initial(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a case learned as the form shows it again."""
    initial: dict[str, Any] = {name: values[name] for name in DAYS if values.get(name)}
    initial |= {name: "yes" if values[name] else "no" for name in FLAGS if values.get(name) is not None}
    decision, granted = values.get("decision") or {}, values.get("granted") or {}
    merits = {True: "yes", False: "no", None: ""}[decision.get("asylum_merits")]
    stops = (" ".join(filter(None, (stop["from"], stop["to"]))) for stop in values.get("ead_stops") or [])
    return {
        **initial,
        "decision_date": decision.get("date"),
        "decision_by": decision.get("by"),
        "decision_merits": merits,
        "granted_date": granted.get("date"),
        "granted_kind": granted.get("kind"),
        "ead_stops": "\n".join(stops),
        "not_so": [name for name in TOLD if name in values and values[name] is None],
    }
