"""The next thing of a case in words: a sentence for the case page, and a short form that tells nothing of
the person for the queue. For staff only."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from cases.rules.next import (
    ANSWER,
    ENGAGE,
    FIND,
    GIVE,
    LOOK,
    NEXT_RECEIVER,
    OFFER,
    REACH,
    RECEIVER,
    REFER,
    ROW,
    TELL,
    NextThing,
)
from cases.words import DEADLINES

SHORTEST = 28  # characters a short form has at most

# {code: (short form, sentence)}. `when` is the day by which, with its weekday, or today.
ASKED: dict[str, tuple[Any, Any]] = {
    "FEAR_SCREENING": (
        _("Prepare the fear interview"),
        _("Today: speak with the person about the fear screening; ask for the judge's review if it was no."),
    ),
    "OYD_MAY_RUN": (
        _("Find the day of arrival"),
        _(
            "Today: find out which day they came; if %(first)s to %(last)s, file the I-589 online today"
            " (paper cannot arrive by %(weekday)s); in court: e-file %(outer)s."
        ),
    ),
    "DENIED_BY_OFFICER": (
        _("Find out which paper it is"),
        _("Today: find out which paper this is and its date; an order of DHS leaves 30 days to petition."),
    ),
    "HEARING_PASSED": (
        _("Ask if it was held"),
        _("%(when)s: find out whether the hearing, interview or check-in was held, or missed."),
    ),
    "DENIAL_DATE_UNKNOWN": (
        _("Find the decision's date"),
        _("%(when)s: find out who said no and on which day; the time to answer may be running."),
    ),
    "I589_RETURNED": (
        _("See why it came back"),
        _("%(when)s: find out why the I-589 was sent back and file it again: the year runs."),
    ),
    "PRIOR_ORDER": (
        _("Get the old order"),
        _("%(when)s: get the order of removal, and show it to a lawyer before anything is filed."),
    ),
    "URGENT_REFERRAL": (
        _("Hand over in person"),
        _("%(when)s: hand the person over to somebody who can help, in person."),
    ),
    "DANGER_NOW": (_("Call: is it safe?"), _("Today: call at a safe time and ask whether they are safe.")),
    "CONFLICT_POSSIBLE": (
        _("Decide about the names"),
        _("%(when)s: decide about the names before anyone reads the story."),
    ),
    "ARRIVAL_UNKNOWN": (_("Ask when they came"), _("%(when)s: ask when they last came; a month helps.")),
    "I589_SAID_SENT": (
        _("Ask for the receipt"),
        _("%(when)s: ask for the receipt of the I-589; without one the year runs."),
    ),
    "I589_BEFORE_ARRIVAL": (
        _("Ask about the last arrival"),
        _("%(when)s: ask about the last arrival; the receipt is older, so the year runs anew."),
    ),
    "REFUGEE_ADJUST": (
        _("Prepare the I-485"),
        _("%(when)s: prepare the I-485; no visit to an office before a lawyer says so."),
    ),
    "OYD_PASSED": (
        _("Ask why it is late"),
        _("%(when)s: ask why the I-589 was not filed in the year; withholding and CAT have no year."),
    ),
    "REP_UNCERTAIN": (_("Call their lawyer"), _("%(when)s: find out whether their lawyer still helps.")),
    "REP_UNKNOWN": (_("Ask about a lawyer"), _("%(when)s: ask whether a lawyer works on the case.")),
    "NEED_UNCLEAR": (_("Ask about fear"), _("%(when)s: ask whether they are afraid to go back.")),
    "INCOME_UNKNOWN": (_("Ask about income"), _("%(when)s: ask about the money of the household.")),
    LOOK: (_("Look at the case"), _("%(when)s: read the answers and decide how urgent this is.")),
    REACH: (
        _("Reach them another way"),
        _("Today: reach the person in person or by another way; the old one is not safe any more."),
    ),
    TELL: (
        _("Tell them how it ended"),
        _("Today: tell the person how it ended, in person or by the safe way. Their page shows it then."),
    ),
    REFER: (_("Put it into a queue"), _("%(when)s: put the case into a queue, or hand it over.")),
    OFFER: (_("Offer it to an attorney"), _("%(when)s: offer the case to an attorney.")),
    ANSWER: (_("Wait for the answer"), _("%(when)s: the attorney answers; if not, offer it to another.")),
    RECEIVER: (
        _("Wait for the organization"),
        _("%(when)s: the organization answers; if not, ask the next one."),
    ),
    GIVE: (
        _("Give them the names"),
        _("%(when)s: the organization said yes: give it the names by a safe way."),
    ),
    NEXT_RECEIVER: (
        _("Ask the next organization"),
        _("%(when)s: the organization does not take the person: ask the next one, or go on here."),
    ),
    ENGAGE: (_("Sign the engagement"), _("%(when)s: have the engagement signed and record the day.")),
}
# {key of a date: short form}; its sentence is made of its name.
DO: dict[str, Any] = {
    "oyd_operative": _("File the I-589"),
    "oyd_outer": _("File the I-589"),
    "individual_hearing": _("Prepare the hearing"),
    "master_hearing": _("Prepare the hearing"),
    "asylum_interview": _("Prepare the interview"),
    "checkin": _("Prepare the check-in"),
    "notice_due": _("Answer the letter"),
    "evidence_individual_nondetained": _("File the evidence"),
    "evidence_detained": _("File the evidence"),
    "master_nondetained": _("File before the hearing"),
    "interview_evidence": _("Send the evidence"),
    "interview_missed": _("Explain the missed interview"),
    "response_to_motion": _("Answer the motion"),
    "bia_appeal_court_order": _("File the appeal"),
    "bia_appeal_reg_text": _("File the appeal"),
    "bia_brief": _("File the brief"),
    "mtr_reopen": _("File to reopen"),
    "mtr_reconsider": _("File to reconsider"),
    "mtr_in_absentia": _("File to reopen"),
    "pfr": _("File the petition"),
    "pfr_dhs": _("File the petition"),
    "ij_cf_review": _("Prepare the judge's review"),
    "rf_review": _("Prepare the judge's review"),
    "i589_callup": _("File the I-589 in court"),
    "aaf_notice": _("Pay the annual fee"),
    "aaf_court": _("Pay the annual fee"),
    "ar11": _("Tell USCIS the address"),
    "eoir33": _("Tell the court the address"),
    "i730": _("File for the family"),
    "sij_21": _("File the juvenile petition"),
    "uac_18": _("File before the birthday"),
    "child_21": _("File before the birthday"),
    "status_refile": _("File before status ends"),
    "rfe": _("Answer the letter"),
    "noid": _("Answer the notice"),
}
# A row an office added has no words of its own yet.
ANY_ROW = _("Work to the date")
OF_ROW = _("%(when)s: %(do)s (%(name)s).")
BY, TODAY = _("By %(day)s"), _("Today")
FIND_DAY = _("Today: find out from which day it counts; it may still run until %(last)s: %(do)s (%(name)s).")
OF_DATE = {ROW: OF_ROW, FIND: FIND_DAY}


class NextWords(NamedTuple):
    """What to do next as staff read it: the sentence, and the short form of at most 28 characters."""

    code: str
    sentence: str
    short: str
    day: date


class Phrases(NamedTuple):
    """What one code, and one date, is called in a language; `sentence`, `by` are still to be filled in."""

    short: str
    sentence: str
    name: str
    by: str
    today: str


def next_words(thing: NextThing, *, on: date) -> NextWords:
    """Put the next thing into words, in the reader's language."""
    return _in_words(thing, thing.day <= on, get_language() or "en")


def in_english(thing: NextThing, *, on: date) -> NextWords:
    """Put the next thing into words as the commands print it, which run in no reader's language."""
    return _in_words(thing, thing.day <= on, "en")


def _in_words(thing: NextThing, is_today: bool, language: str) -> NextWords:
    said = _phrases(thing.code, thing.key, language)
    words = {
        "when": said.today if is_today else said.by % {"day": _day(thing.day, language)},
        "do": said.short[:1].lower() + said.short[1:],
        "name": said.name,
        **_days(thing, language),
    }
    code = f"{thing.code}:{thing.key}" if thing.key else thing.code
    return NextWords(code, said.sentence % words, said.short, thing.day)


@lru_cache(maxsize=1024)
def _phrases(code: str, key: str, language: str) -> Phrases:
    short, sentence = ASKED[code] if code in ASKED else (DO.get(key, ANY_ROW), OF_DATE[code])
    with override(language):
        return Phrases(*map(str, (short, sentence, DEADLINES.get(key, key), BY, TODAY)))


def _days(thing: NextThing, language: str) -> dict[str, str]:
    """Return the days a sentence names beside the one by which."""
    if thing.code == FIND:
        return {"last": _day(thing.days[0], language)}
    if thing.code != "OYD_MAY_RUN":
        return {}
    first, last, outer = thing.days
    same_month = (first.year, first.month) == (last.year, last.month)
    first_said, last_said = (_plain(day, language) for day in (first, last))
    return {
        "first": first_said if first.year == last.year else f"{first_said}, {first.year}",
        "last": f"{last.day if same_month else last_said}, {last.year}",
        "weekday": _weekday(outer, language),
        "outer": _day(outer, language),
    }


def _day(day: date, language: str) -> str:
    """Write "Monday, Nov 30"."""
    return f"{_weekday(day, language)}, {_plain(day, language)}"


@lru_cache(maxsize=4096)
def _plain(day: date, language: str) -> str:
    """Write "Nov 28"."""
    with override(language):
        return f"{date_format(day, 'M')} {day.day}"


@lru_cache(maxsize=4096)
def _weekday(day: date, language: str) -> str:
    with override(language):
        return date_format(day, "l")
