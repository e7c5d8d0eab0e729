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
    "INCOME_LE_125": _("Income at or under 125 % of the poverty guideline"),
    "INCOME_125_200": _("Income at or under 200 % of the poverty guideline"),
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
    "FINAL_ORDER_POSSIBLE": _("The time to appeal seems to be over: a lawyer must look"),
    "OYD_EXEMPT_UAC": _("Child alone: the one-year rule does not apply"),
    "I589_FILED": _("Says the I-589 was sent: ask for a copy"),
    "ARRIVAL_UNKNOWN": _("Arrival date not known: ask"),
    "ARRIVAL_APPROX": _("Arrival known by month or year only"),
    "OYD_PASSED": _("One year has passed: a lawyer looks at exceptions"),
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
    "ER_EXPOSURE": _("Could be put into fast removal: call back soon"),
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
