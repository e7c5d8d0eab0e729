"""G. How to reach somebody safely; papers; and the last page, which hands the answers in."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumbers import SUPPORTED_REGIONS

from intake.data import languages
from intake.questionnaire.asking import READ, after
from intake.questionnaire.fields import YES_NO, EmailLine, one_of, paragraph, some_of, text
from intake.questionnaire.page import HIGH, PageForm, Section
from intake.questionnaire.phones import HasExtension, NoPhone, WhichCountry, read_phone
from intake.told import Told
from intake.words import BY_PHONE, BY_WIRE, CHANNELS

SECTION = Section("G", _("How to reach you"), asks_alone=True)


def names_a_wire(told: Told) -> bool:
    """a call, a text, WhatsApp or e-mail was chosen"""
    return told.says("channels", *BY_WIRE)


@SECTION.page(
    53,
    "contact",
    _("What is a safe way to reach you?"),
    they=_("What is a safe way to reach the person?"),
    hint=_("We use only what you choose here."),
    why="contact without harm",
    i589="A.I 8",
    first_in_danger=True,
)
class ContactForm(PageForm):
    main: Any = "channels"
    PARTS: ClassVar = {"through_name": after("channels", "through")}
    NEEDS = frozenset({"through_name"})
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
        if "through" in channels and not cleaned.get("through_name") and "through_name" not in self.errors:
            self.add_error("through_name", _("Write who it is, or choose another way."))
        if channels and "through" not in channels and cleaned.get("through_name"):
            self.add_error("through_name", _("Choose “Through someone I trust” too, or leave this empty."))
        return cleaned

    def words_for_alone(self, alone: str) -> Any:
        return _("Choose ways to reach you, or that there is none, not both.")


class Wire(PageForm):
    """A phone number and an e-mail address."""

    phone = text(_("Phone number"), limit=60, required=False)
    phone.widget = forms.TelInput({"dir": "ltr", "autocomplete": "off"})
    email = EmailLine(label=_("E-mail"), required=False, max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "phone_country" in self.data:
            self._ask_country()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        country = cleaned.pop("phone_country", "")
        if cleaned.get("phone"):
            self._read_phone(cleaned, country)
        if cleaned.get("email") and EmailLine.had_a_space(self.data.get(self.add_prefix("email"), "")):
            self.doubt("email", cleaned["email"], READ % {"what": cleaned["email"]})
        return cleaned

    def _read_phone(self, cleaned: dict[str, Any], country: str) -> None:
        """Put the number as it is dialed from anywhere in place of the one typed, or ask what is missing."""
        try:
            cleaned["phone"] = read_phone(cleaned["phone"], country)
        except WhichCountry:
            self._ask_country()
            self.add_error("phone", _("Which country is this number from? Please choose it below."))
        except HasExtension:
            self.add_error("phone", _("Write the number alone, and leave out what follows it."))
        except NoPhone:
            self.add_error("phone", _("Write the whole number, for example (212) 555-0142."))

    def _ask_country(self) -> None:
        """Ask under the number which country it is from."""
        dialed = [(code, name) for code, name in countries if code in SUPPORTED_REGIONS]
        field = forms.ChoiceField(
            label=_("Country of this phone number"),
            choices=[("", _("Choose a country")), *dialed],
            required=False,
        )
        self.fields["phone_country"] = field
        names = [name for name in self.fields if name != "phone_country"]
        self.order_fields([*names[: names.index("phone") + 1], "phone_country"])

    def check_wires(self, cleaned: dict[str, Any], channels: set[str]) -> None:
        """Ask for the number or the address that a chosen way needs."""
        if channels & BY_PHONE and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write a phone number, or choose another way to reach you."))
        if "email" in channels and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write an e-mail, or choose another way to reach you."))


@SECTION.page(
    54,
    "phone_email",
    _("What is your phone number or e-mail?"),
    they=_("What is the person's phone number or e-mail?"),
    hint=_("One of them is enough."),
    asked=names_a_wire,
    why="contact",
    i589="A.I 8",
    first_in_danger=True,
)
class PhoneEmail(Wire):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.told is not None and not self.told.held:
            self.check_wires(cleaned, set(self.told.get("channels")))
        return cleaned

    @property
    def needs_an_answer(self) -> bool:
        return self.told is None or not self.told.held


@SECTION.page(
    55,
    "address",
    _("Where can we send you mail?"),
    they=_("Where can we send mail for the person?"),
    hint=_("Skip this if mail is not safe."),
    why="letters; court",
    i589="A.I 8-9",
)
class Address(PageForm):
    address = paragraph(limit=500, rows=3, required=False)


@SECTION.page(
    56,
    "interpreter",
    _("Which language do you speak best?"),
    they=_("Which language does the person speak best?"),
    why="interpreter",
    i589="A.I 23",
)
class Interpreter(PageForm):
    PARTS: ClassVar = {"other_language": after("spoken_language", "other")}
    NEEDS = frozenset({"other_language"})
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
        listed = [(spoken.code, f"{spoken.native_name} ({spoken.name})") for spoken in languages()]
        choices = [("", _("Choose a language")), *listed, ("other", _("Another language"))]
        self.fields["spoken_language"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        unnamed = not cleaned.get("other_language") and "other_language" not in self.errors
        if cleaned.get("spoken_language") == "other" and unnamed:
            self.add_error("other_language", _("Write which language."))
        return cleaned


@SECTION.page(
    57,
    "access",
    _("Do you need help to read, see, hear or move?"),
    they=_("Does the person need help to read, see, hear or move?"),
    why="access; care",
    privacy=HIGH,
)
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
    care = some_of(
        [("pregnant", _("Pregnant")), ("ill", _("Very sick or hurt"))],
        label=_("Is one of these true now?"),
        required=False,
    )


@SECTION.page(
    58,
    "documents",
    _("Do you have papers you can send us?"),
    they=_("Does the person have papers you can send us?"),
    hint=_("A photo is fine. You can do this later."),
    why="notice to appear, I-94, passport, I-589, decisions",
    privacy=HIGH,
)
class Documents(PageForm):
    """Files are not fields: the page reads them itself (foundation/files/receiving.py)."""

    @classmethod
    def questions(cls) -> list[str]:
        return ["documents"]


@SECTION.page(
    59,
    "review",
    _("Please check your answers."),
    they=_("Please check the answers."),
    hint=_("You can change them for 14 days."),
    why="accuracy; hands the answers in",
    i589="Part D",
)
class Review(PageForm):
    """Asks nothing: the answers are shown and handed in."""
