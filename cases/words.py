"""A case's dates and facts, for people. What each date means and where it is written stands in data/."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.words import date_words

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
    "asylee_gc": _("Green card: one year after asylum"),
    "sij_21": _("Special immigrant juvenile petition, last open day before 21"),
    "rfe": _("Answer to a USCIS request or notice"),
    "asylum_interview": _("Asylum interview"),
    "checkin": _("Check-in with immigration"),
    "pfr_dhs": _("Petition for review of an order of DHS"),
    "rf_review": _("Judge's review of a reasonable-fear finding"),
    "aaf_court": _("Annual Asylum Fee in court"),
    "refugee_gc": _("Green card: a refugee's first year is over"),
    "uac_18": _("Child alone: last open day before 18"),
    "child_21": _("A child of the family turns 21: last open day before"),
    "status_refile": _("The status that may excuse a late filing ends"),
    "i589_callup": _("I-589 due at the court, as the judge set"),
    "noid": _("Answer to the asylum office's notice of intent to deny"),
    "interview_evidence": _("Evidence before the asylum interview"),
    "interview_missed": _("Missed asylum interview: show good cause"),
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
    "decisions": _("Decisions"),
    "i589_returned": _("The I-589 was sent back"),
    "i589_callup": _("The judge wants the I-589 by"),
    "i485_received": _("The I-485 was received"),
    "asylum_interview": _("Asylum interview"),
    "checkin": _("Check-in with immigration"),
    "prior_order": _("Deported or ordered deported before"),
    "assets": _("Savings and things of value"),
    "held": _("What has gone by was held"),
    "children": _("Children of the family"),
    "status": _("Papers, now or before"),
    "status_end": _("The papers end"),
    "fear_determination": _("Determination on credible fear"),
    "rf_referral": _("Referral to the judge on reasonable fear (I-863)"),
    "noid": _("Notice of intent to deny"),
    "aaf_court": _("The judge's order on the annual fee: its date"),
}
# Who decided, as the form of a case's facts asks; the rules say officer and board for the last two.
ORDERED_BY: dict[str, Any] = {
    "judge": _("an immigration judge"),
    "officer": _("an officer, such as the asylum office"),
    "board": _("the Board (BIA)"),
    "dhs": _("immigration (DHS), without a judge"),
    "absentia": _("a judge, because of a missed court date"),
    "unsure": _("not known by whom"),
}
FILED: dict[str, Any] = {
    "appeal": _("an appeal was filed"),
    "motion": _("a motion was filed"),
    "petition": _("a petition for review was filed"),
    "waived": _("appeal was waived"),
}
# Where a date lies. Words never say that a right is lost: that is for a lawyer.
STATUSES: dict[str, Any] = {
    "ahead": _("ahead"),
    "today": _("today"),
    "may_be_passed": _("may still run: the day it counts from is not known"),
    "passed": _("the last day has gone by: a lawyer looks"),
    "gone_by": _("gone by"),
    "open_ended": _("no day yet"),
}
GONE_BY: dict[str, Any] = {
    "safe_day": _("safe day gone by"),
    "first_day": _("since that day"),
    "other_side": _("the day has gone by"),
    "event": _("gone by: was it held?"),
}
SAFE_DAY_GONE = _("safe day gone by, last day still ahead")
# The last day that stands behind a safe one.
LAST_DAYS = {"oyd_operative": "oyd_outer", "bia_appeal_reg_text": "bia_appeal_court_order"}


def status_words(status: str, kind: str, *, last_day_ahead: bool = False) -> Any:
    """Say where a date lies, as its kind has it; `last_day_ahead`: behind a safe day the last still runs."""
    if status != "gone_by":
        return STATUSES[status]
    return SAFE_DAY_GONE if kind == "safe_day" and last_day_ahead else GONE_BY.get(kind, STATUSES[status])


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


# Why a track is proposed (cases/rules/track.py).
TRACK_REASONS = {
    "HEARING": _("a hearing in court is known"),
    "IN_COURT": _("they say that a court has their case"),
    "ORDER": _("a judge or the Board decided in it"),
    "CHILD_ALONE_IN_COURT": _("a child alone in court still files with USCIS first: a person decides"),
    "HELD_OR_SCREENED": _("held or screened for fear: what follows may be either"),
    "NO_COURT": _("they say that there is no court"),
    "NOT_KNOWN": _("it is not known whether a court has the case"),
}


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
    return str(ORDERED_BY.get(value) or GRANTED.get(value) or FILED.get(value) or value)
