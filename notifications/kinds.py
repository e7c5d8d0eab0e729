"""The program's words of every message; an office may write its own (wording.py).

Neutral on purpose: a message may be read by the wrong person.
No name, no country, no reference to asylum, no case number: who may know, signs in.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A message's title and body, both fit for a stranger's eyes; whether people seeking help may get it.

    `carries_link`: an address to follow goes out with it, for somebody who has no account. `courtesy`: what
    it tells stands on the return page or was told by a person, so that nobody has to do it by hand.
    """

    title: Any
    body: Any
    for_applicants: bool = False
    carries_link: bool = False
    courtesy: bool = False


class UnknownMessage(KeyError):
    """A message of a kind that has no words here."""


def check_kind(kind: str) -> None:
    """Raise UnknownMessage for a kind that has no words: it could never be read."""
    if kind not in KINDS:
        raise UnknownMessage(kind)


# About somebody's own sign-in: nobody who covers for them hears of it.
OF_ONESELF = {"own_restore_asked", "own_restored", "tries_slowed"}
# What goes out at once, whatever went out just before: it can hurt somebody within minutes.
AT_ONCE = OF_ONESELF | {
    "hearing_unconfirmed",
    "case_urgent",
    "urgent_left",
    "urgent_told",
    "way_not_safe",
    "reading_alarm",
    "room_short",
}
DAY_DIGEST, WEEK_DIGEST = "day_digest", "week_digest"  # counts of what is told elsewhere (digests.py)
POSTED = "posted"  # that words wait on somebody's return page
KINDS = {
    "mentioned": Kind(
        _("A colleague mentioned you"), _("A colleague mentioned you in a note. Sign in to read it.")
    ),
    "small_task_moved": Kind(
        _("A small task moved on"), _("Something you asked help for moved on. Sign in to see it.")
    ),
    "case_opened": Kind(
        _("A new request is waiting"), _("A new request was opened in your office. Sign in to read it.")
    ),
    "offer_received": Kind(
        _("You have a new offer"),
        _("A request that may suit you was offered to you. Sign in to read the summary and answer."),
    ),
    "offer_accepted": Kind(
        _("An offer was accepted"), _("An attorney accepted one of your referrals. Sign in to see it.")
    ),
    "offer_declined": Kind(
        _("An offer was declined"), _("One of your referrals is back in the queue. Sign in to see it.")
    ),
    "offer_expired": Kind(
        _("An offer ran out"),
        _("Nobody answered in time; the referral is back in the queue. Sign in to see it."),
    ),
    "offer_reminder": Kind(
        _("An offer waits for your answer"),
        _("A request that was offered to you still waits, and its time runs out. Sign in to answer."),
    ),
    "offer_paused": Kind(
        _("The clock of an offer was stopped"),
        _("Somebody you asked is looking for conflicts first. Sign in to see until when."),
    ),
    "offer_question": Kind(
        _("Somebody asks before they answer an offer"),
        _("Somebody you asked wants to know something before they answer. Sign in to read and answer it."),
    ),
    "offer_question_answered": Kind(
        _("Your question was answered"),
        _("What you asked about an offer was answered. The time to answer the offer runs on. Sign in."),
    ),
    "hand_on_asked": Kind(
        _("A colleague asks you to take something over"),
        _("A colleague asks whether you take over what they hold. Sign in to read the summary and answer."),
    ),
    "hand_on_begun": Kind(
        _("A colleague is asked to take something over"),
        _("Somebody who holds one of your cases asks a colleague to take it over. Sign in to see whom."),
    ),
    "hand_on_answered": Kind(
        _("Your colleague answered"), _("They answered, or their time ran out. Sign in to see it.")
    ),
    "held_case_ended": Kind(
        _("Something you held has ended"), _("Your office closed it. Sign in to read when and why.")
    ),
    "interest_said": Kind(
        _("Somebody asks for a referral"), _("One of your referrals is asked for. Sign in to see it.")
    ),
    "interest_declined": Kind(
        _("What you asked for was answered"), _("It is not offered to you. Sign in to read why.")
    ),
    "cascade_ended": Kind(
        _("Nobody further is being asked"),
        _("One of your referrals waits in its queue, and nobody is asked to take it. Sign in to go on."),
    ),
    "engagement_overdue": Kind(
        _("An engagement is not signed yet"),
        _("What was reserved days ago goes back unless the engagement is recorded. Sign in to see it."),
    ),
    "offer_rescinded": Kind(_("An offer was taken back"), _("You do not need to answer it any more.")),
    "firm_offer_received": Kind(
        _("Somebody of your firm has a new offer"),
        _("A request was offered to somebody for whom you answer. Sign in to read the summary."),
    ),
    "offer_answered_for_you": Kind(
        _("Your firm answered an offer for you"),
        _("A coordinator of your firm answered an offer in your stead. Sign in to see how."),
    ),
    "offer_moved_away": Kind(
        _("An offer went to a colleague"),
        _("A coordinator of your firm moved an offer to a colleague. You do not need to answer it any more."),
    ),
    "taking_changed_for_you": Kind(
        _("Your firm changed whether you take new requests"),
        _("A coordinator of your firm paused or resumed new requests for you. Sign in to see it."),
    ),
    "place_changed": Kind(
        _("Your place on the panel was changed"),
        _("Your office changed your firm, your part in it, or your mentor. Sign in to see it."),
    ),
    "firm_changed": Kind(
        _("The people of your firm changed"),
        _("Your office changed who is in a firm for which you answer. Sign in to see it."),
    ),
    "firm_uncoordinated": Kind(
        _("A firm has no coordinator"),
        _("Whoever answered for a firm does so no more. Sign in to choose somebody else."),
    ),
    "represented": Kind(
        _("An engagement was recorded"),
        _("One of your cases now has a signed engagement. Sign in to see it."),
    ),
    "deadline_near": Kind(
        _("A date is near"), _("A date on one of your cases is near or has passed. Sign in to see it.")
    ),
    "reading_alarm": Kind(
        _("Many files were opened"),
        _("Someone in your office opened unusually many files within an hour. Sign in to see who."),
    ),
    "room_short": Kind(
        _("Unusually many forms are coming in"),
        _("Unusually many forms are coming in, or their files take much room. Sign in to see them."),
    ),
    "restore_asked": Kind(
        _("Somebody is to be let in again"),
        _(
            "Somebody in your office lost their second step, and a colleague saw them. A second colleague who"
            " sees them too can let them in. Sign in to read who."
        ),
    ),
    "own_restore_asked": Kind(
        _("Somebody asked for a new second step for you"),
        _(
            "Somebody in your office says that you lost your second step. If it was not you, call your"
            " administrator now, and sign in."
        ),
    ),
    "restored": Kind(
        _("A second step was made anew"),
        _("Two people let somebody in your office choose a new second step. Sign in to see who."),
    ),
    "own_restored": Kind(
        _("Your second step is to be made anew"),
        _(
            "Two people in your office said that it is you. Your old second steps and your sessions have"
            " ended. If you did not ask for this, call your administrator now. If a phone was stolen, choose"
            " a new password too."
        ),
    ),
    "tries_slowed": Kind(
        _("Somebody tries to sign in as you"),
        _(
            "Somebody gave a wrong password or code for your account several times. They did not get in, and"
            " you still can. If it was not you, sign in and look at your sessions."
        ),
    ),
    "invited": Kind(
        _("You are invited"),
        _(
            "Someone you work with asks you to join them here. Open this address within three days and choose"
            " a password. It works once. If you do not know what this is, do nothing."
        ),
        carries_link=True,
    ),
    "hand_over_asked": Kind(
        _("A colleague asks whether you have room"),
        _(
            "Another office asks whether you can help someone. Open this address to read a short summary, and"
            " answer yes or no. It works once and ends in a few days. If you do not know what this is, do"
            " nothing."
        ),
        carries_link=True,
    ),
    "hand_over_accepted": Kind(
        _("An organization said yes"),
        _("An organization you asked takes someone. Sign in: it waits for what comes next."),
    ),
    "hand_over_came_back": Kind(
        _("A hand-over came back"),
        _("An organization you asked said no, or did not answer in time. Sign in to ask the next one."),
    ),
    "band_raised": Kind(
        _("A case became more urgent"),
        _("The urgency of one of your cases rose. Sign in to see why."),
    ),
    "look_overdue": Kind(
        _("A request waits for a first look"),
        _("A person should have looked at a request by now. Sign in to read it."),
    ),
    "dates_moved": Kind(
        _("Dates of a case changed"),
        _("A date on one of your cases is new, moved or no longer applies. Sign in to see why."),
    ),
    "rules_changed": Kind(
        _("The rules changed"),
        _("Some of your office's cases came out differently. Sign in to see which."),
    ),
    "case_urgent": Kind(
        _("An urgent request is waiting"),
        _("A request in your office needs a look now. Sign in to read it."),
    ),
    "urgent_left": Kind(
        _("A form needs a look now"),
        _("Someone who may need quick help left a form unfinished. Sign in to read it."),
    ),
    "urgent_told": Kind(
        _("A request needs a look now"),
        _("Someone who may need quick help told us something new. Sign in to read it."),
    ),
    "answer_changed": Kind(
        _("An answer was changed"), _("An answer on one of your cases was changed. Sign in to see which.")
    ),
    "person_asks": Kind(
        _("Someone asks for something"),
        _("Someone whose request you have asks for something. Sign in to see what."),
    ),
    "way_not_safe": Kind(
        _("Someone must be reached another way"),
        _("Someone on one of your cases said that a way to reach them is not safe any more. Sign in now."),
    ),
    "wish_taken_back": Kind(
        _("Someone took something back"),
        _("Someone whose request you have took back what they asked for or sent. Sign in to see what."),
    ),
    "papers_sent": Kind(
        _("Papers came in"), _("Someone whose request you have sent papers. Sign in to read them.")
    ),
    "paper_answered": Kind(
        _("Someone answered about papers"),
        _("Someone whose request you have answered about papers we asked for. Sign in to look at it."),
    ),
    "papers_added": Kind(
        _("Papers were added"), _("A colleague added papers to one of your cases. Sign in to read them.")
    ),
    "person_not_told": Kind(
        _("A message was not sent"),
        _("Someone on one of your cases could not be told something in a safe way. Sign in to see why."),
    ),
    POSTED: Kind(
        _("You have a message"),
        _("A message waits for you. Come back with your two numbers to read it, or call us."),
        for_applicants=True,
    ),
    "person_wrote": Kind(
        _("Someone wrote to you"),
        _("Someone whose request you have wrote a message. Sign in to read and answer it."),
    ),
    "reply_unplaced": Kind(
        _("A message waits for its case"),
        _("A message came in, and nobody knows yet whose it is. Sign in to read it."),
    ),
    "hearing_near": Kind(
        _("A day that must not be missed is near"),
        _("An important day of one of your cases is near. Sign in, and confirm that you know of it."),
    ),
    "hearing_unconfirmed": Kind(
        _("Nobody has confirmed a day that is near"),
        _("An important day of a case is near, and nobody has confirmed that they know. Sign in now."),
    ),
    "hearing_held": Kind(
        _("Did it take place?"),
        _("An important day of one of your cases has passed. Sign in and note what came of it."),
    ),
    "received": Kind(
        _("You have a message"),
        _("What you sent has arrived. Keep your two numbers: with them you see how it goes on."),
        for_applicants=True,
        courtesy=True,
    ),
    "went_on": Kind(
        _("You have a message"),
        _("Something went on. Come back with your two numbers to see what is next, or call us."),
        for_applicants=True,
        courtesy=True,
    ),
    "ended": Kind(
        _("You have a message"),
        _("What we told you stands on your page now. Come back with your two numbers, or call us."),
        for_applicants=True,
        courtesy=True,
    ),
    "hearing_soon": Kind(
        _("You have a message"),
        _("Something that concerns you is near. Come back with your two numbers, or call us."),
        for_applicants=True,
    ),
    "appointment_soon": Kind(
        _("You have a message"),
        _("Something that concerns you is near. Come back with your two numbers, or call us."),
        for_applicants=True,
    ),
    "cases_handed_over": Kind(
        _("Cases were handed over"),
        _("Cases of a colleague were handed over. Sign in to see them."),
    ),
    "given_back": Kind(
        _("A case was given back"),
        _("One of your cases has no attorney any more and seeks counsel again. Sign in to see it."),
    ),
    "second_needed": Kind(
        _("A second person is needed"),
        _("A colleague asks for a step that two people take. Sign in to look at it."),
    ),
    "second_waiting": Kind(
        _("A step still waits for a second person"),
        _("A colleague asked for a step that two people take, and nobody decided. Sign in to look at it."),
    ),
    "look_needed": Kind(
        _("Something was done that a second person looks at"),
        _("A colleague did something at once. Sign in to look at it after."),
    ),
    "second_decided": Kind(
        _("A second person decided"),
        _("A second person decided on a step that you asked for. Sign in to see how."),
    ),
    "case_idle": Kind(
        _("Nothing has happened for a while"),
        _("In one of your cases nothing has happened for weeks. Sign in to see which."),
    ),
    "person_unheard": Kind(
        _("Someone has heard nothing from us"),
        _("Someone whose request you have has heard nothing from us for weeks. Sign in to see who."),
    ),
    "task_overdue": Kind(
        _("A task is overdue"), _("The day of a task on one of your cases has passed. Sign in to see it.")
    ),
    "source_changed": Kind(
        _("A source changed"),
        _("A source that one of your cases cites is not any more as it was kept. Sign in to see what."),
    ),
    "packet_built": Kind(
        _("A packet is built"), _("A packet that you asked for is built. Sign in to read it.")
    ),
    "packet_failed": Kind(
        _("A packet could not be built"),
        _("A packet that you asked for could not be built. Sign in to see why."),
    ),
    "list_grew": Kind(
        _("New cases in a list"), _("New cases came into a list that you keep. Sign in to see them.")
    ),
    DAY_DIGEST: Kind(
        _("What came in since yesterday"),
        _("This came in for you, and you have not read it yet. Sign in to read it."),
    ),
    WEEK_DIGEST: Kind(
        _("What waits for you this week"),
        _("This waits for you. Sign in to see it."),
    ),
    "papers_asked": Kind(
        _("You have a message"),
        _("We ask for something. Come back with your two numbers to see what it is, or call us."),
        for_applicants=True,
    ),
    "news": Kind(
        _("You have a message"),
        _("There is news about your request. Please call us, or wait: we will reach you."),
        for_applicants=True,
    ),
}
