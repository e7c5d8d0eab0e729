"""E. Can our program help: a lawyer already, where somebody lives, income, what they want, and fear."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.states import all_states
from intake.promises import promise
from intake.questionnaire.asking import READ, after
from intake.questionnaire.fields import ROOM, UNSURE, YES_NO, YES_NO_UNSURE, one_of, paragraph, some_of, text
from intake.questionnaire.page import NARRATIVE, PageForm, Section
from intake.questionnaire.reading import (
    is_as_written_here,
    kept_amount,
    plain,
    read_amount,
    shown_amount,
)
from intake.told import Told

SECTION = Section("E", _("Can we help?"))


def is_grown_up(told: Told) -> bool:
    """not under 18"""
    return not told.is_minor


def earns_too_much(told: Told) -> bool:
    """income over the limit, and not under 18"""
    return not told.is_minor and told.over_income_limit


@SECTION.page(
    72,
    "others_helped",
    _("Who helps you with your case?"),
    they=_("Who helps the person with the case?"),
    why="gate 1; fraud; wrong filings; avoid double work",
    i589="Part E",
    names_people=True,
)
class OthersHelped(PageForm):
    PARTS: ClassVar = {
        "lawyer_name": after("rep", "active", "limited", "ending", against="none"),
        "notario_name": after("notario", "yes", against="no"),
        "waitlist_name": after("waitlist", "yes", against="no"),
    }
    THEY: ClassVar = {
        "rep": _("Does the person have a lawyer now?"),
        "waitlist": _("Did the person ask another group for help?"),
    }
    rep = one_of(
        [
            ("none", _("No")),
            ("active", _("Yes")),
            ("limited", _("Only one meeting, or help with one form")),
            ("ending", _("The lawyer is leaving or does not answer")),
            UNSURE,
        ],
        label=_("Do you have a lawyer now?"),
        hint=_("Or a helper with a license from the Justice Department."),
    )
    lawyer_name = text(_("The name of the lawyer"), limit=200, required=False)
    notario = one_of(
        YES_NO_UNSURE,
        label=_("Did a notario, a tax office or someone else fill in papers?"),
    )
    notario_name = text(_("Their name, or the name of the office"), limit=200, required=False)
    waitlist = one_of(YES_NO, label=_("Did you ask another group for help?"), required=False)
    waitlist_name = text(_("Which group?"), limit=200, required=False)


@SECTION.page(
    73,
    "home",
    _("Where do you live?"),
    they=_("Where does the person live?"),
    why="area; poverty table; lockbox; letters, court",
    i589="A.I 8-9",
)
class Home(PageForm):
    state = forms.ChoiceField(label=_("State"))
    address = paragraph(_("Address for mail, only if mail is safe"), limit=500, rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("Choose a state")), *all_states()]  # type: ignore[attr-defined]


@SECTION.page(
    74,
    "money",
    _("How much money comes into your home?"),
    they=_("How much money comes into the person's home?"),
    asked=is_grown_up,
    why="gate 2",
)
class Money(PageForm):
    needs_one = True
    NEEDS = frozenset({"household_size", "income", "period"})
    household_size = text(
        _("How many people live on this money?"),
        limit=ROOM,
        required=True,
        kind="number",
    )
    income = text(
        _("Dollars, before tax"),
        limit=ROOM,
        required=False,
        kind="decimal",
        hint=_("Put 0 if there is none."),
    )
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
    benefits = one_of(
        YES_NO_UNSURE,
        label=_("Does anyone there get food stamps, Medicaid, SSI or cash aid?"),
        required=False,
        hint=promise("benefits"),
    )

    def clean_household_size(self) -> int | str:
        typed = plain(self.cleaned_data["household_size"])
        if not typed and self.adds:
            return ""
        if not re.fullmatch("0?[1-9]|[1-9][0-9]", typed):
            raise ValidationError(_("Write a whole number, 1 or more. Count yourself."))
        return int(typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"income", "period"} & self.errors.keys():
            cleaned["income"], cleaned["period"] = self._checked(cleaned["income"], cleaned["period"])
        return cleaned

    def _checked(self, typed: str, period: str) -> tuple[str, str]:
        """Return the amount and how often it comes; both empty where that is not known."""
        if period == "unknown":
            if typed:
                self.add_error("income", _("Write the amount, or choose “I don't know”, not both."))
            return "", ""
        if self.adds and not typed and not period:
            return "", ""
        income = self._read(typed, period)
        if not typed:
            self.add_error("income", _("Write the amount, or choose “I don't know”."))
        if income and not period and Decimal(income) > 0:
            self.add_error("period", _("Choose how often the money comes."))
        return income, period or "monthly"  # nothing is nothing, however often

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
        joined = super().join(stands, written)
        pair = {key: written.get(key, "") for key in ("income", "period")}
        return joined | (pair if any(not self.is_left_blank(key, pair[key]) for key in pair) else {})


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
    75,
    "help",
    _("What do you need help with?"),
    they=_("What does the person need help with?"),
    hint=_("You can pick more than one."),
    why="gate 3",
    privacy=NARRATIVE,
    i589="page 1, B.1",
)
class Help(PageForm):
    main = "wants"
    THEY: ClassVar = {"fear": _("Is the person afraid to go back to their country?")}
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
    fear = one_of(YES_NO_UNSURE, label=_("Are you afraid to go back to your country?"))
