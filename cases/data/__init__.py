"""The dated deadline rules and fees beside this file, loaded once and refused where they are not whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from foundation.figures import BadData, Figure, Row, read_rows

__all__ = [
    "BadData",
    "Checked",
    "Fee",
    "Rule",
    "Rules",
    "Watched",
    "deadline_rules",
    "fee_on",
    "fees",
    "figures",
    "law_watch",
    "load_fees",
    "load_rules",
    "load_watch",
    "unknown_fees",
]

HERE = Path(__file__).parent
COLUMNS = (
    "key,name,audience,kind,trigger,offset,unit,direction,weekend_holiday_rule,latest_holiday_rule,filed_when,"
    "applies_when,file_where,fee,no_filing,starts_with,only_if,citation,effective_from,effective_to,check_by,"
    "confidence,checked_on,checked_by,checked_against,source,note"
)
WATCH_COLUMNS = "key,what,look_at,known_to,state,source"
# last_day: too late after it; safe_day: worked to, with a last day behind it; first_day: may be done from it;
# other_side: somebody else must act by it.
KINDS = ("last_day", "safe_day", "first_day", "other_side")
# Their last day is arguable, so nothing says that it has passed.
NEVER_PASSED = ("uac_18", "bia_appeal_reg_text")
FEE_COLUMNS = "key,name,amount_usd,effective_from,effective_to,waivable,check_by,confidence,source,note"
WITHOUT_OFFSET = ("set by the court", "as the notice says")
UNITS = ("calendar days", "working days", "years", "years minus 1 day", *WITHOUT_OFFSET)
# What each weekend rule does to a date on a closed day, as the rule's words say it.
WEEKENDS = {
    "roll_forward": "on a closed day, the next open day",
    "roll_forward_per_manual": "on a closed day, the next open day (practice manual)",
    "FRAP 26(a)": "on a closed day, the next open day (Fed. R. App. P. 26(a))",
    "8 CFR 1.2": "on a closed day, the next open day (8 CFR 1.2)",
    "roll_backward": "on a closed day, the open day before",
    "roll_backward_for_display": "on a closed day, the open day before is shown",
    "roll_forward_per_manual_show_previous_business_day": "on a closed day, the open day before is shown",
    "verify": "not moved off closed days: check",
    "verify on notice": "not moved off closed days: check the notice",
    "judge": "",
    "none": "",
}
# What a row may be counted from (`starts_with`): the facts of a case that name a day. How each is found
# stands in cases/rules/triggers.py.
STARTS = {
    "arrival": "the last arrival; before 1 April 1997, that day",
    "individual_hearing": "the individual hearing",
    "master_hearing": "the master hearing",
    "hearing_in_detention": "a hearing in detention: the court alone sets the date",
    "asylum_interview": "the asylum interview",
    "interview_gone": "an asylum interview that has gone by, and nobody said that it was held",
    "i589_callup": "the day by which a judge wants the I-589",
    "motion_filed_by_dhs": "the government's motion",
    "judge_decision": "a judge's decision that can still be appealed",
    "bia_decision": "the Board's decision, which is the final order",
    "order_to_reconsider": "an order of a judge or of the Board; its last day from the day it became final",
    "order_to_reopen": "the same, or an order made in absence",
    "dhs_order": "an order of DHS, or an officer's decision that may be one",
    "briefing_schedule": "the Board's briefing schedule",
    "in_absentia_order": "an order made in absence",
    "fear_determination": "the determination on credible fear",
    "rf_referral": "the I-863 after a determination on reasonable fear",
    "i589_received": "receipt of the complete I-589; the clock stands during stops",
    "ead_expires": "the end of the work permit",
    "annual_fee_notice": "the notice of the annual fee",
    "aaf_court": "the date in the judge's written order on the annual fee",
    "moved": "the move to a new address",
    "grant": "a grant of asylum, or admission as a refugee",
    "asylum_grant": "a grant of asylum",
    "refugee_admission": "admission as a refugee, until the receipt for the I-485",
    "turns_18": "the 18th birthday",
    "turns_21": "the 21st birthday",
    "child_turns_21": "the 21st birthday of a child of the family, within twelve months",
    "status_end": "the end of a status that may excuse a late filing",
    "noid": "the date of the asylum office's notice of intent to deny",
    "notice_due": "the day a letter must be answered",
}
# What must hold, or with "not" before it must not, for a row to have a place (`only_if`, several with ";").
CONDITIONS = {
    "i589_filed": "a receipt shows that the I-589 was filed since the last arrival, and it did not come back",
    "uac": "an unaccompanied child",
    "detained": "held by immigration",
    "in_proceedings": "in immigration court",
    "sij": "asks for the juvenile petition",
    "asylum_merits": "the decision is known to be one on the merits of asylum",
}


@dataclass(frozen=True)
class Condition:
    """One condition of a row: a name of CONDITIONS, and whether it must hold or must not."""

    name: str
    holds: bool


@dataclass(frozen=True)
class Checked:
    """Who looked at a row, on which day, against which page."""

    on: date
    by: str
    against: str


@dataclass(frozen=True, eq=False)
class Rule:
    """One row of deadlines.csv: what it is called, how it is counted, where it is written, who reads it.

    `offset` in `unit`s before or after the trigger; None where only a court or a notice says. `trigger` says
    in words what `starts_with` names. `latest_weekend` is what a closed day does to the last day the text can
    be read to allow. `fees` are keys of fees.csv. A row nobody checked is at most of medium confidence,
    whatever the file says.
    """

    key: str
    name: str
    audience: str
    kind: str
    trigger: str
    starts_with: str
    only_if: tuple[Condition, ...]
    offset: int | None
    unit: str
    direction: str
    weekend: str
    latest_weekend: str
    filed_when: str
    applies_when: str
    file_where: str
    fees: tuple[str, ...]
    no_filing: str
    citation: str
    confidence: str
    checked: Checked | None
    source: str
    note: str
    figure: Figure

    @cached_property
    def is_met_by_filing(self) -> bool:
        """Tell whether the row applies only while no I-589 is filed."""
        return any(each.name == "i589_filed" and not each.holds for each in self.only_if)

    @cached_property
    def counting(self) -> str:
        """Return the rule in a sentence, such as "10 calendar days after move"."""
        unit = self.unit.replace("years", "year") if self.offset == 1 else self.unit
        amount = unit if self.offset is None else f"{self.offset} {unit}"
        counted = f"{amount} {self.direction} {self.trigger}"
        return "; ".join(filter(None, (counted, WEEKENDS[self.weekend])))


@dataclass(frozen=True)
class Fee:
    """One row of fees.csv: an amount in whole dollars for some days; rows of a key follow one another."""

    key: str
    name: str
    amount_usd: int
    waivable: str
    note: str
    figure: Figure


@dataclass(frozen=True)
class Watched:
    """One thing in the law to look at each month: what it is, where it stands, to which day it is known."""

    key: str
    what: str
    look_at: str
    known_to: date
    state: str
    source: str


class Rules(dict[str, Rule]):
    """Deadline rules by their key, and once for all by what they start with."""

    @cached_property
    def by_start(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.values():
            found.setdefault(rule.starts_with, []).append(rule)
        return found


@cache
def deadline_rules() -> Rules:
    """Return {key: rule} of this folder; BadData names file and line."""
    return load_rules(HERE / "deadlines.csv")


@cache
def fees() -> tuple[Fee, ...]:
    """Return the fees of this folder; BadData names file and line."""
    return load_fees(HERE / "fees.csv")


@cache
def law_watch() -> tuple[Watched, ...]:
    """Return what is to be looked at each month; BadData names file and line."""
    return load_watch(HERE / "law_watch.csv")


def figures() -> tuple[Figure, ...]:
    """Return the dates and sureness of every row, for the data check; BadData also of a fee nobody lists."""
    law_watch()
    if missing := unknown_fees(deadline_rules().values(), fees()):
        raise BadData(f"deadlines.csv line 1: no row of fees.csv has {', '.join(missing)}")
    return (*(rule.figure for rule in deadline_rules().values()), *(fee.figure for fee in fees()))


def load_rules(path: Path) -> Rules:
    """Read deadline rules; BadData names file and line, also of a row that nothing starts."""
    rules = Rules()
    for row in read_rows(path, COLUMNS.split(",")):
        rule = _rule(row)
        if rule.key in rules:
            raise row.bad(f"{rule.key} stands twice")
        rules[rule.key] = rule
    return rules


def unknown_fees(rules: Iterable[Rule], known: Iterable[Fee]) -> list[str]:
    """Return the fees that rows name and no row of fees.csv has."""
    keys = {fee.key for fee in known}
    return sorted({key for rule in rules for key in rule.fees if key not in keys})


def _rule(row: Row) -> Rule:
    key, name, unit = row.text("key"), row.text("name"), row.choice("unit", UNITS)
    figure, checked = row.figure(key, name), _checked(row)
    if checked is None and figure.confidence == "high":
        figure = replace(figure, confidence="medium")
    has_offset = unit not in WITHOUT_OFFSET
    if not has_offset and row.values["offset"]:
        raise row.bad(f"offset must be empty where the date is {unit}")
    return Rule(
        key=key,
        name=name,
        audience=row.choice("audience", ("staff", "lawyer")),
        kind=row.choice("kind", KINDS),
        trigger=row.text("trigger"),
        starts_with=row.choice("starts_with", STARTS),
        only_if=tuple(_conditions(row)),
        offset=row.whole("offset") if has_offset else None,
        unit=unit,
        direction=row.choice("direction", ("after", "before")),
        weekend=row.choice("weekend_holiday_rule", WEEKENDS),
        latest_weekend=row.choice("latest_holiday_rule", WEEKENDS),
        filed_when=row.values["filed_when"],
        applies_when=row.values["applies_when"],
        file_where=row.values["file_where"],
        fees=tuple(filter(None, map(str.strip, row.values["fee"].split(";")))),
        no_filing=row.values["no_filing"],
        citation=row.text("citation"),
        confidence=figure.confidence,
        checked=checked,
        source=row.text("source"),
        note=row.values["note"],
        figure=figure,
    )


def _checked(row: Row) -> Checked | None:
    """Return who checked a row; all three columns, or none."""
    on = row.day("checked_on")
    by, against = (row.values[name].strip() for name in ("checked_by", "checked_against"))
    if not (on or by or against):
        return None
    if on and by and against:
        return Checked(on, by, against)
    raise row.bad("checked_on, checked_by and checked_against belong together")


def _conditions(row: Row) -> Iterator[Condition]:
    for part in filter(None, map(str.strip, row.values["only_if"].split(";"))):
        name = part.removeprefix("not ").strip()
        if name not in CONDITIONS:
            raise row.bad(f"only_if is {part!r}: use one of {', '.join(map(repr, CONDITIONS))}")
        yield Condition(name, holds=name == part)


def load_fees(path: Path) -> tuple[Fee, ...]:
    """Read fees; BadData names file and line, also where two rows of a fee hold on one day."""
    found: list[Fee] = []
    for row in read_rows(path, FEE_COLUMNS.split(",")):
        key, name = row.text("key"), row.text("name")
        figure = row.figure(key, name)
        if any(_overlap(figure, fee.figure) for fee in found if fee.key == key):
            raise row.bad(f"{key} has another row that holds on the same day")
        waivable = row.choice("waivable", ("yes", "no", "in part", "not applicable"))
        found.append(Fee(key, name, row.whole("amount_usd"), waivable, row.values["note"], figure))
    return tuple(found)


def _overlap(one: Figure, other: Figure) -> bool:
    starts = max(one.effective_from or date.min, other.effective_from or date.min)
    return starts <= min(one.effective_to or date.max, other.effective_to or date.max)


def fee_on(key: str, day: date) -> Fee | None:
    """Return the fee that holds on a day, or None where no row says."""
    for fee in fees():
        start, end = fee.figure.effective_from or date.min, fee.figure.effective_to or date.max
        if fee.key == key and start <= day <= end:
            return fee
    return None


def load_watch(path: Path) -> tuple[Watched, ...]:
    """Read the law-watch list; BadData names file and line."""
    return tuple(
        Watched(
            key=row.text("key"),
            what=row.text("what"),
            look_at=row.text("look_at"),
            known_to=row.needed_day("known_to"),
            state=row.text("state"),
            source=row.text("source"),
        )
        for row in read_rows(path, WATCH_COLUMNS.split(","))
    )
