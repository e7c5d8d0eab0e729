"""What a case learned, field by field, and the decisions made in it."""

import secrets
from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.facts import counted_from
from cases.forms.dates import PartDayField
from cases.rules import BadFacts, DeadlineFacts
from cases.words import FACTS, FILED, GRANTED, ORDERED_BY, value_words
from foundation.forms import HelpedForm

NOT_SAID = _("as the applicant told us")
NOT_KNOWN = _("not known")
# The facts a person writes down as one day each, as far as it is known.
DAYS = (
    *("arrival", "individual_hearing", "master_hearing", "detained_hearing", "asylum_interview", "checkin"),
    *("motion_filed_by_dhs", "briefing_schedule", "fear_determination", "fear_review_requested"),
    *("rf_referral", "noid", "ead_expires", "annual_fee_notice", "aaf_court", "i485_received"),
    *("notice_due", "moved", "birth_date", "status_end"),
)
FLAGS = ("i589_filed", "in_proceedings", "detained", "uac", "sij", "held", "prior_order")
# What the applicant may have told us, and may turn out not to be so.
TOLD = (
    *("arrival", "individual_hearing", "master_hearing", "asylum_interview", "checkin"),
    *("notice_due", "status_end"),
)
PARTS = (
    (
        _("In court"),
        (
            *("in_proceedings", "individual_hearing", "master_hearing", "held", "detained"),
            *("detained_hearing", "motion_filed_by_dhs", "briefing_schedule"),
        ),
    ),
    (
        _("Interviews and fear screenings"),
        (
            *("asylum_interview", "checkin", "fear_determination", "fear_review_requested"),
            *("rf_referral", "noid"),
        ),
    ),
    (
        _("The application, the work permit, letters"),
        (
            *("i589_filed", "ead_expires", "annual_fee_notice", "aaf_court", "notice_due"),
            *("granted_date", "granted_kind", "i485_received", "ead_stops"),
        ),
    ),
    (
        _("The person"),
        (
            *("arrival", "status_end", "moved", "birth_date", "prior_order", "uac", "sij"),
            *("assets", "children"),
        ),
    ),
    (_("What was told and is not so"), ("not_so",)),
)
YES_NO = [("", NOT_SAID), ("yes", _("yes")), ("no", _("no"))]
FACT_WORDS: dict[str, Any] = {name: FACTS[name] for name in (*DAYS, *FLAGS)}


def _lines(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 3, "dir": "ltr", "autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000, widget=widget)


class OneDecisionForm(HelpedForm):
    """One decision: who made it, when, what was done about it. Its `ref` is chosen once and stays."""

    ref = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    by = forms.ChoiceField(label=_("Who decided?"), choices=[("", NOT_KNOWN), *ORDERED_BY.items()])
    date = PartDayField(label=_("On which day?"))
    asylum_merits = forms.ChoiceField(
        label=_("Was asylum decided on the merits?"),
        choices=[("", NOT_KNOWN), ("yes", _("yes")), ("no", _("no"))],
        required=False,
    )
    filed = forms.ChoiceField(
        label=_("What was done about it?"),
        help_text=_("Sent is not filed: write the receipt down too."),
        choices=[("", NOT_KNOWN), *FILED.items()],
        required=False,
    )

    def as_fact(self) -> dict[str, Any]:
        """Return the decision as `CaseFacts.values` keeps it."""
        sent = self.cleaned_data
        return {
            "ref": sent["ref"] if self.initial else secrets.token_hex(4),
            "by": sent["by"],
            "date": sent["date"] or None,
            "asylum_merits": {"yes": True, "no": False}.get(sent["asylum_merits"]),
            "filed": sent["filed"] or None,
        }


class DecisionForms(BaseFormSet):
    """The decisions of a case, with an empty one to add another."""

    def as_facts(self) -> list[dict[str, Any]]:
        """Return the decisions as they stand now, those ticked to be removed left out."""
        kept = [form for form in self.initial_forms if form not in self.deleted_forms]
        added = [form for form in self.extra_forms if form.has_changed() and form not in self.deleted_forms]
        return [form.as_fact() for form in (*kept, *added)]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("There was no such decision")


DecisionFormSet: Any = formset_factory(
    OneDecisionForm, formset=DecisionForms, extra=1, can_delete=True, max_num=20
)


class CaseFactsForm(HelpedForm):
    """What the case learned: each field one key of the deadline engine, whose own reader checks them."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    granted_date = PartDayField(label=_("Date of a grant"))
    granted_kind = forms.ChoiceField(
        label=_("What was granted?"), choices=[("", NOT_KNOWN), *GRANTED.items()], required=False
    )
    ead_stops = _lines(
        FACTS["ead_stops"],
        _("One stop on each line: 2026-03-01 2026-03-11. Leave the second day out while it is open."),
    )
    children = _lines(
        FACTS["children"],
        _("One birth date on each line: 2008-05-01, or as much of it as is known."),
    )
    assets = forms.IntegerField(
        label=FACTS["assets"],
        min_value=0,
        max_value=100_000_000,
        required=False,
        help_text=_("Whole dollars."),
    )
    not_so = forms.MultipleChoiceField(
        label=_("Told by the applicant, but not so"),
        help_text=_("Tick what stands in the answers and turned out to be wrong."),
        choices=[(name, FACTS[name]) for name in TOLD],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, told: Any = (), beside: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        """`told` are the decisions as they stand now; see `decisions_as_initial`.

        `beside` is what is known of a fact, in words: it stands beside its box.
        """
        super().__init__(*args, **kwargs)
        self.fields |= {name: PartDayField(label=FACTS[name]) for name in DAYS}
        self.fields |= {
            name: forms.ChoiceField(label=FACTS[name], choices=YES_NO, required=False) for name in FLAGS
        }
        parts = (Fieldset(title, *names, css_class="parts") for title, names in PARTS)
        for name, words in (beside or {}).items():
            self.fields[name].help_text = _("Known: %(words)s") % {"words": words}
        self.helper.layout = Layout("seen", *parts)
        self.decisions = DecisionFormSet(
            self.data if self.is_bound else None, prefix="decisions", initial=list(told)
        )

    def is_valid(self) -> bool:
        return all((super().is_valid(), self.decisions.is_valid()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.decisions.is_valid():
            cleaned["values"] = self._values(cleaned)
            self._check(cleaned["values"])
        return cleaned

    def _values(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts as the engine's keys; what stays empty is left out."""
        values: dict[str, Any] = dict.fromkeys(cleaned["not_so"])
        values |= {name: cleaned[name] for name in DAYS if cleaned[name]}
        values |= {name: cleaned[name] == "yes" for name in FLAGS if cleaned[name]}
        if self.decisions.has_changed() or self.initial.get("decisions_written"):
            values["decisions"] = self.decisions.as_facts()
        if cleaned["granted_date"] or cleaned["granted_kind"]:
            values["granted"] = {
                "date": cleaned["granted_date"] or None,
                "kind": cleaned["granted_kind"] or None,
            }
        for name, read in (("ead_stops", _stop), ("children", _child)):
            if cleaned[name].strip():
                values[name] = [read(line) for line in cleaned[name].splitlines() if line.strip()]
        if cleaned["assets"] is not None:
            values["assets"] = cleaned["assets"]
        return values

    def _check(self, values: Mapping[str, Any]) -> None:
        """Let the engine's reader look at each fact alone, and put its complaint beside the field."""
        for name, value in values.items():
            try:
                DeadlineFacts.from_dict(counted_from({name: value}))
            except BadFacts as error:
                self.add_error(*_complaint(name, str(error)))
        for name in self.cleaned_data.get("not_so", []):
            if values.get(name) is not None:
                self.add_error("not_so", _("You wrote a new date for this: leave it unticked."))


def _stop(line: str) -> dict[str, Any]:
    first, _space, last = line.replace(",", " ").strip().partition(" ")
    return {"from": first, "to": last.strip() or None}


def _child(line: str) -> dict[str, Any]:
    return {"birth_date": line.strip()}


COMPLAINTS: dict[str, Any] = {
    "ead_stops": _("Write one stop on each line, its first day and then its last: 2026-03-01 2026-03-11."),
    "children": _("Write one birth date on each line, as year-month-day: 2008-05-01."),
}


def _complaint(name: str, why: str) -> tuple[str | None, ValidationError]:
    """Return the field a complaint of the reader belongs to, and the complaint in words."""
    if name in COMPLAINTS:
        return name, ValidationError(COMPLAINTS[name])
    if name == "granted":
        part = "date" if f"{name}.date" in why else "kind"
        return f"{name}_{part}", ValidationError(_("Write the date and choose the kind: both are needed."))
    if name == "decisions":
        return None, ValidationError(_("A day of a decision is too far away: check the year."))
    return name, ValidationError(_("This day is too far away: check the year."))


def known_beside(facts: DeadlineFacts) -> dict[str, str]:
    """Return what is known of the facts that have a box of their own, {fact: words}."""
    words = {True: gettext("yes"), False: gettext("no")}
    days = {name: value_words(day.isoformat()) for name in DAYS if (day := getattr(facts, name, None))}
    told = {name: words[value] for name in FLAGS if (value := getattr(facts, name, None))}
    return days | told


def facts_as_initial(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a case learned as the form shows it again."""
    initial: dict[str, Any] = {
        name: values[name] for name in (*DAYS, "assets") if values.get(name) is not None
    }
    initial |= {name: "yes" if values[name] else "no" for name in FLAGS if values.get(name) is not None}
    granted = values.get("granted") or {}
    stops = (" ".join(filter(None, (stop["from"], stop["to"]))) for stop in values.get("ead_stops") or [])
    return {
        **initial,
        "granted_date": granted.get("date"),
        "granted_kind": granted.get("kind"),
        "ead_stops": "\n".join(stops),
        "children": "\n".join(child["birth_date"] for child in values.get("children") or []),
        "not_so": [name for name in TOLD if name in values and values[name] is None],
        "decisions_written": "decisions" in values,
    }


def decisions_as_initial(orders: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return decisions, {ref: Decision}, as the rows of the form show them."""
    merits = {True: "yes", False: "no", None: ""}
    return [
        {
            "ref": ref,
            "by": order.by,
            "date": order.date.isoformat() if order.date else "",
            "asylum_merits": merits[order.asylum_merits],
            "filed": order.filed or "",
        }
        for ref, order in orders.items()
    ]
