"""All that is done to referrals and offers, and what takes offers back; the files beside this one do it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from conflicts.queries import UNCLEAR, standings
from referrals.answering import accept_offer, decline_offer, move_offer, show_names
from referrals.asking import answer_question, ask_about_offer
from referrals.board import InterestOver, NotOnBoard, decline_interest, say_interest, withdraw_interest
from referrals.cascades import begin_cascade, stop_cascade
from referrals.ending import (
    expire_offers,
    lock_offers,
    remind_of_offers,
    take_back,
    take_back_from,
    take_offer_back,
)
from referrals.engagements import BadDate, OfferOver, note_engagement, release_assignment
from referrals.engaging import BadFilingDay, NoLetter, keep_terms, note_papers_back
from referrals.handing import (
    AlreadyAsked,
    BadConsent,
    NamesStand,
    NoAddress,
    NobodyReached,
    NotInDirectory,
    NoYes,
    ask_receiver,
    decline_with_help,
    expire_hand_overs,
    give_names,
    note_answer_seen,
    note_phone_answer,
    note_told_of,
    rescind_hand_over,
    take_back_links,
    take_back_links_of_unclear,
    take_back_open_links,
)
from referrals.handing_on import ask_colleague, take_asking_back
from referrals.links import LinkOver, answer_link
from referrals.models import RescindReason
from referrals.offering import offer_referral, rescind_offer
from referrals.pausing import pause_offer, resume_offer
from referrals.referring import (
    AlreadyReferred,
    NotOurs,
    NotTriaged,
    QueueClosed,
    StillOffered,
    refer_case,
    untake_referral,
)
from referrals.refusals import (
    AnsweredAlready,
    AskedAlready,
    CascadeRuns,
    KeptOff,
    NamesNotChecked,
    NamesNotClear,
    NobodyListed,
    NoRoom,
    NotAvailable,
    NotFit,
    NotForThem,
    NotPaused,
    NotQueued,
    NotTrained,
    OnTheirList,
    OnYourList,
    PausedAlready,
    SaidConflict,
    TellsWho,
    TooManyQuestions,
    WrittenMeanwhile,
)
from referrals.summaries import approve_synopsis, write_synopsis

__all__ = [
    "AlreadyAsked",
    "AlreadyReferred",
    "AnsweredAlready",
    "AskedAlready",
    "BadConsent",
    "BadDate",
    "BadFilingDay",
    "CascadeRuns",
    "InterestOver",
    "KeptOff",
    "LinkOver",
    "NamesNotChecked",
    "NamesNotClear",
    "NamesStand",
    "NoAddress",
    "NoLetter",
    "NoRoom",
    "NoYes",
    "NobodyListed",
    "NobodyReached",
    "NotAvailable",
    "NotFit",
    "NotForThem",
    "NotInDirectory",
    "NotOnBoard",
    "NotOurs",
    "NotPaused",
    "NotQueued",
    "NotTrained",
    "NotTriaged",
    "OfferOver",
    "OnTheirList",
    "OnYourList",
    "PausedAlready",
    "QueueClosed",
    "SaidConflict",
    "StillOffered",
    "TellsWho",
    "TooManyQuestions",
    "WrittenMeanwhile",
    "accept_offer",
    "answer_link",
    "answer_question",
    "approve_synopsis",
    "ask_about_offer",
    "ask_colleague",
    "ask_receiver",
    "begin_cascade",
    "decline_interest",
    "decline_offer",
    "decline_with_help",
    "expire_hand_overs",
    "expire_offers",
    "give_names",
    "keep_terms",
    "move_offer",
    "note_answer_seen",
    "note_engagement",
    "note_papers_back",
    "note_phone_answer",
    "note_told_of",
    "offer_referral",
    "pause_offer",
    "refer_case",
    "release_assignment",
    "remind_of_offers",
    "rescind_hand_over",
    "rescind_offer",
    "resume_offer",
    "say_interest",
    "show_names",
    "stop_cascade",
    "take_asking_back",
    "take_back",
    "take_back_from",
    "take_back_links",
    "take_back_links_of_unclear",
    "take_back_open_links",
    "take_back_unclear",
    "untake_referral",
    "withdraw_interest",
    "write_synopsis",
]


@transaction.atomic
def take_back_unclear(matter_ids: Iterable[str], *, by: str, at: datetime) -> int:
    """Take back the open offers of matters whose names may be on two sides now; return how many."""
    offers = lock_offers(matter_id__in=list(matter_ids))
    stand = standings(offer.matter_id for offer in offers)
    unclear = [offer for offer in offers if stand[offer.matter_id] in UNCLEAR]
    for offer in unclear:
        take_offer_back(offer, RescindReason.NAMES, by=by, at=at)
    return len(unclear)
