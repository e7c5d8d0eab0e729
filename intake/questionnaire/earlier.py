"""Pages that are asked no more, and where what was answered on them stands by now (ADR 35).

An address stands in the history of phones and a key over kept answers: neither is given to another page.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from intake.questionnaire.path import BY_KEY, BY_NUMBER

# {number: key} of every page that was taken away.
RETIRED: dict[int, str] = {
    1: "language",
    6: "in_us",
    7: "custody",
    8: "facility",
    9: "has_court",
    10: "hearing_date",
    11: "hearing_kind",
    12: "court",
    13: "a_number",
    14: "decision",
    15: "decision_date",
    17: "letter_due",
    19: "full_name",
    20: "other_names",
    21: "dob",
    26: "rep",
    27: "notario",
    28: "waitlist",
    29: "where_live",
    30: "household",
    31: "income",
    32: "benefits",
    34: "wants",
    35: "fear",
    36: "arrival",
    37: "entry",
    38: "earlier_entries",
    39: "i589",
    40: "i589_when",
    41: "status",
    42: "status_end",
    44: "harm_past",
    45: "harm_who",
    46: "harm_why",
    47: "torture",
    48: "other_country",
    53: "contact",
    54: "phone_email",
    55: "address",
    56: "interpreter",
    57: "access",
    61: "deported",
    62: "appointments",
    63: "i589_returned",
}
# {page: the pages whose questions it asks now}.
JOINED: dict[str, tuple[str, ...]] = {
    "where_now": ("in_us", "custody", "facility"),
    "hearing": ("has_court", "hearing_date", "hearing_kind", "court"),
    "refused": ("decision", "decision_date", "deported"),
    "due": ("appointments", "letter_due"),
    "reach": ("contact", "phone_email"),
    "name": ("full_name", "other_names"),
    "born": ("dob", "a_number"),
    "others_helped": ("rep", "notario", "waitlist"),
    "home": ("where_live", "address"),
    "money": ("household", "income", "benefits"),
    "help": ("wants", "fear"),
    "coming": ("arrival", "entry", "earlier_entries"),
    "asylum_form": ("i589", "i589_when", "i589_returned"),
    "papers": ("status", "status_end"),
    "harm": ("harm_past", "harm_who", "harm_why"),
    "torture_elsewhere": ("torture", "other_country"),
    "speaking": ("interpreter", "access"),
}
MOVED = {old: new for new, olds in JOINED.items() for old in olds}


def keys_of(page: str) -> tuple[str, ...]:
    """Return every key under which an answer of this page may be kept, its own first."""
    return (page, *JOINED.get(page, ()))


def current(key: str) -> str:
    """Return the page under whose key an answer stands by now."""
    return MOVED.get(key, key)


def page_of(recorded: str | int) -> str:
    """Return the page of today that an event names by its key, or by its number, as once was recorded."""
    if isinstance(recorded, int):
        recorded = RETIRED.get(recorded) or BY_NUMBER[recorded].key
    return current(recorded)


def join_pages(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return {page: {question: value}} by the pages of today of answers by the keys they were kept under.

    A page of today that was saved holds all of its questions already, and stands for the older beside it.
    Of older pages a part whose question was answered otherwise since is left out, as no page would have asked
    it. Questions nobody asks any more are left out too.
    """
    joined = {key: values for key, values in kept.items() if key not in MOVED}
    for page, olds in JOINED.items():
        there = [kept[old] for old in olds if old in kept]
        if there and page not in joined:
            joined[page] = _joined(page, there)
    return joined


def _joined(page: str, kept: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one page's answers out of those of older pages."""
    form = BY_KEY[page].form
    values = {key: value for one in kept for key, value in one.items()}
    shut = {
        name
        for name, part in form.PARTS.items()
        if not part.is_open_after(values.get(part.of))
        and not any({name, part.of} <= one.keys() for one in kept)
    }
    asked = {*form.questions(), *(f"{name}_unknown" for name in form.dates()), "skips_story"}
    return {key: value for key, value in values.items() if key in asked and key not in shut}
