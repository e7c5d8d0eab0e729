"""C. How to reach somebody safely, and for a helper how to reach them both."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumbers import SUPPORTED_REGIONS

from intake.questionnaire.asking import READ, after
from intake.questionnaire.fields import YES_NO, EmailLine, one_of, some_of, text
from intake.questionnaire.page import PageForm, Section
from intake.questionnaire.phones import HasExtension, NoPhone, WhichCountry, read_phone
from intake.told import Told
from intake.words import BY_PHONE, CHANNELS, CHANNELS_OF_HELPED, WRITE_WHEN, WRITTEN

SECTION = Section("C", _("How to reach you"), asks_alone=True)


def through_helper(told: Told) -> bool:
    """a helper fills in the form"""
    return told.through_helper


class Ways(PageForm):
    """The ways that are safe to reach somebody, and the number or address each needs."""

    PARTS: ClassVar = {
        "phone": after("channels", *BY_PHONE),
        "email": after("channels", "email"),
        "safe_times": after("channels", *BY_PHONE),
        "may_leave_message": after("channels", "call"),
        "write_when": after("channels", *WRITTEN),
        "may_tell": after("channels", *WRITTEN),
        "through_name": after("channels", "through"),
    }
    NEEDS = frozenset({"phone", "email", "through_name"})
    ALONE = frozenset({"none", "visit"})
    BESIDE = frozenset({"through"})
    THEY_CHOICES: ClassVar = {"channels": CHANNELS_OF_HELPED}
    channels = some_of(CHANNELS)
    phone = text(_("Phone number"), limit=60, required=False)
    phone.widget = forms.TelInput({"dir": "ltr", "autocomplete": "off"})
    email = EmailLine(label=_("E-mail"), required=False, max_length=254)
    safe_times = text(
        _("When is it safe to call?"), limit=200, required=False, hint=_("For example: Mondays after 6.")
    )
    may_leave_message = one_of(YES_NO, label=_("Can we leave a message?"), required=False)
    write_when = some_of(
        WRITE_WHEN,
        label=_("When is it safe to send you a message?"),
        required=False,
        hint=_(
            "By the clock where you live. Choose none: we send between 9 in the morning and 8 in the evening."
        ),
    )
    may_tell = one_of(
        YES_NO,
        label=_("May a message say a day or a place?"),
        required=False,
        hint=_("If you say yes, it is the first line of a text. Anyone who sees your phone can read it."),
    )
    through_name = text(_("Through whom, and how do we reach them?"), limit=300, required=False)

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
        channels = set(cleaned.get("channels") or [])
        self._check_through(cleaned, channels)
        if self.needs_wires:
            self.check_wires(cleaned, channels)
        return cleaned

    def _check_through(self, cleaned: dict[str, Any], channels: set[str]) -> None:
        """Ask for the person through whom somebody is reached, or for the choice that leads to them."""
        if "through" in channels and not cleaned.get("through_name") and "through_name" not in self.errors:
            self.add_error("through_name", _("Write who it is, or choose another way."))
        if channels and "through" not in channels and cleaned.get("through_name"):
            self.add_error("through_name", _("Choose “Through someone I trust” too, or leave this empty."))

    def _read_phone(self, cleaned: dict[str, Any], country: str) -> None:
        """Put the number as it is dialed from anywhere in place of the one typed, or ask what is missing."""
        try:
            cleaned["phone"] = read_phone(cleaned["phone"], country)
        except WhichCountry:
            self._ask_country()
            self.add_error("phone", _("Which country is this number from? Please choose it below."))
        except (HasExtension, NoPhone) as wrong:
            self.add_error("phone", wrong.words)

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

    @property
    def needs_wires(self) -> bool:
        """Tell whether a way that needs a number may not go without it."""
        return True

    def words_for_alone(self, alone: str) -> Any:
        return _("Choose ways to reach you, or that there is none, not both.")


@SECTION.page(
    68,
    "helper_reach",
    _("How can we reach you, the helper?"),
    hint=_("One of them is enough."),
    asked=through_helper,
    why="to reach the helper; the person is asked for next",
    is_short=True,
)
class HelperReach(PageForm):
    helper_phone = text(_("Your phone number"), limit=60, required=False)
    helper_phone.widget = forms.TelInput({"dir": "ltr", "autocomplete": "off"})
    helper_email = EmailLine(label=_("Your e-mail"), required=False, max_length=254)

    def clean_helper_phone(self) -> str:
        """Return the number as it is dialed from anywhere."""
        typed: str = self.cleaned_data["helper_phone"]
        try:
            return read_phone(typed, "") if typed else ""
        except WhichCountry:
            raise ValidationError(_("Write + and the number of its country first, as in +52.")) from None
        except (HasExtension, NoPhone) as wrong:
            raise ValidationError(wrong.words) from None


@SECTION.page(
    69,
    "reach",
    _("What is a safe way to reach you?"),
    they=_("What is a safe way to reach the person you help?"),
    hint=_("We use only what you choose here."),
    why="contact without harm; of a form left unfinished only where it is urgent and may_reach says yes",
    i589="A.I 8",
    is_short=True,
)
class Reach(Ways):
    main: Any = "channels"
    may_reach = one_of(
        YES_NO,
        label=_("This is urgent. If you stop before the end, may we reach you in this way?"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.adds or (self.told is not None and not self.told.is_urgent):
            del self.fields["may_reach"]

    @property
    def needs_wires(self) -> bool:
        return not self.adds and not (self.told is not None and self.told.held)
