"""One person's facts for both engines: what the screening was told, counted as dates too, and the reverse."""

from typing import Any

from cases.rules.facts import READERS as OF_DATES
from cases.rules.facts import DeadlineFacts, Decision
from foundation.calendar import PartialDate
from screening.rules import Facts, reading
from screening.rules.facts import READERS as OF_SCREENING
from screening.rules.one_year import is_asked

# Facts that mean the same to both and are read by the same words.
SHARED = tuple(sorted(set(OF_DATES) & set(Facts._fields)))
EITHER = {**OF_DATES, **OF_SCREENING}
# Facts of dates alone that a screening reads by another word.
ALIKE = {"fear_determination", "rf_referral", "fear_review_requested"}


def read_both(item: Any) -> tuple[Facts, DeadlineFacts]:
    """Read facts from JSON, keys of either engine; BadFacts names the key neither knows."""
    known = reading.object_of("facts", item, EITHER)
    values = {key: EITHER[key](key, value) for key, value in known.items() if value is not None}
    dated = {key: values.pop(key) for key in values.keys() - OF_SCREENING.keys()}
    facts = Facts(**values)
    if not dated:
        return facts, DeadlineFacts(**told_of(facts))
    only = DeadlineFacts(**dated)
    facts = with_dates(facts, only)
    told = told_of(facts)
    if any(each.replaces == "i589_callup" for each in only.judge_dates):
        told["i589_callup"] = values.get("i589_callup")  # a judge's date stays a judge's
    return facts, DeadlineFacts(**{**dated, **told})


def with_dates(facts: Facts, dated: DeadlineFacts) -> Facts:
    """Return the screening's facts with what only the dates were told."""
    called_up = [each.date for each in dated.judge_dates if each.replaces == "i589_callup"]
    changes: dict[str, Any] = {}
    if dated.all_decisions:
        changes["decisions"] = (*facts.decisions, *dated.all_decisions)
    if dated.detained and facts.custody is None:
        changes["custody"] = "ice"
    if any(getattr(dated, name) for name in ALIKE):
        changes["fear_screening"] = True
    if dated.sij and "sij" not in facts.other_protection:
        changes["other_protection"] = (*facts.other_protection, "sij")
    if called_up and facts.i589_callup is None:
        first = min(called_up)
        changes["i589_callup"] = PartialDate(first.year, first.month, first.day)
    return facts._replace(**changes)


def told_of(facts: Facts) -> dict[str, Any]:
    """Return what a screening's facts say of dates.

    Arrival counts only where the one-year rule is looked at: in the country, and afraid or not sure.
    """
    decisions = facts.decisions
    if facts.denial_date:
        decisions = (*decisions, Decision(facts.denial_date, "judge"))
    return {
        **{name: getattr(facts, name) for name in SHARED},
        "arrival": facts.arrival if is_asked(facts) else None,
        "decisions": decisions,
        "decision": None,
        "in_absentia_order": None,
        "detained": facts.custody == "ice",
        "sij": "sij" in facts.other_protection,
    }
