"""What happens to a case, as one list; each file beside this one holds the actions of one subject."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.access import may_write_note
from cases.adopting import adopt_try
from cases.asking import ask_for_papers, ask_person, drop_question, note_answer, settle_paper
from cases.assigning import (
    KeptOffCase,
    NoCaseworker,
    NothingNext,
    assign_case,
    set_skills,
    take_next,
)
from cases.closing import (
    AlreadyAsked,
    HeldByOthers,
    NotAsked,
    TheirOwnWord,
    WordsNeeded,
    ask_to_close,
    confirm_closing,
    drop_closing,
    reopen_case,
)
from cases.ending import CaseOver, LawyerFirst, end_case, lock_case, lock_open
from cases.family import (
    AlreadyLinked,
    LinkGone,
    NotTwo,
    begin_own_form,
    link_family,
    set_apart,
    split_family,
    unlink_family,
)
from cases.filings import note_returned, record_filing, remove_filing
from cases.granting import grant_access, revoke_access
from cases.many import assign_many, tag_many, undo_change
from cases.models import Case, Note, Status
from cases.opening import note_same_person, open_case
from cases.papers import NotOfThisCase, add_papers, bring_paper_back, describe_paper, put_paper_aside
from cases.queries import caseworkers_for
from cases.reminders import remind_of_deadlines, remind_of_looks, remind_of_seconds
from cases.rescreening import rescreen_case, rescreen_open_cases, screen_again
from cases.runs import forget_old_tries, note_changed_rules, note_read, start_try, waiting_offices
from cases.searches import TooManySearches, end_search, note_looked, save_search
from cases.seconds import Decided, SecondPerson, SupervisorFirst, confirm_step, drop_step, refuse_step
from cases.settling import (
    confirm_deadline,
    finish_deadline,
    remove_judge_date,
    reopen_deadline,
    set_judge_date,
    waive_deadline,
    write_facts,
)
from cases.tagging import TagEnded, TagThere, TooManyTags, end_tag, make_tag, tag_case, untag_case
from cases.telling import (
    NothingToTell,
    post_to_person,
    settle_posting,
    show_progress,
    tell_ending,
)
from cases.triage import HandOffNeeded, ReasonNeeded, decline_case, review_case, take_case, triage_case
from cases.wishes import decide_wish, invite_story, set_legal_hold
from foundation.accounts.models import User
from foundation.events.ledger import actor_of, record
from foundation.refused import Forbidden
from notifications.actions import notify_user

__all__ = [
    "AlreadyAsked",
    "AlreadyLinked",
    "CaseOver",
    "Decided",
    "HandOffNeeded",
    "HeldByOthers",
    "KeptOffCase",
    "LawyerFirst",
    "LinkGone",
    "NoCaseworker",
    "NotAsked",
    "NotOfThisCase",
    "NotTwo",
    "NothingNext",
    "NothingToTell",
    "ReasonNeeded",
    "SecondPerson",
    "SupervisorFirst",
    "TagEnded",
    "TagThere",
    "TheirOwnWord",
    "TooManySearches",
    "TooManyTags",
    "WordsNeeded",
    "add_note",
    "add_papers",
    "adopt_try",
    "ask_for_papers",
    "ask_person",
    "ask_to_close",
    "assign_case",
    "assign_many",
    "begin_own_form",
    "bring_paper_back",
    "confirm_closing",
    "confirm_deadline",
    "confirm_step",
    "counsel_withdrew",
    "decide_wish",
    "decline_case",
    "describe_paper",
    "drop_closing",
    "drop_question",
    "drop_step",
    "end_case",
    "end_search",
    "end_tag",
    "finish_deadline",
    "forget_old_tries",
    "grant_access",
    "invite_story",
    "link_family",
    "lock_case",
    "lock_open",
    "make_tag",
    "mark_represented",
    "note_answer",
    "note_changed_rules",
    "note_looked",
    "note_read",
    "note_returned",
    "note_same_person",
    "open_case",
    "post_to_person",
    "put_paper_aside",
    "record_filing",
    "refuse_step",
    "remind_of_deadlines",
    "remind_of_looks",
    "remind_of_seconds",
    "remove_filing",
    "remove_judge_date",
    "reopen_case",
    "reopen_deadline",
    "rescreen_case",
    "rescreen_open_cases",
    "review_case",
    "revoke_access",
    "save_search",
    "screen_again",
    "seek_counsel",
    "set_apart",
    "set_judge_date",
    "set_legal_hold",
    "set_skills",
    "settle_paper",
    "settle_posting",
    "show_progress",
    "split_family",
    "start_try",
    "tag_case",
    "tag_many",
    "take_case",
    "take_next",
    "tell_ending",
    "tell_of",
    "triage_case",
    "undo_change",
    "unlink_family",
    "untag_case",
    "waiting_offices",
    "waive_deadline",
    "write_facts",
]


def seek_counsel(case: Case, *, by: User) -> None:
    Case.LIFE.move(case, Status.SEEKING_COUNSEL, by=by, event="cases.seeking_counsel")


def back_to_triage(case: Case, *, by: User) -> None:
    Case.LIFE.move(case, Status.IN_TRIAGE, by=by, event="cases.back_in_triage")


def mark_represented(case: Case, *, by: User) -> None:
    Case.LIFE.move(case, Status.REPRESENTED, by=by, event="cases.represented")


def counsel_withdrew(case: Case, *, by: User | str) -> None:
    Case.LIFE.move(case, Status.SEEKING_COUNSEL, by=by, event="cases.counsel_withdrew")


@transaction.atomic
def add_note(case: Case, *, text: str, by: User, at: datetime) -> Note:
    """Write something down about a case.

    Raises Forbidden for whoever may not write notes here.
    """
    if not may_write_note(by, case):
        raise Forbidden
    note = Note.objects.create(**case.matter.columns, case=case, author=by, text=text, written_at=at)
    record("cases.note_added", case, by=by, at=at)
    return note


@transaction.atomic
def note_not_reached(case: Case, *, reason: str, by: Any, at: datetime) -> None:
    """Note that its person was not sent a message, and tell the caseworkers, since somebody else must now."""
    record("cases.person_not_told", case, by=by, at=at, data={"reason": reason})
    if case.is_open:
        tell_of(case, kind="person_not_told", people=caseworkers_for(case), actor=by, at=at)


@transaction.atomic
def tell_of(case: Case, *, kind: str, people: Iterable[User], actor: str, at: datetime) -> None:
    """Tell people that something about a case changed, each once, except the one who changed it."""
    for user in {user.pk: user for user in people}.values():
        if actor_of(user) != actor:
            notify_user(user, kind=kind, link=case.get_absolute_url(), at=at)
