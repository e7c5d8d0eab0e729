"""B. What cannot wait: being held, a court date, a decision, a letter, danger."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.data import courts
from intake.questionnaire.asking import after
from intake.questionnaire.fields import (
    NO,
    ROOM,
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
from intake.questionnaire.reading import read_a_number
from intake.told import FRESH, Told

SECTION = Section("B", _("Is anything urgent?"))


def is_held(told: Told) -> bool:
    """immigration holds the person"""
    return told.held


def goes_to_court(told: Told) -> bool:
    """there is a court to go to"""
    return told.says("has_court", "yes")


def hearing_is_over(told: Told) -> bool:
    """the day of the hearing has passed"""
    hearing = told.day("hearing_date")
    return goes_to_court(told) and hearing is not None and hearing.last_day() < told.on


def was_refused(told: Told) -> bool:
    """a judge or an officer said no, or the person is not sure"""
    return bool(told.get("decision")) and not told.says("decision", "no")


def may_be_interviewed(told: Told) -> bool:
    """held, or came in the last 14 days"""
    return told.held or told.came_within(FRESH)


@SECTION.page(
    6,
    "in_us",
    _("Are you in the United States now?"),
    they=_("Is the person in the United States now?"),
    why="asylum needs presence: INA 208(a)(1), 8 U.S.C. 1158(a)(1)",
    i589="A.I 19",
)
class InUs(PageForm):
    in_us = one_of([YES, NO, ("border", _("At the border"))])


@SECTION.page(
    7,
    "custody",
    _("Is immigration holding you now?"),
    they=_("Is immigration holding the person now?"),
    why="priority",
)
class Custody(PageForm):
    custody = one_of(
        [
            NO,
            ("ice", _("Yes, in a detention center")),
            ("orr", _("Yes, in a children's shelter")),
            UNSURE,
        ]
    )


@SECTION.page(
    8,
    "facility",
    _("Where are they holding you?"),
    they=_("Where are they holding the person?"),
    hint=_("The name or the city is enough."),
    asked=is_held,
    why="visits, court",
)
class Facility(PageForm):
    facility = text(limit=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held_there = (court.city for court in courts() if court.docket == "detained")
        self.fields["facility"].widget = Suggestions(sorted(set(held_there)))


@SECTION.page(
    9,
    "has_court",
    _("Do you have to go to immigration court?"),
    they=_("Does the person have to go to immigration court?"),
    why="track; priority",
    i589="A.I 18",
)
class HasCourt(PageForm):
    has_court = one_of(YES_NO_UNSURE)


@SECTION.page(
    10,
    "hearing_date",
    _("What day is your next court hearing?"),
    they=_("What day is the next court hearing?"),
    hint=_("Look at your court paper. You can skip this if you do not have it."),
    they_hint=_("Look at the court paper. You can skip this if you do not have it."),
    asked=goes_to_court,
    why="priority; evidence date. Not known: staff look it up by A-Number",
    i589="A.I 18",
)
class HearingDate(PageForm):
    hearing_date = PartialDateField(required=False, earliest=2000, ago=2, ahead=5)


@SECTION.page(
    11,
    "hearing_kind",
    _("What kind of hearing is it?"),
    hint=_("A short first hearing is a master hearing. A long one about the story is an individual hearing."),
    asked=goes_to_court,
    why="priority; not sure counts as individual",
)
class HearingKind(PageForm):
    hearing_kind = one_of(
        [
            ("master", _("A short first hearing (master)")),
            ("individual", _("A long one about the story (individual)")),
            UNSURE,
        ],
        required=False,
    )


@SECTION.page(
    60,
    "hearing_went",
    _("That day has passed. What happened?"),
    hint=_("If you missed it, there may still be a way. We ask so that we can look at once."),
    they_hint=_("If the person missed it, there may still be a way. We ask so that we can look at once."),
    asked=hearing_is_over,
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
    12,
    "court",
    _("Which court is it?"),
    hint=_("The city is enough."),
    asked=goes_to_court,
    why="area; lawyers near it",
)
class Court(PageForm):
    court = text(limit=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["court"].widget = Suggestions([court.label for court in courts() if court.is_open])


@SECTION.page(
    13,
    "a_number",
    _("Do you have an A-Number?"),
    they=_("Does the person have an A-Number?"),
    hint=_("It starts with A and has 7 to 9 numbers. Look on any letter from immigration."),
    why="find the case",
    privacy=HIGH,
    i589="A.I 1",
)
class ANumber(PageForm):
    a_number = text(limit=ROOM, required=False, kind="number")

    def clean_a_number(self) -> str:
        """Return nine digits, or nothing; how it is written does not matter."""
        typed = self.cleaned_data["a_number"]
        number = read_a_number(typed)
        if typed and not number:
            raise ValidationError(_("An A-Number has 7 to 9 numbers. Please check it, or skip this."))
        return number


@SECTION.page(
    14,
    "decision",
    _("Has a judge or an officer said no to you, or told you to leave?"),
    they=_("Has a judge or an officer said no to the person, or told them to leave?"),
    why="appeal dates",
    i589="C.1",
)
class Decision(PageForm):
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


@SECTION.page(
    15,
    "decision_date",
    _("What is the date on that paper?"),
    asked=was_refused,
    why="appeal and reopening clocks",
    i589="C.1",
)
class DecisionDate(PageForm):
    ORDER = (("birth_date", "decision_date"),)
    decision_date = PartialDateField(required=False, earliest=1980, past=True)


@SECTION.page(
    61,
    "deported",
    _("Were you ever deported, or ordered deported, before?"),
    they=_("Was the person ever deported, or ordered deported, before?"),
    hint=_("Also long ago. It does not stop us from helping."),
    why="an earlier order can be used again: 8 U.S.C. 1231(a)(5)",
    privacy=HIGH,
    i589="C.1",
)
class Deported(PageForm):
    deported = one_of(YES_NO_UNSURE, required=False)


@SECTION.page(
    62,
    "appointments",
    _("Do you have an interview or a check-in with immigration?"),
    they=_("Does the person have an interview or a check-in with immigration?"),
    hint=_("An asylum interview, or a visit to the ICE office. Write the days you know."),
    they_hint=_("An asylum interview, or a visit to the ICE office. Write the days that are known."),
    why="priority; a missed interview is explained within 45 days",
)
class Appointments(PageForm):
    main = "has_appointment"
    PARTS: ClassVar = dict.fromkeys(
        ("asylum_interview", "checkin"), after("has_appointment", "yes", against="no")
    )
    has_appointment = one_of(YES_NO_UNSURE, required=False)
    asylum_interview = PartialDateField(
        label=_("If yes: which day is the asylum interview?"), required=False, earliest=2000, ago=2, ahead=5
    )
    checkin = PartialDateField(
        label=_("And which day is the check-in?"), required=False, earliest=2000, ago=2, ahead=5
    )

    def join(self, stands: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """A date alone says that there is an appointment."""
        joined = super().join(stands, written)
        dated = written.get("asylum_interview") or written.get("checkin")
        return {**joined, "has_appointment": written.get("has_appointment") or "yes"} if dated else joined


@SECTION.page(
    16,
    "fear_interview",
    _("Did an officer ask why you are afraid to go back? Will one soon?"),
    they=_("Did an officer ask why the person is afraid to go back? Will one soon?"),
    asked=may_be_interviewed,
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
    17,
    "letter_due",
    _("Do you have a letter that you must answer by a date?"),
    they=_("Does the person have a letter that they must answer by a date?"),
    hint=_("It may ask for a fee or for more papers. You can send us a photo of it at the end."),
    why="requests for evidence, fee notices",
)
class Letter(PageForm):
    main = "has_letter"
    PARTS: ClassVar = {"letter_due": after("has_letter", "yes", against="no")}
    has_letter = one_of(YES_NO_UNSURE)
    letter_due = PartialDateField(
        label=_("If yes: by which date?"),
        required=False,
        earliest=2000,
        ago=2,
        ahead=2,
        hint=_("It stands on the letter."),
    )

    def join(self, stands: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """A date alone says that there is a letter."""
        joined = super().join(stands, written)
        return (
            {**joined, "has_letter": written.get("has_letter") or "yes"}
            if written.get("letter_due")
            else joined
        )


@SECTION.page(
    18,
    "danger",
    _("Are you in danger in the United States right now?"),
    they=_("Is the person in danger in the United States right now?"),
    hint=_("If you need help now, call 911."),
    why="safety; VAWA, T. Yes or talk: how to reach the person is asked next",
    privacy=NARRATIVE,
)
class Danger(PageForm):
    danger = one_of([YES, NO, TALK])
