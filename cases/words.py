"""A case's dates and facts, for people. What each date means and where it is written stands in data/."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.review import date_words

ISO = re.compile(r"\d{4}(-\d{2}){0,2}")

DEADLINES: dict[str, Any] = {
    "oyd_operative": _("One-year asylum deadline, safe date"),
    "oyd_outer": _("One-year asylum deadline, outer date"),
    "individual_hearing": _("Individual hearing"),
    "master_hearing": _("Master hearing"),
    "notice_due": _("A letter must be answered"),
    "evidence_individual_nondetained": _("Evidence for the individual hearing"),
    "evidence_detained": _("Evidence for the hearing in detention"),
    "master_nondetained": _("Filing before the master hearing"),
    "bia_appeal_court_order": _("Appeal to the Board, 30-day reading"),
    "bia_appeal_reg_text": _("Appeal to the Board, 10-day reading (safe date)"),
    "bia_brief": _("Brief to the Board"),
    "response_to_motion": _("Answer to a motion"),
    "mtr_reopen": _("Motion to reopen"),
    "mtr_reconsider": _("Motion to reconsider"),
    "mtr_in_absentia": _("Motion to reopen an order made in absence"),
    "pfr": _("Petition for review in the court of appeals"),
    "ij_cf_review": _("Judge's review of a fear screening"),
    "ead_file": _("First day to ask for a work permit"),
    "ead_eligible": _("First day a work permit can be granted"),
    "ead_renew": _("First day to renew the work permit"),
    "aaf_notice": _("Annual Asylum Fee"),
    "ar11": _("New address to USCIS (AR-11)"),
    "eoir33": _("New address to the court (EOIR-33)"),
    "i730": _("Petition for family after a grant (I-730)"),
    "asylee_gc": _("First day to ask for a green card after asylum"),
    "sij_21": _("Special immigrant juvenile petition, before the 21st birthday"),
    "rfe": _("Answer to a USCIS request or notice"),
}
# What each kind of date is, in few words.
KINDS: dict[str, Any] = {
    "last_day": _("last day"),
    "safe_day": _("safe day"),
    "first_day": _("first day"),
    "other_side": _("their day"),
    "event": _("to be there"),
}
CONFIDENCE: dict[str, Any] = {
    "high": _("high"),
    "medium": _("medium"),
    "low": _("low"),
    "as told": _("as told by the applicant"),
    "policy": _("office policy"),
    "ordered": _("as the judge ordered"),
}

# What dates are counted from: the facts of cases/rules/facts.py.
FACTS: dict[str, Any] = {
    "arrival": _("Last arrival in the United States"),
    "i589_filed": _("The I-589 was sent"),
    "i589_received": _("A complete I-589 was received"),
    "ead_stops": _("Days on which the work-permit clock stood"),
    "ead_expires": _("The work permit ends"),
    "annual_fee_notice": _("USCIS's notice of the Annual Asylum Fee"),
    "in_proceedings": _("In immigration court"),
    "detained": _("Held by immigration"),
    "individual_hearing": _("Individual hearing"),
    "master_hearing": _("Master hearing"),
    "detained_hearing": _("Hearing in detention"),
    "motion_filed_by_dhs": _("The government filed a motion"),
    "decision": _("Decision"),
    "decisions": _("Decisions"),
    "held": _("A hearing, interview or check-in that has passed took place"),
    "prior_order": _("Deported or ordered deported before"),
    "asylum_interview": _("Asylum interview"),
    "checkin": _("Check-in with ICE"),
    "fear_determination": _("Decision on the fear screening"),
    "rf_referral": _("Referral to a judge after a reasonable-fear screening (I-863)"),
    "noid": _("Notice of intent to deny"),
    "aaf_court": _("A judge ordered the Annual Asylum Fee by"),
    "i485_received": _("An I-485 was received"),
    "i589_returned": _("The I-589 came back"),
    "i589_callup": _("The judge wants the I-589 by"),
    "status": _("Papers"),
    "status_end": _("The papers end"),
    "children": _("Birth dates of the children"),
    "assets": _("Savings and things of value"),
    "briefing_schedule": _("Briefing schedule of the Board"),
    "in_absentia_order": _("Ordered removed for missing court"),
    "fear_review_requested": _("Review of a fear screening was asked for"),
    "moved": _("Moved to a new address"),
    "granted": _("A grant"),
    "birth_date": _("Birth date"),
    "uac": _("Child alone"),
    "sij": _("Special immigrant juvenile"),
    "notice_due": _("A letter must be answered by"),
    "judge_dates": _("Dates a judge set"),
}
DECIDED_BY: dict[str, Any] = {
    "judge": _("an immigration judge"),
    "absentia": _("a judge, because court was missed"),
    "board": _("the Board (BIA)"),
    "officer": _("an officer of USCIS (asylum office)"),
    "dhs": _("ICE or the border patrol (removal order)"),
    "unsure": _("not sure who"),
}
DONE_ABOUT: dict[str, Any] = {
    "appeal": _("an appeal was sent"),
    "motion": _("a motion was sent"),
    "petition": _("a petition for review was sent"),
    "waived": _("the appeal was given up (waived)"),
}
GRANTED: dict[str, Any] = {"asylum": _("asylum"), "refugee": _("admission as a refugee")}
# Why a date moved, beside the facts above.
REASONS: dict[str, Any] = {
    "judge": _("A judge's date was entered or removed."),
    "rule": _("The rule in our files changed."),
    "calendar": _("The calendar of closed days changed."),
    "moved": _("It moved after someone had settled it, so someone must look again."),
}


def reason_words(reasons: Iterable[str]) -> list[Any]:
    """Put why a date moved into sentences."""
    return [_reason(reason) for reason in reasons]


def _reason(reason: str) -> Any:
    kind, _colon, name = reason.partition(":")
    if kind != "fact":
        return REASONS.get(reason, reason)
    return format_lazy(_("This fact is new or different: {fact}."), fact=FACTS.get(name, name))


def input_words(inputs: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Put the facts a date was counted from into words."""
    return [(FACTS.get(name, name), value_words(value)) for name, value in inputs.items()]


def value_words(value: Any) -> str:
    """Put one fact's value into words, whatever shape the engine gives it."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return "; ".join(value_words(item) for item in value)
    if isinstance(value, dict):
        parts = (
            value_words(item) for key, item in value.items() if item is not None and key != "asylum_merits"
        )
        return ", ".join(parts)
    if ISO.fullmatch(str(value)):
        return date_words(str(value))
    return str(DECIDED_BY.get(value) or GRANTED.get(value) or value)
