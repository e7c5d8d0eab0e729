"""The reason codes in words a tired caseworker understands. For staff only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.badges import BAD, GOOD, WARN, Badge

WORDS: dict[str, Any] = {
    "NO_CONSENT": _("Did not agree that we keep the answers"),
    "NO_REP": _("Nobody represents them now"),
    "REP_LIMITED_SCOPE": _("A lawyer helped once, or with one form only"),
    "NOTARIO": _("Someone who is not a lawyer filled in papers: give fraud information"),
    "OTHER_ORG_PENDING": _("Waiting for another organization"),
    "HAS_REP": _("Has a lawyer working on it now"),
    "REP_UNCERTAIN": _("Their lawyer is leaving or does not answer: find out"),
    "REP_UNKNOWN": _("Not clear whether they have a lawyer: ask"),
    "AFFORD_UAC_NOT_COUNTED": _("Child alone: a sponsor's money does not count"),
    "AFFORD_BENEFIT": _("The household gets a benefit for people with little money"),
    "AFFORD_DETAINED_PRESUMED": _("Detained and income unknown: presumed unable to pay"),
    "INCOME_UNKNOWN": _("Income not known: ask"),
    "HH_SIZE_INVALID": _("Household size not clear: ask"),
    "HH_SIZE_CHECK": _("Very large household: check"),
    "INCOME_LE_125": _("Income low enough to pass at once"),
    "INCOME_125_200": _("Income at or under our limit"),
    "INCOME_GT_LIMIT": _("Income over our limit"),
    "INCOME_GT_LIMIT_HARDSHIP": _("Income over our limit, but large costs: look closer"),
    "ASSETS_OVER": _("Assets over our limit: look closer"),
    "FPG_TERRITORY_DEFAULT": _("Territory without a guideline: that of the 48 states was used"),
    "NEED_FEAR": _("Afraid to go back"),
    "NEED_OTHER_PROTECTION": _("Seeks another protection-based status"),
    "NEED_TPS_ONLY": _("Asks for TPS only: a person decides"),
    "NEED_UNCLEAR": _("Not clear whether they need protection: ask"),
    "NEED_OUT_OF_SCOPE": _("No fear and no protection sought: outside our program"),
    "AREA_COURT_MATCH": _("Lives outside our area, but the court is inside"),
    "AREA_UNKNOWN": _("Not clear where they live: ask"),
    "OUT_OF_AREA": _("Outside our area"),
    "OUTSIDE_US": _("Not in the United States"),
    "CONFLICT": _("Conflict of interest, confirmed"),
    "CONFLICT_POSSIBLE": _("Possible conflict of interest: hold"),
    "HEARING_INDIVIDUAL": _("Individual hearing ahead (or of unknown kind)"),
    "HEARING_MASTER": _("Master hearing ahead"),
    "ASYLUM_INTERVIEW": _("Asylum office interview ahead"),
    "NOTICE_DUE": _("A letter must be answered by a date"),
    "FEAR_SCREENING": _("Fear screening ahead or negative"),
    "IN_ABSENTIA": _("Ordered removed for missing court"),
    "EVIDENCE_DATE_PASSED": _("Under 30 days to the hearing: ask the judge about evidence"),
    "PRIOR_DENIAL": _("Was told no before: a lawyer must look"),
    "APPEAL_WINDOW_OPEN": _("Time to appeal may still run"),
    "BIA_DEADLINE_DISPUTED": _("10 or 30 days to appeal is disputed: work to the earlier date"),
    "FINAL_ORDER_POSSIBLE": _("The time to appeal may be over: a lawyer must look"),
    "APPEAL_PENDING": _("An appeal or a petition is pending: a receipt shows it"),
    "APPEAL_SAID_SENT": _("Says something was filed against it: no receipt in time yet"),
    "REOPEN_OPEN": _("Time for a motion to reopen may still run"),
    "PFR_OPEN": _("Time for a petition in the court of appeals may still run"),
    "PRIOR_ORDER": _("Was ordered deported before: a lawyer looks, perhaps withholding only"),
    "DENIED_BY_OFFICER": _("An officer said no: find out today which paper this is"),
    "DENIAL_DATE_UNKNOWN": _("Was told no, by whom or when is not known: find out"),
    "HEARING_PASSED": _("A hearing, interview or check-in has gone by: was it held? was it missed?"),
    "I589_CALLUP": _("A judge wants the I-589 by a date"),
    "OYD_UAC_CHECK": _(
        "May be exempt while a child alone: a lawyer decides; the J.O.P. settlement ended on 27 May 2026:"
        " treat the birthday as a last day"
    ),
    "OYD_MAY_RUN": _("The year may have ended, or may still run: find the day of arrival today"),
    "OYD_FILED_LATE": _("The I-589 was received after the year: a lawyer looks at exceptions"),
    "OYD_FILED_MAYBE_LATE": _("The I-589 may have been received after the year: ask the day of arrival"),
    "I589_FILED": _("A receipt for the I-589 is on file"),
    "I589_SAID_SENT": _("Says the I-589 was sent: without a receipt the year runs"),
    "I589_RETURNED": _("The I-589 was sent back or dismissed: the year runs"),
    "I589_BEFORE_ARRIVAL": _("The I-589 was received before the last arrival: the year runs anew"),
    "LATE_FILE_PROOF": _(
        "File the reason for being late, and its proof, with the form: an interview may not come"
    ),
    "CHILD_EXCEPTION": _("Is, or was in that year, under 18: an exception may apply"),
    "STATUS_KEPT": _("Had a status: a late filing may be excused if soon after it ends"),
    "CHILD_NEAR_21": _("A child of the family nears 21: the I-589 must be received before"),
    "REFUGEE_ADJUST": _(
        "A refugee: the I-485 is due at one year; no visit to an office before a lawyer says so"
    ),
    "ER_PAROLE": _("Came with parole or at a border post: a lawyer checks fast removal"),
    "BORDER_RULE": _("Came in the time of the border rules: for a lawyer"),
    "ARRIVAL_FUTURE": _("The day of arrival lies ahead: ask again"),
    "BIRTH_DATE_FUTURE": _("The birth date lies ahead: ask again"),
    "DENIAL_DATE_FUTURE": _("The day of the decision lies ahead: ask again"),
    "DECISIONS_FUTURE": _("A day of a decision, or of what was filed against it, lies ahead: ask again"),
    "I589_RECEIVED_FUTURE": _("The day of the receipt lies ahead: ask again"),
    "I589_RETURNED_FUTURE": _("The day on which the I-589 came back lies ahead: ask again"),
    "I485_RECEIVED_FUTURE": _("The day of the receipt for the I-485 lies ahead: ask again"),
    "GRANTED_FUTURE": _("The day of the grant lies ahead: ask again"),
    "CHILDREN_FUTURE": _("A child's birth date lies ahead: ask again"),
    "ARRIVAL_UNKNOWN": _("Arrival date not known: ask"),
    "ARRIVAL_APPROX": _("Arrival known by month or year only"),
    "OYD_PASSED": _(
        "More than a year since arrival: a lawyer looks at exceptions; withholding and CAT have no year"
    ),
    "OYD_14": _("One-year date in 14 days or less"),
    "OYD_30": _("One-year date in 30 days or less"),
    "OYD_60": _("One-year date in 60 days or less"),
    "OYD_120": _("One-year date in 120 days or less"),
    "DETAINED": _("Held by immigration"),
    "ORR_CUSTODY": _("In a children's shelter"),
    "CHECKIN_SOON": _("Check-in with immigration within 14 days"),
    "UAC": _("Child alone: confirm"),
    "CHILD_PRINCIPAL": _("Under 18"),
    "AGING_OUT": _("About to turn 18 or 21"),
    "DANGER_NOW": _("In danger in the United States now, or wants to talk about it"),
    "VULNERABLE": _("Needs special care"),
    "ENTRY_EWI": _("Came across the border: safety information"),
    "ER_EXPOSURE": _("Could be put into fast removal, in court or not: call back soon"),
    "URGENT_REFERRAL": _("Urgent but not for us: hand over to someone, in person, within one business day"),
}

GATES: dict[str, Any] = {
    "representation": _("No lawyer now"),
    "afford": _("Cannot afford one"),
    "need": _("Needs protection"),
    "area": _("Our area"),
}
RESULTS: dict[str, Any] = {"PASS": _("Yes"), "FAIL": _("No"), "UNKNOWN": _("Not known"), "FLAG": _("Note")}
TONES = {"PASS": GOOD, "FAIL": BAD}


def result_badge(result: str) -> Badge:
    """Return what came of a rule, as a badge."""
    return Badge(str(RESULTS.get(result, result)), TONES.get(result, WARN))


@dataclass(frozen=True)
class FindingWords:
    """A finding as staff read it. `inputs` are (name, value) pairs the rule used."""

    code: str
    words: Any
    result: str
    result_words: Any
    citation: str
    inputs: list[tuple[str, Any]]


def finding_words(findings: Iterable[tuple[Any, Mapping[str, Any]]]) -> list[FindingWords]:
    """Put a screening's findings, each with the inputs its rule used, into words."""
    return [
        FindingWords(
            finding.code,
            WORDS.get(finding.code, finding.code),
            finding.result,
            RESULTS.get(finding.result, finding.result),
            finding.citation,
            list(inputs.items()),
        )
        for finding, inputs in findings
    ]


def code_words(codes: Iterable[str]) -> list[Any]:
    return [WORDS.get(code, code) for code in codes]


def gate_words(gates: dict[str, str]) -> list[tuple[Any, str, Any]]:
    """Return (gate in words, result code, result in words) in the order of the policy."""
    return [(words, gates[key], RESULTS[gates[key]]) for key, words in GATES.items() if key in gates]
