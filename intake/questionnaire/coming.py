"""E. Coming to the United States: days that count, papers, what was sent in."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from intake.questionnaire.asking import after
from intake.questionnaire.fields import SKIP, TALK, UNSURE, YES_NO_UNSURE, PartialDateField, one_of, some_of
from intake.questionnaire.page import HIGH, NARRATIVE, PageForm, Section
from intake.told import Told

SECTION = Section("E", _("Coming to the United States"))


def sent_i589(told: Told) -> bool:
    """an I-589 was sent"""
    return told.says("i589", "yes")


def has_papers(told: Told) -> bool:
    """has papers that may end"""
    return told.says("status", "visa", "parole", "tps", "daca", "work", "other")


def is_late(told: Told) -> bool:
    """here for over a year or no date known, and no I-589 sent"""
    return told.over_a_year_here and not told.says("i589", "yes")


@SECTION.page(
    36,
    "arrival",
    _("When did you last come into the United States?"),
    they=_("When did the person last come into the United States?"),
    hint=_("A month or a year is fine if you do not know the day."),
    why="one-year date: 8 U.S.C. 1158(a)(2)(B)",
    privacy=HIGH,
    i589="A.I 19",
)
class Arrival(PageForm):
    ORDER = (("birth_date", "arrival"),)
    arrival = PartialDateField(earliest=1920, past=True)


@SECTION.page(
    37,
    "entry",
    _("How did you come in?"),
    they=_("How did the person come in?"),
    hint=_("You can skip this. It will not stop us from helping."),
    why="flags only, never a bar",
    privacy=HIGH,
    i589="A.I 19-20",
)
class Entry(PageForm):
    entry = one_of(
        [
            ("visa", _("With a visa")),
            ("parole", _("With parole or a CBP One appointment")),
            ("port", _("At a border post")),
            ("ewi", _("Across the border")),
            ("other", _("Another way")),
            SKIP,
        ],
        required=False,
    )


@SECTION.page(
    38,
    "earlier_entries",
    _("Did you come in before that time?"),
    they=_("Did the person come in before that time?"),
    why="the last arrival counts",
    privacy=HIGH,
    i589="A.I 19",
)
class EarlierEntries(PageForm):
    """Earlier arrivals, up to three dates; `earlier_dates` is a list of those known."""

    main = "earlier_entries"
    MOST = 3
    DATES = ("earlier_1", "earlier_2", "earlier_3")
    PARTS: ClassVar = dict.fromkeys(DATES, after("earlier_entries", "yes", against="no"))
    ORDER = tuple(pair for date in DATES for pair in (("birth_date", date), (date, "arrival")))
    earlier_entries = one_of(YES_NO_UNSURE, required=False)
    earlier_1 = PartialDateField(label=_("If yes: when?"), required=False, earliest=1920, past=True)
    earlier_2 = PartialDateField(label=_("And when?"), required=False, earliest=1920, past=True)
    earlier_3 = PartialDateField(label=_("And when?"), required=False, earliest=1920, past=True)

    def __init__(self, *args: Any, initial: Any = None, **kwargs: Any) -> None:
        dates = (initial or {}).get("earlier_dates", [])
        spread = {f"earlier_{number}": day for number, day in enumerate(dates, 1)}
        self.more = dates[self.MOST :]  # added with a receipt: they stay
        super().__init__(*args, initial={**(initial or {}), **spread}, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        dates = [cleaned.get(f"earlier_{number}") for number in range(1, self.MOST + 1)]
        return {
            "earlier_entries": cleaned.get("earlier_entries", ""),
            "earlier_dates": [day for day in [*dates, *self.more] if day],
        }

    @classmethod
    def questions(cls) -> list[str]:
        return ["earlier_entries", "earlier_dates"]


@SECTION.page(
    39,
    "i589",
    _("Did you send in an asylum form, the I-589?"),
    they=_("Did the person send in an asylum form, the I-589?"),
    hint=_("If yes, you can send us a photo of it at the end."),
    why="track; one-year date",
    i589="C.1",
)
class I589(PageForm):
    i589 = one_of(YES_NO_UNSURE)


@SECTION.page(
    40,
    "i589_when",
    _("When did you send it, and where?"),
    they=_("When was it sent, and where?"),
    asked=sent_i589,
    why="clock",
)
class I589When(PageForm):
    PARTS: ClassVar = {"i589_received": after("i589_receipt", "yes", against="no")}
    ORDER = (("birth_date", "i589_date"), ("i589_date", "i589_received"))
    i589_date = PartialDateField(label=_("When?"), required=False, earliest=1980, past=True)
    i589_where = one_of(
        [("uscis", _("To USCIS")), ("court", _("To the court")), UNSURE], label=_("Where?"), required=False
    )
    i589_receipt = one_of(YES_NO_UNSURE, label=_("Did a receipt come back?"), required=False)
    i589_received = PartialDateField(
        label=_("If yes: which day stands on it as received?"), required=False, earliest=1980, past=True
    )

    def join(self, stands: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """The day on a receipt alone says that there is one."""
        joined = super().join(stands, written)
        dated = written.get("i589_received")
        return {**joined, "i589_receipt": written.get("i589_receipt") or "yes"} if dated else joined


@SECTION.page(
    63,
    "i589_returned",
    _("Was it sent back, or did a letter say it was dismissed?"),
    asked=sent_i589,
    why="a form sent back stops no clock: 8 CFR 208.3(c)(3), 208.4(a)(5)(v)",
    i589="C.1",
)
class I589Returned(PageForm):
    main = "i589_returned"
    PARTS: ClassVar = {"i589_returned_on": after("i589_returned", "yes", against="no")}
    ORDER = (("i589_date", "i589_returned_on"),)
    i589_returned = one_of(YES_NO_UNSURE, required=False)
    i589_returned_on = PartialDateField(
        label=_("If yes: the day on that letter"), required=False, earliest=1980, past=True
    )

    def join(self, stands: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """A day alone says that it was sent back."""
        joined = super().join(stands, written)
        dated = written.get("i589_returned_on")
        return {**joined, "i589_returned": written.get("i589_returned") or "yes"} if dated else joined


PAPERS = [
    ("none", _("None")),
    ("visa", _("Visa")),
    ("parole", _("Parole")),
    ("tps", _("TPS")),
    ("daca", _("DACA")),
    ("work", _("Work permit")),
    ("other", _("Other papers")),
    UNSURE,
]


@SECTION.page(
    41,
    "status",
    _("What papers do you have now?"),
    they=_("What papers does the person have now?"),
    hint=_("Pick all that fit."),
    why="exceptions; other relief",
    i589="A.I 19-21",
)
class Papers(PageForm):
    status = some_of(PAPERS, required=False)


@SECTION.page(
    42,
    "status_end",
    _("When do they end?"),
    hint=_("The date of the paper that ends first."),
    asked=has_papers,
    why="dates",
    i589="A.I 21",
)
class PapersEnd(PageForm):
    status_end = PartialDateField(required=False, earliest=1990, ahead=20)


@SECTION.page(
    43,
    "late_reason",
    _("Did something stop you from asking for asylum in the first year?"),
    they=_("Did something stop the person from asking for asylum in the first year?"),
    hint=_("Pick all that fit. You can tell us more later."),
    asked=is_late,
    why="exceptions, for a lawyer: 8 U.S.C. 1158(a)(2)(D); no outcome change",
    privacy=NARRATIVE,
    i589="C.5",
)
class LateReason(PageForm):
    late_reason = some_of(
        [
            ("home", _("Things changed at home")),
            ("life", _("My life changed")),
            ("health", _("I was sick or hurting")),
            ("minor", _("I was under 18")),
            ("papers", _("I had other papers")),
            ("advice", _("Someone gave me bad help")),
            ("other", _("Something else")),
            UNSURE,
            TALK,
        ]
    )
