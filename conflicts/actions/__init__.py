"""Parties are written down, checks are asked, pairs are decided, people are kept off a matter."""

from conflicts.actions.a_numbers import note_a_number
from conflicts.actions.checks import check_again, decide_unread, start_check
from conflicts.actions.ending import keep_stub, let_go, tidy
from conflicts.actions.fences import fence, lift_fence
from conflicts.actions.hits import decide_hit, found_same_contact, matter_opened, note_found, put_aside
from conflicts.actions.named import Named, applicant_names, line_of, people_named
from conflicts.actions.own_list import keep_own_list, leave_own_list
from conflicts.actions.parties import (
    add_party,
    note_applicant,
    note_board,
    note_staff,
    remove_party,
    take_off_staff,
    write_parties,
)
from conflicts.actions.refusals import AlreadyTogether, NotAName, OwnFence, ReasonNeeded
from conflicts.actions.same_person import put_together, take_apart
from conflicts.actions.searches import forget_searches, search_names

__all__ = [
    "AlreadyTogether",
    "Named",
    "NotAName",
    "OwnFence",
    "ReasonNeeded",
    "add_party",
    "applicant_names",
    "check_again",
    "decide_hit",
    "decide_unread",
    "fence",
    "forget_searches",
    "found_same_contact",
    "keep_own_list",
    "keep_stub",
    "leave_own_list",
    "let_go",
    "lift_fence",
    "line_of",
    "matter_opened",
    "note_a_number",
    "note_applicant",
    "note_board",
    "note_found",
    "note_staff",
    "people_named",
    "put_aside",
    "put_together",
    "remove_party",
    "search_names",
    "start_check",
    "take_apart",
    "take_off_staff",
    "tidy",
    "write_parties",
]
