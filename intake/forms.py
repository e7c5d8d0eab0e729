"""The questions of the short form: their words, shape and limits. Nothing here saves.

Keys and order follow the questionnaire the office agreed on; the flow itself is in flow.py.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumber_field.formfields import PhoneNumberField

from foundation.forms import HelpedForm
from intake.fields import DIGITS, PartialDateField, one_of, some_of
from intake.words import CHANNELS

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
YES_NO_UNSURE = [*YES_NO, ("unsure", _("I am not sure"))]

STATE_CODES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
    OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY AS GU MP
"""


class PageForm(HelpedForm):
    """A page of the public form."""


class ConsentForm(PageForm):
    consent = one_of(
        _("Can we keep your answers and read them to see if we can help?"),
        [("yes", _("Yes, you can")), ("no", _("No"))],
        hint=_(
            "We are not your lawyers yet. We do not share your answers with the government unless a judge "
            "makes us, and we would tell you if we could."
        ),
    )


class UrgentForm(PageForm):
    in_us = one_of(_("Are you in the United States now?"), [*YES_NO, ("border", _("I am at the border"))])
    custody = one_of(
        _("Is immigration holding you now?"),
        [
            ("no", _("No")),
            ("ice", _("Yes, in a detention center")),
            ("orr", _("Yes, in a children's shelter")),
            ("unsure", _("I am not sure")),
        ],
    )
    danger = one_of(
        _("Are you in danger in the United States right now?"),
        [*YES_NO, ("talk", _("I would rather talk to a person"))],
        hint=_("If you need help now, call 911."),
    )


class CourtForm(PageForm):
    has_court = one_of(_("Do you have to go to immigration court?"), YES_NO_UNSURE)


class HearingForm(PageForm):
    hearing_date = PartialDateField(
        label=_("What day is your next court hearing?"),
        help_text=_("Look at your court paper. Leave it empty if you do not have it."),
        required=False,
        earliest=2000,
    )
    hearing_kind = one_of(
        _("What kind of hearing is it?"),
        [
            ("master", _("A short first hearing (master)")),
            ("individual", _("A long one about your story (individual)")),
            ("unsure", _("I am not sure")),
        ],
        required=False,
    )


class DecisionForm(PageForm):
    decision = one_of(
        _("Has a judge or an officer said no to you, or told you to leave?"),
        [
            ("no", _("No")),
            ("officer", _("Yes, an officer")),
            ("judge", _("Yes, a judge")),
            ("board", _("Yes, the appeals board")),
            ("absentia", _("I was told to leave because I missed court")),
            ("unsure", _("I am not sure")),
        ],
    )


class DecisionDateForm(PageForm):
    decision_date = PartialDateField(
        label=_("What is the date on that paper?"),
        help_text=_("Leave it empty if you do not know."),
        required=False,
        earliest=1980,
    )


class LetterForm(PageForm):
    has_letter = one_of(
        _("Do you have a letter that you must answer by a date?"),
        YES_NO_UNSURE,
        hint=_("It may ask for a fee or for more papers."),
    )
    letter_due = PartialDateField(
        label=_("By which date?"),
        help_text=_("Leave it empty if there is none."),
        required=False,
        earliest=2000,
    )


class NamesForm(PageForm):
    given_names = forms.CharField(
        label=_("Your first names"),
        help_text=_("Write them as on your passport or ID, if you have one."),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    family_name = forms.CharField(
        label=_("Your family names"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    other_names = forms.CharField(
        label=_("Other names you have used"),
        help_text=_("For example, a name before you got married, or a nickname. One on each line."),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("given_names") or cleaned.get("family_name")):
            raise ValidationError({"given_names": _("Write at least one name.")})
        return cleaned


class AboutForm(PageForm):
    birth_date = PartialDateField(
        label=_("When were you born?"), help_text=_("The year is enough if you do not know the day.")
    )
    with_parent = one_of(
        _("If you are under 18: is a parent or guardian here who can care for you?"),
        YES_NO_UNSURE,
        required=False,
    )
    citizenship = forms.MultipleChoiceField(
        label=_("Which country are you a citizen of?"),
        help_text=_("You can pick more than one, or none."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["citizenship"]
        field.choices = list(countries)  # type: ignore[attr-defined]
        field.widget.attrs["size"] = 6


class LawyerForm(PageForm):
    rep = one_of(
        _("Do you have a lawyer for your case now?"),
        [
            ("none", _("No")),
            ("active", _("Yes")),
            ("limited", _("Only one meeting, or help with one form")),
            ("ending", _("My lawyer is leaving or does not answer")),
            ("other_org", _("I wait for another group")),
            ("unsure", _("I am not sure")),
        ],
        hint=_("A lawyer, or a helper with a license from the Justice Department."),
    )
    notario = one_of(
        _("Did someone who is not a lawyer fill in papers for you?"),
        YES_NO_UNSURE,
        hint=_("For example, a notario or a tax office."),
    )


class MoneyForm(PageForm):
    state = forms.ChoiceField(label=_("In which state do you live?"))
    household_size = forms.CharField(
        label=_("How many people live on the same money as you?"),
        help_text=_("Count yourself."),
        max_length=4,
        widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )
    income = forms.CharField(
        label=_("How much money comes into your home, before tax?"),
        help_text=_("In dollars. Put 0 if there is none. Leave it empty if you do not know."),
        required=False,
        max_length=12,
        widget=forms.TextInput({"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}),
    )
    period = one_of(
        _("How often does that money come?"),
        [
            ("weekly", _("Each week")),
            ("biweekly", _("Every two weeks")),
            ("semimonthly", _("Twice a month")),
            ("monthly", _("Each month")),
            ("yearly", _("Each year")),
        ],
        required=False,
    )
    benefits = one_of(
        _("Does anyone in your home get food stamps, Medicaid, SSI or cash aid?"),
        YES_NO_UNSURE,
        required=False,
        hint=_("We do not tell the government what you say here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [("", _("Choose a state")), *((code, code) for code in STATE_CODES.split())]
        self.fields["state"].choices = states  # type: ignore[attr-defined]

    def clean_household_size(self) -> int:
        typed = self.cleaned_data["household_size"].strip().translate(DIGITS)
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 99):
            raise ValidationError(_("Write a whole number, 1 or more. Count yourself."))
        return int(typed)

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
        if cleaned.get("income") and not cleaned.get("period"):
            self.add_error("period", _("Choose how often the money comes."))
        return cleaned


class NeedForm(PageForm):
    fear = one_of(_("Are you afraid to go back to your country?"), YES_NO_UNSURE)
    wants = some_of(
        _("What do you need help with?"),
        [
            ("asylum", _("Asylum")),
            ("stop_removal", _("To stop my deportation")),
            ("tps", _("TPS")),
            ("sij", _("I am a child here without my parents")),
            ("u", _("Someone hurt me (a crime)")),
            ("t", _("Someone made me work")),
            ("vawa", _("Someone in my family hurts me")),
            ("i730", _("To bring my family")),
            ("other", _("Something else")),
            ("unsure", _("I am not sure")),
        ],
        hint=_("You can pick more than one."),
    )


class ArrivalForm(PageForm):
    arrival = PartialDateField(
        label=_("When did you last come into the United States?"),
        help_text=_("A month or a year is fine. Leave it empty if you do not know."),
        required=False,
        earliest=1920,
    )
    entry = one_of(
        _("How did you come in?"),
        [
            ("visa", _("With a visa")),
            ("port", _("At a border post")),
            ("ewi", _("Across the border")),
            ("other", _("Another way")),
            ("skip", _("I do not want to say")),
        ],
        required=False,
        hint=_("You can skip this. It will not stop us from helping you."),
    )
    i589 = one_of(_("Did you send in an asylum form, the I-589?"), YES_NO_UNSURE)


class ContactForm(PageForm):
    channels = some_of(
        _("What is a safe way to reach you?"),
        CHANNELS,
        hint=_("We use only what you choose here."),
    )
    phone = PhoneNumberField(
        label=_("Your phone number"),
        required=False,
        region="US",
        widget=forms.TextInput({"type": "tel", "dir": "ltr", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the whole number, for example (212) 555-0142.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
    )
    safe_times = forms.CharField(
        label=_("When is it safe to call?"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    may_leave_message = one_of(_("Can we leave a message?"), YES_NO, required=False)

    def clean_phone(self) -> str:
        return str(self.cleaned_data.get("phone") or "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        channels = set(cleaned.get("channels") or [])
        if channels & {"call", "text"} and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write your phone number, or choose another way to reach you."))
        if "email" in channels and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write your e-mail, or choose another way to reach you."))
        if "none" in channels and len(channels) > 1:
            self.add_error("channels", _("Choose ways to reach you, or the last one, not both."))
        return cleaned


class ReceiptForm(PageForm):
    """The two numbers of a receipt. Spaces and dashes do not matter, nor does the script of the digits."""

    locator = forms.CharField(
        label=_("First number (8 digits)"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=_("Second number (16 digits)"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )

    def _digits(self, name: str, length: int) -> str:
        typed = "".join(self.cleaned_data[name].translate(DIGITS).replace("-", " ").split())
        if not (typed.isascii() and typed.isdigit() and len(typed) == length):
            raise ValidationError(
                _("This number has %(length)s digits. Please check it."), params={"length": length}
            )
        return typed

    def clean_locator(self) -> str:
        return self._digits("locator", 8)

    def clean_secret(self) -> str:
        return self._digits("secret", 16)
