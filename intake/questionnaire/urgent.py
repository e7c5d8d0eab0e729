"""B. What cannot wait: being held, a court date, a decision, a letter, danger."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from intake.data import courts
from intake.questionnaire.asking import after
from intake.questionnaire.fields import (
    NO,
    TALK,
    UNSURE,
    YES,
    YES_NO_UNSURE,
    PartialDateField,
    Suggestions,
    one_of,
    text,
)
from intake.questionnaire.page import HIGH, NARRATIVE, PageForm, Section
from intake.told import FRESH, HELD, Told

SECTION = Section("B", _("Is anything urgent?"))


def goes_to_court(told: Told) -> bool:
    """there is a court to go to"""
    return told.says("has_court", "yes")


def hearing_is_over(told: Told) -> bool:
    """the day of the hearing has passed"""
    hearing = told.day("hearing_date")
    return goes_to_court(told) and hearing is not None and hearing.last_day() < told.on


def may_be_interviewed(told: Told) -> bool:
    """held, or came in the last 14 days"""
    return told.held or told.came_within(FRESH)


@SECTION.page(
    64,
    "where_now",
    _("Where are you now?"),
    they=_("Where is the person now?"),
    why="asylum needs presence: INA 208(a)(1), 8 U.S.C. 1158(a)(1); priority; visits, court",
    i589="A.I 19",
    is_short=True,
)
class WhereNow(PageForm):
    PARTS: ClassVar = {"facility": after("custody", *HELD, against="no")}
    THEY: ClassVar = {
        "in_us": _("Is the person in the United States?"),
        "custody": _("Is immigration holding the person?"),
    }
    in_us = one_of([YES, NO, ("border", _("At the border"))], label=_("Are you in the United States?"))
    custody = one_of(
        [NO, ("ice", _("Yes, in a detention center")), ("orr", _("Yes, in a children's shelter")), UNSURE],
        label=_("Is immigration holding you?"),
    )
    facility = text(_("Where?"), limit=200, required=False, hint=_("The name or the city is enough."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held_there = (court.city for court in courts() if court.docket == "detained")
        self.fields["facility"].widget = Suggestions(sorted(set(held_there)))


@SECTION.page(
    65,
    "hearing",
    _("Do you have to go to immigration court?"),
    they=_("Does the person have to go to immigration court?"),
    why="track; priority; evidence date; area. A kind not known counts as individual",
    i589="A.I 18",
    is_short=True,
)
class Hearing(PageForm):
    main = "has_court"
    PARTS: ClassVar = dict.fromkeys(
        ("hearing_date", "hearing_kind", "court"), after("has_court", "yes", against="no")
    )
    has_court = one_of(YES_NO_UNSURE)
    hearing_date = PartialDateField(
        label=_("Which day?"),
        required=False,
        earliest=2000,
        ago=2,
        ahead=5,
        hint=_("It stands on the court paper."),
    )
    hearing_kind = one_of(
        [
            ("master", _("A short first hearing (master)")),
            ("individual", _("A long one about the story (individual)")),
            UNSURE,
        ],
        label=_("What kind of hearing is it?"),
        required=False,
    )
    court = text(_("Which court?"), limit=200, required=False, hint=_("The city is enough."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["court"].widget = Suggestions([court.label for court in courts() if court.is_open])


@SECTION.page(
    60,
    "hearing_went",
    _("That day has passed. What happened?"),
    hint=_("If you missed it, there may still be a way. We ask so that we can look at once."),
    they_hint=_("If the person missed it, there may still be a way. We ask so that we can look at once."),
    asked=hearing_is_over,
    is_short=True,
    why="a missed hearing may have ended in an order: 8 U.S.C. 1229a(b)(5)",
)
class HearingWent(PageForm):
    hearing_went = one_of(
        [
            ("held", _("The hearing took place")),
            ("missed", _("The hearing was missed")),
            ("moved", _("It was moved to another day")),
            UNSURE,
        ],
        required=False,
    )


@SECTION.page(
    66,
    "refused",
    _("Has a judge or an officer said no to you, or told you to leave?"),
    they=_("Has a judge or an officer said no to the person, or told them to leave?"),
    why="appeal and reopening clocks; an earlier order can be used again: 8 U.S.C. 1231(a)(5)",
    privacy=HIGH,
    i589="C.1",
    is_short=True,
)
class WasRefused(PageForm):
    main = "decision"
    SAID_NO = ("officer", "judge", "board", "absentia", "unsure")
    PARTS: ClassVar = {"decision_date": after("decision", *SAID_NO, against="no")}
    THEY: ClassVar = {"deported": _("Was the person ever deported, or ordered deported, before?")}
    ORDER = (("birth_date", "decision_date"),)
    decision = one_of(
        [
            NO,
            ("officer", _("Yes, an officer")),
            ("judge", _("Yes, a judge")),
            ("board", _("Yes, the appeals board")),
            ("absentia", _("Told to leave because of a missed court date")),
            UNSURE,
        ]
    )
    decision_date = PartialDateField(
        label=_("What is the date on that paper?"), required=False, earliest=1980, past=True
    )
    deported = one_of(
        YES_NO_UNSURE, label=_("Were you ever deported, or ordered deported, before?"), required=False
    )


@SECTION.page(
    67,
    "due",
    _("Is there another date with immigration?"),
    why="priority; a missed interview is explained within 45 days; requests for evidence, fee notices",
)
class Due(PageForm):
    PARTS: ClassVar = {
        **dict.fromkeys(("asylum_interview", "checkin"), after("has_appointment", "yes", against="no")),
        "letter_due": after("has_letter", "yes", against="no"),
    }
    has_appointment = one_of(
        YES_NO_UNSURE, label=_("An interview, or a visit to the ICE office?"), required=False
    )
    asylum_interview = PartialDateField(
        label=_("Which day is the asylum interview?"), required=False, earliest=2000, ago=2, ahead=5
    )
    checkin = PartialDateField(
        label=_("Which day is the visit?"), required=False, earliest=2000, ago=2, ahead=5
    )
    has_letter = one_of(YES_NO_UNSURE, label=_("A letter that must be answered by a date?"))
    letter_due = PartialDateField(
        label=_("By which date?"),
        required=False,
        earliest=2000,
        ago=2,
        ahead=2,
        hint=_("It stands on the letter."),
    )


@SECTION.page(
    16,
    "fear_interview",
    _("Did an officer ask why you are afraid to go back? Will one soon?"),
    they=_("Did an officer ask why the person is afraid to go back? Will one soon?"),
    asked=may_be_interviewed,
    is_short=True,
    why="credible or reasonable fear; refused or soon is critical",
)
class FearInterview(PageForm):
    fear_interview = one_of(
        [
            ("passed", _("Yes, and the answer was yes: I passed")),
            ("refused", _("Yes, and they said no")),
            ("soon", _("Not yet, but soon")),
            NO,
            UNSURE,
        ]
    )


@SECTION.page(
    18,
    "danger",
    _("Are you in danger in the United States right now?"),
    they=_("Is the person in danger in the United States right now?"),
    hint=_("If you need help now, call 911."),
    why="safety; VAWA, T",
    is_short=True,
    privacy=NARRATIVE,
)
class Danger(PageForm):
    danger = one_of([YES, NO, TALK])
