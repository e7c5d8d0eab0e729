"""Forms of signing in, of second factors, passwords and invitations."""

import unicodedata
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation import limits
from foundation.accounts.credentials import MADE, SHOWN, CredentialField
from foundation.accounts.demo import is_demo_code
from foundation.accounts.models import Role, User
from foundation.accounts.records import note_sign_in
from foundation.forms import HelpedForm

TOO_MANY = _("Too many tries. Please wait five minutes.")
# Django's own words are not in every language of ours.
WEAK = {
    "password_too_short": _("This is too short. Please use at least 15 characters."),
    "password_too_common": _("Thieves try this one first. Please choose another."),
    "password_too_similar": _("This is too much like your name or e-mail. Please choose another."),
}
LONGEST = 128  # hashing is slow on purpose: nobody makes us hash a book


class TooMany(forms.ValidationError):
    """A limit of foundation/limits.py was reached."""

    def __init__(self) -> None:
        super().__init__(TOO_MANY, code="too_many")


def status_of(form: forms.Form) -> int:
    """Return the HTTP status that an invalid form is answered with."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 429 if "too_many" in codes else 422


def digits(text: str) -> str:
    """Return a code as ASCII, whatever digits the keyboard has and however they were spaced."""
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text if not char.isspace()
    )


def password_field(label: Any, *, autocomplete: str, **more: Any) -> forms.CharField:
    """Return a field for a password, which may be pasted and may hold anything, spaces included."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "dir": "ltr"})
    return forms.CharField(label=label, strip=False, max_length=LONGEST, widget=widget, **more)


def code_field(label: Any, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"})
    return forms.CharField(label=label, max_length=40, widget=widget, **more)


class SignInForm(HelpedForm):
    """E-mail and password; one message for every kind of wrong, after the same work."""

    username = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
    )
    password = password_field(_("Password"), autocomplete="current-password")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        email = cleaned["username"].lower()
        if not limits.allows("sign-in", email):
            raise TooMany
        self.user = authenticate(self.request, username=email, password=cleaned["password"])  # type: ignore[assignment]
        if self.user is None:
            known = User.objects.filter(email=email).first()
            note_sign_in("sign-in-failed", user=known, purpose="password")
            raise forms.ValidationError(_("This e-mail and password do not fit together. Please check both."))
        limits.forget("sign-in", email)
        return cleaned


class CodeForm(HelpedForm, BaseAuthenticateForm):
    """A code of the app, a recovery code, or in the demo office the printed one."""

    code = code_field(_("Code from your app, or a recovery code"))
    authenticator = None

    def clean_code(self) -> str:
        if not limits.allows("second-factor", self.user.pk):
            raise TooMany
        self.cleaned_data["code"] = code = digits(self.cleaned_data["code"])
        if not is_demo_code(self.user, code):
            try:
                super().clean_code()
            except forms.ValidationError:
                note_sign_in("second-factor-failed", user=self.user, purpose="code")
                raise
        limits.forget("second-factor", self.user.pk)
        return code

    def save(self, *, again: bool = False) -> None:
        """Note in the session which factor was shown; `again` for someone who is signed in already."""
        if self.authenticator:
            post_authentication(context.request, self.authenticator, reauthenticated=again)
        else:
            record_authentication(context.request, self.user, "demo-code", reauthenticated=again or None)


class PasskeyForm(HelpedForm, AuthenticateWebAuthnForm):
    """What the browser says of a passkey."""

    credential = CredentialField(label=_("Passkey"), parts=SHOWN)

    def clean_credential(self) -> Any:
        if not limits.allows("second-factor", self.user.pk):
            raise TooMany
        try:
            authenticator = answered(super().clean_credential)
        except forms.ValidationError:
            note_sign_in("second-factor-failed", user=self.user, purpose="passkey")
            raise
        limits.forget("second-factor", self.user.pk)
        return authenticator

    def save(self, *, again: bool = False) -> None:
        post_authentication(context.request, self.cleaned_data["credential"], reauthenticated=again)


class AddPasskeyForm(HelpedForm, AddWebAuthnForm):
    """A new passkey, with a name to tell it by."""

    name = forms.CharField(
        label=_("Name of this passkey"),
        required=False,
        max_length=60,
        help_text=_("So that you can tell it from others later, such as “blue key”."),
    )
    credential = CredentialField(label=_("Passkey"), parts=MADE)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = answered(super().clean)
        return cleaned


class PasskeyNameForm(HelpedForm):
    name = forms.CharField(label=_("Name of this passkey"), max_length=60)


def answered(check: Any) -> Any:
    """Run a check of what a browser sent about a passkey; whatever is wrong with it is the same answer."""
    try:
        return check()
    except forms.ValidationError:
        raise
    except Exception as error:  # the parsers of CBOR, COSE and JSON each raise their own
        raise get_adapter().validation_error("incorrect_code") from error


class AppForm(HelpedForm, ActivateTOTPForm):
    """The first code of an app, to show that it was set up."""

    code = code_field(_("Six digits from the app"))

    def clean_code(self) -> str:
        if not limits.allows("second-factor", self.user.pk):
            raise TooMany
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        code: str = super().clean_code()
        limits.forget("second-factor", self.user.pk)
        return code


class PasswordAgainForm(HelpedForm):
    """The password again, of someone who has no second factor yet."""

    password = password_field(_("Password"), autocomplete="current-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not limits.allows("sign-in", self.user.email):
            raise TooMany
        if not self.user.check_password(password):
            note_sign_in("sign-in-failed", user=self.user, purpose="password-again")
            raise forms.ValidationError(_("This is not your password."))
        limits.forget("sign-in", self.user.email)
        return password

    def save(self, *, again: bool = True) -> None:
        reauthenticate_by_password(context.request)


class NewPasswordForm(HelpedForm):
    """A password to be: long, not known to thieves, not the person's own name."""

    new = password_field(
        _("New password"),
        autocomplete="new-password",
        help_text=_(
            "At least 15 characters. A few words in a row are easy to keep in mind."
            " You may paste it from a password manager."
        ),
    )
    again = password_field(_("The same once more"), autocomplete="new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        password: str = self.cleaned_data["new"]
        try:
            validate_password(password, self.user)
        except forms.ValidationError as refused:
            raise forms.ValidationError([WEAK[str(error.code)] for error in refused.error_list]) from refused
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "new" in cleaned and "again" in cleaned and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two are not the same."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """The old password, and a new one."""

    password = password_field(_("Your password now"), autocomplete="current-password")
    field_order = ("password", "new", "again")

    clean_password = PasswordAgainForm.clean_password


class InviteForm(HelpedForm):
    """Whom to invite, and what they will do."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The link goes to this address. Whoever can read its mail can accept."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)


class OfficeForm(HelpedForm):
    """What an office says of itself on the public pages."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    hours = forms.CharField(label=_("When somebody answers"), max_length=120, required=False)
    other_phone = forms.CharField(label=_("Phone at other hours"), max_length=40, required=False)
    other_hours = forms.CharField(label=_("Whose line it is, and when"), max_length=120, required=False)
    look_days = forms.IntegerField(
        label=_("Within how many business days does a person read a form?"),
        min_value=1,
        max_value=20,
        required=False,
        help_text=_("Who sends a form reads that day, and staff must look by it. Empty: none is promised."),
    )
