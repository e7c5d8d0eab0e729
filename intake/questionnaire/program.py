"""D. Can our program help: a lawyer already, where somebody lives, income, what they want, and fear."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.promises import promise
from intake.questionnaire.fields import DIGITS, UNSURE, YES_NO, YES_NO_UNSURE, one_of, some_of, text
from intake.questionnaire.page import NARRATIVE, PageForm, Section
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
    waitlist = one_of(YES_NO, required=False)
    waitlist_name = text(_("If yes: which group?"), limit=200, required=False)


STATE_CODES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
    OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY AS GU MP
"""


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
    zip_code = text(_("ZIP code"), limit=10, required=False, kind="number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [("", _("Choose a state")), *((code, code) for code in STATE_CODES.split())]
        self.fields["state"].choices = states  # type: ignore[attr-defined]

    def clean_zip_code(self) -> str:
        typed = "".join(self.cleaned_data["zip_code"].translate(DIGITS).split())
        front, _dash, rest = typed.partition("-")
        digits = front + rest
        if typed and not (
            digits.isascii() and digits.isdigit() and (len(front), len(rest)) in ((5, 0), (5, 4))
        ):
            raise ValidationError(_("A ZIP code has 5 numbers, for example 10001."))
        return typed


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
    household_size = text(limit=4, kind="number")

    def clean_household_size(self) -> int:
        typed = self.cleaned_data["household_size"].strip().translate(DIGITS)
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 99):
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
    income = text(_("Dollars"), limit=12, required=False, kind="decimal", hint=_("Put 0 if there is none."))
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

    def clean_income(self) -> str:
        typed = self.cleaned_data["income"].strip().translate(DIGITS).replace(",", "").lstrip("$").strip()
        if not typed:
            return ""
        whole, _dot, cents = typed.partition(".")
        if not (whole.isascii() and whole.isdigit() and (not cents or (cents.isdigit() and len(cents) <= 2))):
            raise ValidationError(_("Write the amount with numbers only, for example 800."))
        return f"{int(whole)}.{cents.ljust(2, '0')}" if cents else str(int(whole))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        income, period = cleaned["income"], cleaned["period"]
        if period == "unknown":
            return {"income": "", "period": ""}
        if income and not period and int(float(income)) > 0:
            self.add_error("period", _("Choose how often the money comes."))
        if not income:
            self.add_error("income", _("Write the amount, or choose “I don't know”."))
        return {**cleaned, "period": period or "monthly"}  # nothing is nothing, however often

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
