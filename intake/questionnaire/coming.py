"""F. Coming to the United States: days that count, papers, what was sent in."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from intake.questionnaire.asking import Part, after
from intake.questionnaire.fields import SKIP, TALK, UNSURE, YES_NO_UNSURE, PartialDateField, one_of, some_of
from intake.questionnaire.page import HIGH, NARRATIVE, PageForm, Section
from intake.told import Told

SECTION = Section("F", _("Coming here"))


def is_late(told: Told) -> bool:
    """here for over a year or no date known, and no I-589 sent"""
    return told.over_a_year_here and not told.says("i589", "yes")


@SECTION.page(
    76,
    "coming",
    _("When did you last come into the United States?"),
    they=_("When did the person last come into the United States?"),
    hint=_("A month or a year is fine if you do not know the day."),
    why="one-year date: 8 U.S.C. 1158(a)(2)(B), the last arrival counts; how is a flag, never a bar",
    privacy=HIGH,
    i589="A.I 19-20",
)
class Coming(PageForm):
    """The last arrival and how, earlier ones up to three dates; `earlier_dates` is a list of those known."""

    main = "arrival"
    MOST = 3
    DATES = ("earlier_1", "earlier_2", "earlier_3")
    PARTS: ClassVar = dict.fromkeys(DATES, after("earlier_entries", "yes", against="no"))
    ORDER = (
        ("birth_date", "arrival"),
        *(pair for date in DATES for pair in (("birth_date", date), (date, "arrival"))),
    )
    THEY: ClassVar = {
        "entry": _("How did the person come in?"),
        "earlier_entries": _("Did the person come in before that time?"),
    }
    arrival = PartialDateField(earliest=1920, past=True)
    entry = one_of(
        [
            ("visa", _("With a visa")),
            ("parole", _("With parole or a CBP One appointment")),
            ("port", _("At a border post")),
            ("ewi", _("Across the border")),
            ("other", _("Another way")),
            SKIP,
        ],
        label=_("How did you come in?"),
        required=False,
    )
    earlier_entries = one_of(YES_NO_UNSURE, label=_("Did you come in before that time?"), required=False)
    earlier_1 = PartialDateField(label=_("When?"), required=False, earliest=1920, past=True)
    earlier_2 = PartialDateField(label=_("And when?"), required=False, earliest=1920, past=True)
    earlier_3 = PartialDateField(label=_("And when?"), required=False, earliest=1920, past=True)

    def __init__(self, *args: Any, initial: Any = None, **kwargs: Any) -> None:
        dates = (initial or {}).get("earlier_dates", [])
        spread = {f"earlier_{number}": day for number, day in enumerate(dates, 1)}
        self.more = dates[self.MOST :]  # added with a receipt: they stay
        super().__init__(*args, initial={**(initial or {}), **spread}, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        dates = [cleaned.pop(name, "") for name in self.DATES]
        return {**cleaned, "earlier_dates": [day for day in [*dates, *self.more] if day]}

    @classmethod
    def part_of(cls, question: str) -> Part | None:
        return super().part_of(cls.DATES[0] if question == "earlier_dates" else question)

    @classmethod
    def questions(cls) -> list[str]:
        return ["arrival", "entry", "earlier_entries", "earlier_dates"]


@SECTION.page(
    77,
    "asylum_form",
    _("Did you send in an asylum form, the I-589?"),
    they=_("Did the person send in an asylum form, the I-589?"),
    why="track; one-year date; a form sent back stops no clock: 8 CFR 208.3(c)(3), 208.4(a)(5)(v)",
    i589="C.1",
)
class AsylumForm(PageForm):
    main = "i589"
    PARTS: ClassVar = {
        **dict.fromkeys(
            ("i589_date", "i589_where", "i589_receipt", "i589_returned"), after("i589", "yes", against="no")
        ),
        "i589_received": after("i589_receipt", "yes", against="no"),
        "i589_returned_on": after("i589_returned", "yes", against="no"),
    }
    ORDER = (("birth_date", "i589_date"), ("i589_date", "i589_received"), ("i589_date", "i589_returned_on"))
    i589 = one_of(YES_NO_UNSURE)
    i589_date = PartialDateField(label=_("When was it sent?"), required=False, earliest=1980, past=True)
    i589_where = one_of(
        [("uscis", _("To USCIS")), ("court", _("To the court")), UNSURE], label=_("Where?"), required=False
    )
    i589_receipt = one_of(YES_NO_UNSURE, label=_("Did a receipt come back?"), required=False)
    i589_received = PartialDateField(
        label=_("Which day stands on it as received?"), required=False, earliest=1980, past=True
    )
    i589_returned = one_of(
        YES_NO_UNSURE, label=_("Was it sent back, or did a letter say it was dismissed?"), required=False
    )
    i589_returned_on = PartialDateField(
        label=_("The day on that letter"), required=False, earliest=1980, past=True
    )


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
HAS_AN_END = ("visa", "parole", "tps", "daca", "work", "other")


@SECTION.page(
    78,
    "papers",
    _("What papers do you have now?"),
    they=_("What papers does the person have now?"),
    hint=_("Pick all that fit."),
    why="exceptions; other relief; dates",
    i589="A.I 19-21",
)
class Papers(PageForm):
    main = "status"
    PARTS: ClassVar = {"status_end": after("status", *HAS_AN_END)}
    status = some_of(PAPERS, required=False)
    status_end = PartialDateField(
        label=_("When do they end?"),
        required=False,
        earliest=1990,
        ahead=20,
        hint=_("The date of the paper that ends first."),
    )


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
