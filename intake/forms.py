"""The fields of every page of the public form: shape and limits. Nothing here saves.

The questions themselves, their order and when they are asked stand in flow.py; a page whose form has one
field takes its label from there. `THEY` are the labels of the others where a helper answers for somebody.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumber_field.formfields import PhoneNumberField

from foundation.forms import HelpedForm
from intake.data import courts, languages
from intake.fields import DIGITS, PartialDateField, Suggestions, one_of, paragraph, some_of, text
from intake.told import Told
from intake.words import BY_PHONE, CHANNELS

YES, NO, UNSURE = ("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure"))
TALK = ("talk", _("I would rather talk to a person"))
SKIP = ("skip", _("I do not want to say"))
YES_NO, YES_NO_UNSURE = [YES, NO], [YES, NO, UNSURE]

STATE_CODES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
    OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY AS GU MP
"""


OWN_FIELDS = {"csrfmiddlewaretoken", "press"}  # of the page, not of its questions


class PageForm(HelpedForm):
    """A page of the public form, in the words for whoever answers it.

    `main` is the field whose label is the page's question, None where the fields have labels of their own.
    `adds`: it was opened empty over what may stand there, so nothing is needed; see `join`.
    """

    THEY: ClassVar[dict[str, Any]] = {}
    main: Any = None
    # Choices of a list that contradict its others, and those that stand beside all.
    ALONE: ClassVar[frozenset[str]] = frozenset({"none"})
    BESIDE: ClassVar[frozenset[str]] = frozenset()
    # Texts that are added to as lists are, line by line.
    LINES: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self,
        *args: Any,
        question: Any = "",
        hint: Any = "",
        helper: bool = False,
        told: Told | None = None,
        adds: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.told = told
        for field in self.fields.values() if adds else ():
            field.required = False
        if len(self.fields) == 1:
            self.main = next(iter(self.fields))
        if self.main and question:
            self.fields[self.main].label, self.fields[self.main].help_text = question, hint
        for name, label in self.THEY.items() if helper else ():
            self.fields[name].label = label

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was written or chosen."""
        sent: Any = self.data
        lists = (sent.getlist(name) for name in sent if name not in OWN_FIELDS)
        return not any(value.strip() for values in lists for value in values)

    # Of a page that asks for one of several fields, none of which is required by itself.
    needs_one = False

    @property
    def needs_an_answer(self) -> bool:
        return self.needs_one or any(field.required for field in self.fields.values())

    @classmethod
    def questions(cls) -> list[str]:
        """Return the questions its answer is kept under."""
        return list(cls.base_fields)  # type: ignore[attr-defined]

    def join(self, stands: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """Return what stands once this page, opened empty, was sent: {question: value}.

        What was left blank stays as it is, lists and lines are added to, anything else takes its place.
        """
        joined = {key: stands[key] for key in self.questions() if key in stands}
        for key, value in written.items():
            if key not in joined or not self.is_left_blank(key, value):
                joined[key] = self._added(key, joined.get(key), value)
        return joined

    def is_left_blank(self, key: str, value: Any) -> bool:
        """Tell whether a question was not answered; "I don't know" to a date is an answer."""
        if key not in self.fields:  # of several fields: see `questions`
            return not value
        sent = self.fields[key].widget.value_from_datadict(self.data, self.files, self.add_prefix(key))
        return not any(str(part or "").strip() for part in (sent if isinstance(sent, list) else [sent]))

    def _added(self, key: str, stands: Any, new: Any) -> Any:
        if not stands:
            return new
        if key in self.LINES:
            lines = stands.splitlines()
            return "\n".join([*lines, *(line for line in new.splitlines() if line not in lines)])
        if isinstance(stands, list):
            kept = [one for one in stands if self._agrees(one, new)]
            return [*kept, *(one for one in new if one not in kept)]
        return new

    def _agrees(self, one: Any, new: list[Any]) -> bool:
        """Tell whether an item of a list may go on standing beside the new ones."""
        if not isinstance(one, str) or one in self.BESIDE or set(new) <= self.BESIDE:
            return True
        return (one in self.ALONE) == bool(self.ALONE & set(new))


# --- A. before you start --------------------------------------------------------------------------


class Language(PageForm):
    language = one_of([])

    def __init__(self, *args: Any, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices  # type: ignore[attr-defined]


class SafeNow(PageForm):
    main = "safe_now"
    safe_now = one_of(YES_NO)
    shared = one_of(
        [("yes", _("Yes, others use it too")), ("no", _("No, only I use it"))],
        label=_("Do other people use this phone or computer?"),
        hint=_("If yes, the form closes by itself after a few minutes, and we keep nothing on it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("safe_now") == "no":  # then nothing else matters
            self.errors.pop("shared", None)
        return cleaned


class WhoFills(PageForm):
    who_fills = one_of(
        [
            ("me", _("Me: I need help")),
            ("helper", _("I help someone")),
            ("parent", _("I am a parent or caregiver for a child")),
        ]
    )


class Helper(PageForm):
    helper_name = text(_("Your name"), limit=200)
    helper_relation = one_of(
        [
            ("family", _("Family")),
            ("friend", _("Friend or neighbor")),
            ("group", _("Someone from a group, a church or a shelter")),
            ("work", _("From work")),
            ("other", _("Other")),
        ],
        label=_("How do you know this person?"),
    )


class ConsentForm(PageForm):
    consent = one_of([("yes", _("Yes, you can")), ("no", _("No"))])


# --- B. is anything urgent ------------------------------------------------------------------------


class InUs(PageForm):
    in_us = one_of([YES, NO, ("border", _("At the border"))])


class Custody(PageForm):
    custody = one_of(
        [
            NO,
            ("ice", _("Yes, in a detention center")),
            ("orr", _("Yes, in a children's shelter")),
            UNSURE,
        ]
    )


class Facility(PageForm):
    facility = text(limit=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held_there = (court.city for court in courts() if court.docket == "detained")
        self.fields["facility"].widget = Suggestions(sorted(set(held_there)))


class HasCourt(PageForm):
    has_court = one_of(YES_NO_UNSURE)


class HearingDate(PageForm):
    hearing_date = PartialDateField(required=False, earliest=2000)


class HearingKind(PageForm):
    hearing_kind = one_of(
        [
            ("master", _("A short first hearing (master)")),
            ("individual", _("A long one about the story (individual)")),
            UNSURE,
        ],
        required=False,
    )


class Court(PageForm):
    court = text(limit=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["court"].widget = Suggestions([court.label for court in courts() if court.is_open])


class ANumber(PageForm):
    a_number = text(limit=20, required=False, kind="number")

    def clean_a_number(self) -> str:
        """Return nine digits, or nothing; spaces, dashes and the A do not matter."""
        typed = self.cleaned_data["a_number"].translate(DIGITS).upper().lstrip("A")
        found = "".join(typed.replace("-", " ").split())
        if found and not (found.isascii() and found.isdigit() and 7 <= len(found) <= 9):
            raise ValidationError(_("An A-Number has 7 to 9 numbers. Please check it, or skip this."))
        return found.zfill(9) if found else ""


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


class DecisionDate(PageForm):
    decision_date = PartialDateField(required=False, earliest=1980)


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


class Letter(PageForm):
    main = "has_letter"
    has_letter = one_of(YES_NO_UNSURE)
    letter_due = PartialDateField(
        label=_("If yes: by which date?"), required=False, earliest=2000, hint=_("It stands on the letter.")
    )

    def join(self, stands: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
        """A date alone says that there is a letter."""
        joined = super().join(stands, written)
        return (
            {**joined, "has_letter": written.get("has_letter") or "yes"}
            if written.get("letter_due")
            else joined
        )


class Danger(PageForm):
    danger = one_of([YES, NO, TALK])


# --- C. names -------------------------------------------------------------------------------------


class FullName(PageForm):
    needs_one = True
    given_names = text(_("First names"), limit=200, required=False)
    middle_names = text(_("Middle names"), limit=200, required=False)
    family_name = text(_("Family names"), limit=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in self.fields):
            raise ValidationError({"given_names": _("Write at least one name.")})
        return cleaned


class OtherNames(PageForm):
    LINES = frozenset({"other_names"})
    other_names = paragraph(limit=1000, rows=3, required=False)


class BirthDate(PageForm):
    birth_date = PartialDateField(hint=_("The year is enough if you do not know the day."))


class WithParent(PageForm):
    with_parent = one_of(YES_NO_UNSURE)


class Citizenship(PageForm):
    needs_one = True
    citizenship = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["citizenship"]
        field.choices = list(countries)  # type: ignore[attr-defined]
        field.widget.attrs["size"] = 8


RELATIONS = [
    ("spouse", _("Husband, wife or partner")),
    ("child", _("Child")),
    ("parent", _("Mother or father")),
    ("sibling", _("Brother or sister")),
    ("other", _("Other family")),
]


class Family(PageForm):
    """People of the family, three fields each; `family_here` is a list of {name, related, birth_date}."""

    MOST = 12

    def __init__(self, *args: Any, rows: int = 1, initial: Any = None, **kwargs: Any) -> None:
        known = (initial or {}).get("family_here", [])
        super().__init__(*args, initial=self._spread(known), **kwargs)
        sent = sum(1 for key in self.data if key.startswith("name_"))
        shown = max(len(known) + 1 if rows > 1 or not known else len(known), rows, sent)
        self.count = max(min(shown, self.MOST), len(known))  # those added with a receipt may be more
        for number in range(1, self.count + 1):
            self.fields |= self._person(number)

    @staticmethod
    def _person(number: int) -> dict[str, forms.Field]:
        of_one = {"number": number}
        return {
            f"name_{number}": text(_("Person %(number)s: name") % of_one, limit=200, required=False),
            f"related_{number}": one_of(
                RELATIONS, label=_("Person %(number)s: how are they related?") % of_one, required=False
            ),
            f"born_{number}": PartialDateField(
                label=_("Person %(number)s: when were they born?") % of_one, required=False
            ),
        }

    @staticmethod
    def _spread(people: list[dict[str, str]]) -> dict[str, str]:
        spread: dict[str, str] = {}
        for number, one in enumerate(people, 1):
            spread |= {
                f"name_{number}": one["name"],
                f"related_{number}": one["related"],
                f"born_{number}": one["birth_date"],
            }
        return spread

    def clean(self) -> dict[str, Any]:
        cleaned, people = super().clean(), []
        for number in range(1, self.count + 1):
            name = cleaned.get(f"name_{number}", "")
            related, born = cleaned.get(f"related_{number}", ""), cleaned.get(f"born_{number}", "")
            if name:
                people.append({"name": name, "related": related, "birth_date": born})
            elif (related or born) and f"name_{number}" not in self.errors:
                self.add_error(
                    f"name_{number}", _("Write the name of this person, or empty the other fields.")
                )
        return {"family_here": people}

    @classmethod
    def questions(cls) -> list[str]:
        return ["family_here"]


class FearedHere(PageForm):
    main = "feared_here"
    THEY: ClassVar = {"feared_relation": _("How does the person know them?")}
    feared_here = one_of([YES, NO, TALK], required=False)
    feared_name = text(_("Their name"), limit=200, required=False, hint=_("Only if you want to."))
    feared_relation = text(_("How do you know them?"), limit=200, required=False)


# --- D. can our program help ----------------------------------------------------------------------


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


class Notario(PageForm):
    notario = one_of(YES_NO_UNSURE)


class Waitlist(PageForm):
    main = "waitlist"
    waitlist = one_of(YES_NO, required=False)
    waitlist_name = text(_("If yes: which group?"), limit=200, required=False)


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


class Household(PageForm):
    household_size = text(limit=4, kind="number")

    def clean_household_size(self) -> int:
        typed = self.cleaned_data["household_size"].strip().translate(DIGITS)
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 99):
            raise ValidationError(_("Write a whole number, 1 or more. Count yourself."))
        return int(typed)


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


class Benefits(PageForm):
    benefits = one_of(YES_NO_UNSURE, required=False)


class Hardship(PageForm):
    main = "hardship"
    hardship = one_of(YES_NO_UNSURE, required=False)
    hardship_what = text(_("Which costs?"), limit=300, required=False)


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


class Fear(PageForm):
    fear = one_of(YES_NO_UNSURE)


# --- E. coming to the United States ---------------------------------------------------------------


class Arrival(PageForm):
    arrival = PartialDateField(earliest=1920)


class Entry(PageForm):
    entry = one_of(
        [
            ("visa", _("With a visa")),
            ("port", _("At a border post")),
            ("ewi", _("Across the border")),
            ("other", _("Another way")),
            SKIP,
        ],
        required=False,
    )


class EarlierEntries(PageForm):
    """Earlier arrivals, up to three dates; `earlier_dates` is a list of those known."""

    main = "earlier_entries"
    MOST = 3
    earlier_entries = one_of(YES_NO_UNSURE, required=False)
    earlier_1 = PartialDateField(label=_("If yes: when?"), required=False, earliest=1920)
    earlier_2 = PartialDateField(label=_("And when?"), required=False, earliest=1920)
    earlier_3 = PartialDateField(label=_("And when?"), required=False, earliest=1920)

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


class I589(PageForm):
    i589 = one_of(YES_NO_UNSURE)


class I589When(PageForm):
    i589_date = PartialDateField(label=_("When?"), required=False, earliest=1980)
    i589_where = one_of(
        [("uscis", _("To USCIS")), ("court", _("To the court")), UNSURE], label=_("Where?"), required=False
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


class Papers(PageForm):
    status = some_of(PAPERS, required=False)


class PapersEnd(PageForm):
    status_end = PartialDateField(required=False, earliest=1990)


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


# --- F. why you are afraid ------------------------------------------------------------------------


class HarmPast(PageForm):
    harm_past = one_of([YES, NO, TALK], required=False)


class HarmWho(PageForm):
    harm_who = some_of(
        [
            ("state", _("Police, army or government")),
            ("gang", _("A gang")),
            ("family", _("Family or partner")),
            ("group", _("Another group")),
            ("other", _("Other")),
            SKIP,
        ],
        required=False,
    )


class HarmWhy(PageForm):
    harm_why = some_of(
        [
            ("race", _("Race or tribe")),
            ("religion", _("Religion")),
            ("nationality", _("Country or language")),
            ("politics", _("Politics")),
            ("family", _("My family")),
            ("gender", _("Being a woman")),
            ("love", _("Who I love, or my gender")),
            ("other", _("Other")),
            ("unsure", _("I don't know")),
            SKIP,
        ],
        required=False,
    )


class Torture(PageForm):
    torture = one_of([*YES_NO_UNSURE, SKIP], required=False)


class OtherCountry(PageForm):
    main = "other_country"
    other_country = one_of(YES_NO, required=False)
    other_country_name = text(_("If yes: which country?"), limit=200, required=False)
    other_country_long = text(_("How long?"), limit=100, required=False)


class UsHarm(PageForm):
    us_harm = one_of([YES, NO, TALK], required=False)


class ChildParent(PageForm):
    child_parent = one_of([YES, NO, SKIP], required=False)


class Arrests(PageForm):
    arrests = one_of([YES, NO, ("lawyer", _("I will tell a lawyer"))], required=False)


class Story(PageForm):
    LINES = frozenset({"story"})
    story = paragraph(limit=1500, rows=8, required=False)


# --- G. how to reach you --------------------------------------------------------------------------


class ContactForm(PageForm):
    main: Any = "channels"
    ALONE = frozenset({"none", "visit"})
    BESIDE = frozenset({"through"})
    channels = some_of(CHANNELS)
    safe_times = text(
        _("When is it safe to call?"), limit=200, required=False, hint=_("For example: Mondays after 6.")
    )
    may_leave_message = one_of(YES_NO, label=_("Can we leave a message?"), required=False)
    through_name = text(_("If through someone: who, and how do we reach them?"), limit=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        channels = set(cleaned.get("channels") or [])
        if channels & {"none", "visit"} and channels - {"none", "visit", "through"}:
            self.add_error("channels", _("Choose ways to reach you, or that there is none, not both."))
        if "through" in channels and not cleaned.get("through_name") and "through_name" not in self.errors:
            self.add_error("through_name", _("Write who it is, or choose another way."))
        return cleaned


class Wire(PageForm):
    """A phone number and an e-mail address."""

    phone = PhoneNumberField(
        label=_("Phone number"),
        required=False,
        region="US",
        widget=forms.TextInput({"type": "tel", "dir": "ltr", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the whole number, for example (212) 555-0142.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
    )

    def clean_phone(self) -> str:
        return str(self.cleaned_data.get("phone") or "")

    def check_wires(self, cleaned: dict[str, Any], channels: set[str]) -> None:
        """Ask for the number or the address that a chosen way needs."""
        if channels & BY_PHONE and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write a phone number, or choose another way to reach you."))
        if "email" in channels and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write an e-mail, or choose another way to reach you."))


class PhoneEmail(Wire):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.told is not None and not self.told.held:
            self.check_wires(cleaned, set(self.told.get("channels")))
        return cleaned

    @property
    def needs_an_answer(self) -> bool:
        return self.told is None or not self.told.held


class NewContact(ContactForm, Wire):
    """A new way to be reached: how, and the number or address it needs."""

    field_order = ("channels", "phone", "email", "safe_times", "may_leave_message", "through_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].label = _("What is a safe way to reach you?")
        self.main = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_wires(cleaned, set(cleaned.get("channels") or []))
        return cleaned


class Address(PageForm):
    address = paragraph(limit=500, rows=3, required=False)


class Interpreter(PageForm):
    spoken_language = forms.ChoiceField(label=_("Language"))
    other_language = text(_("If it is not in the list: which one?"), limit=100, required=False)
    dialect = text(_("Dialect"), limit=100, required=False, hint=_("Or the region or town you come from."))
    interpreter_gender = one_of(
        [("any", _("It does not matter")), ("woman", _("A woman")), ("man", _("A man"))],
        label=_("Who should interpret?"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.code, f"{one.native_name} ({one.name})") for one in languages()]
        choices = [("", _("Choose a language")), *listed, ("other", _("Another language"))]
        self.fields["spoken_language"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        unnamed = not cleaned.get("other_language") and "other_language" not in self.errors
        if cleaned.get("spoken_language") == "other" and unnamed:
            self.add_error("other_language", _("Write which language."))
        return cleaned


class Access(PageForm):
    main = "access"
    access = some_of(
        [
            ("none", _("No")),
            ("read", _("Reading or writing")),
            ("see", _("Seeing")),
            ("hear", _("Hearing")),
            ("move", _("Moving")),
            ("other", _("Something else")),
        ],
        required=False,
    )
    access_what = text(_("What would help?"), limit=300, required=False)


class Documents(PageForm):
    """Files are not fields: the page reads them itself (foundation/files/receiving.py)."""

    @classmethod
    def questions(cls) -> list[str]:
        return ["documents"]


# --- coming back ----------------------------------------------------------------------------------


class ReceiptForm(PageForm):
    """The two numbers of a receipt. Spaces and dashes do not matter, nor does the script of the digits."""

    locator = text(_("First number (8 digits)"), limit=20, kind="number")
    secret = text(_("Second number (16 digits)"), limit=40, kind="number")

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
