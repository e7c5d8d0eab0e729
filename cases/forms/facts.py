"""What a case learned, field by field."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.dates import day_field
from cases.rules import BadFacts, DeadlineFacts
from cases.words import DECIDED_BY, FACTS, GRANTED
from foundation.forms import HelpedForm

NOT_SAID = _("as the applicant told us")
NOT_KNOWN = _("not known")


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
