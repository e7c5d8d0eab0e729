"""D. Can our program help: a lawyer already, where somebody lives, income, what they want, and fear."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.countries import sort_key
from foundation.states import STATES
from intake.promises import promise
from intake.questionnaire.asking import READ, after
from intake.questionnaire.fields import ROOM, UNSURE, YES_NO, YES_NO_UNSURE, one_of, some_of, text
from intake.questionnaire.page import NARRATIVE, PageForm, Section
from intake.questionnaire.reading import (
    digits_of,
    is_as_written_here,
    kept_amount,
    plain,
    read_amount,
    shown_amount,
)
from intake.told import Told

SECTION = Section("D", _("Can our program help?"))


def is_grown_up(told: Told) -> bool:
    """not under 18"""
    return not told.is_minor


def earns_too_much(told: Told) -> bool:
    """income over the limit, and not under 18"""
    return not told.is_minor and told.over_income_limit


@SECTION.page(
    26,
    "rep",
    _("Do you have a lawyer for your case now?"),
    they=_("Does the person have a lawyer for the case now?"),
    hint=_("A lawyer, or a helper with a license from the Justice Department."),
    why="gate 1",
    i589="Part E",
    names_people=True,
)
class Rep(PageForm):
    main = "rep"
    PARTS: ClassVar = {"lawyer_name": after("rep", "active", "limited", "ending", against="none")}
    rep = one_of(
        [
            ("none", _("No")),
            ("active", _("Yes")),
            ("limited", _("Only one meeting, or help with one form")),
            ("ending", _("The lawyer is leaving or does not answer")),
            UNSURE,
        ]
    )
    lawyer_name = text(_("If yes: the name of the lawyer"), limit=200, required=False)


@SECTION.page(
    27,
    "notario",
    _("Did someone who is not a lawyer fill in papers for you?"),
    they=_("Did someone who is not a lawyer fill in papers for the person?"),
    hint=_("For example, a notario or a tax office."),
    why="fraud; wrong filings",
    i589="Part E",
    names_people=True,
)
class Notario(PageForm):
    main = "notario"
    PARTS: ClassVar = {"notario_name": after("notario", "yes", against="no")}
    notario = one_of(YES_NO_UNSURE)
    notario_name = text(_("If yes: their name, or the name of the office"), limit=200, required=False)


@SECTION.page(
    28,
    "waitlist",
    _("Did you ask another group for help?"),
    they=_("Did the person ask another group for help?"),
    why="avoid double work",
    names_people=True,
)
class Waitlist(PageForm):
    main = "waitlist"
    PARTS: ClassVar = {"waitlist_name": after("waitlist", "yes", against="no")}
    waitlist = one_of(YES_NO, required=False)
    waitlist_name = text(_("If yes: which group?"), limit=200, required=False)


@SECTION.page(
    29,
    "where_live",
    _("Where do you live?"),
    they=_("Where does the person live?"),
    hint=_("State and ZIP code only."),
    why="area; poverty table; lockbox",
    i589="A.I 8",
)
class WhereLive(PageForm):
    state = forms.ChoiceField(label=_("State"))
    zip_code = text(_("ZIP code"), limit=ROOM, required=False, kind="number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = sorted(STATES.items(), key=lambda one: sort_key(str(one[1])))
        self.fields["state"].choices = [("", _("Choose a state")), *states]  # type: ignore[attr-defined]

    def clean_zip_code(self) -> str:
        typed = plain(self.cleaned_data["zip_code"])
        digits = digits_of(typed)
        if typed and len(digits) not in (5, 9):
            raise ValidationError(_("A ZIP code has 5 numbers, for example 10001."))
        return f"{digits[:5]}-{digits[5:]}" if len(digits) == 9 else digits


@SECTION.page(
    30,
    "household",
    _("How many people live on the same money as you?"),
    they=_("How many people live on the same money as the person?"),
    hint=_("Count yourself."),
    they_hint=_("Count the person too."),
    asked=is_grown_up,
    why="gate 2",
)
class Household(PageForm):
    household_size = text(limit=ROOM, kind="number")

    def clean_household_size(self) -> int:
        typed = plain(self.cleaned_data["household_size"])
        if not re.fullmatch("0?[1-9]|[1-9][0-9]", typed):
            raise ValidationError(_("Write a whole number, 1 or more. Count yourself."))
        return int(typed)


@SECTION.page(
    31,
    "income",
    _("How much money comes into your home, before tax?"),
    they=_("How much money comes into the person's home, before tax?"),
    asked=is_grown_up,
    why="gate 2",
)
class Income(PageForm):
    needs_one = True
    NEEDS = frozenset({"income", "period"})
    income = text(_("Dollars"), limit=ROOM, required=False, kind="decimal", hint=_("Put 0 if there is none."))
    period = one_of(
        [
            ("weekly", _("Each week")),
            ("biweekly", _("Every two weeks")),
            ("semimonthly", _("Twice a month")),
            ("monthly", _("Each month")),
            ("yearly", _("Each year")),
            ("unknown", _("I don't know")),
        ],
        label=_("How often?"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        typed, period = cleaned["income"], cleaned["period"]
        if period == "unknown":
            if typed:
                self.add_error("income", _("Write the amount, or choose “I don't know”, not both."))
            return {"income": "", "period": ""}
        income = self._read(typed, period)
        if not typed:
            self.add_error("income", _("Write the amount, or choose “I don't know”."))
        if income and not period and Decimal(income) > 0:
            self.add_error("period", _("Choose how often the money comes."))
        return {"income": income, "period": period or "monthly"}  # nothing is nothing, however often

    def _read(self, typed: str, period: str) -> str:
        """Return the amount as it is kept; one not written as here counts once the person confirmed it."""
        readings = [kept_amount(amount) for amount in read_amount(typed)]
        if typed and not readings:
            self.add_error("income", _("Write the amount in dollars with numbers only, for example 800."))
        if not readings or is_as_written_here(typed):
            return readings[0] if readings else ""
        if right := self.confirmed("income", readings):
            return right
        shown = {reading: shown_amount(reading) for reading in readings}
        often = dict(self.fields["period"].choices).get(period, "") if period else ""  # type: ignore[attr-defined]
        words = {"what": " · ".join(str(part) for part in (*shown.values(), often) if part)}
        if len(shown) > 1:
            one, other = (words.lstrip("$") for words in shown.values())
            self.ask_back(
                "income", _("Do you mean %(one)s or %(other)s?") % {"one": one, "other": other}, shown
            )
        else:
            self.ask_back("income", READ % words, shown)
        return readings[0]

    def join(self, stands: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """An amount and how often it comes are one answer."""
        return dict(written)


@SECTION.page(
    32,
    "benefits",
    _("Does anyone in your home get food stamps, Medicaid, SSI or cash aid?"),
    they=_("Does anyone in the person's home get food stamps, Medicaid, SSI or cash aid?"),
    hint=promise("benefits"),
    why="gate 2 short cut",
)
class Benefits(PageForm):
    benefits = one_of(YES_NO_UNSURE, required=False)


@SECTION.page(
    33,
    "hardship",
    _("Do you have big costs that leave no money for a lawyer?"),
    they=_("Does the person have big costs that leave no money for a lawyer?"),
    hint=_("For example, doctor bills or debt."),
    asked=earns_too_much,
    why="gate 2 review",
)
class Hardship(PageForm):
    main = "hardship"
    PARTS: ClassVar = {"hardship_what": after("hardship", "yes", against="no")}
    hardship = one_of(YES_NO_UNSURE, required=False)
    hardship_what = text(_("Which costs?"), limit=300, required=False)


@SECTION.page(
    34,
    "wants",
    _("What do you need help with?"),
    they=_("What does the person need help with?"),
    hint=_("You can pick more than one."),
    why="gate 3",
    i589="page 1, B.1",
)
class Wants(PageForm):
    wants = some_of(
        [
            ("asylum", _("Asylum")),
            ("stop_removal", _("Stop a deportation")),
            ("tps", _("TPS")),
            ("sij", _("A child without parents")),
            ("u", _("Hurt by a crime")),
            ("t", _("Forced to work")),
            ("vawa", _("Hurt by family")),
            ("i730", _("Bring my family")),
            ("other", _("Something else")),
            UNSURE,
        ]
    )


@SECTION.page(
    35,
    "fear",
    _("Are you afraid to go back to your country?"),
    they=_("Is the person afraid to go back to their country?"),
    why="gate 3",
    privacy=NARRATIVE,
    i589="B.1.B",
)
class Fear(PageForm):
    fear = one_of(YES_NO_UNSURE)
