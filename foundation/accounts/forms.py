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
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.accounts.credentials import MADE, SHOWN, CredentialField
from foundation.accounts.demo import is_demo_code
from foundation.accounts.holdings import Holding
from foundation.accounts.models import Membership, Office, Proof, Role, User
from foundation.accounts.records import note_sign_in
from foundation.accounts.restoring import is_outlived
from foundation.accounts.tries import Tries, seconds_of
from foundation.forms import HelpedForm, day_field

# Django's own words are not in every language of ours.
WEAK = {
    "password_too_short": _("This is too short. Please use at least 15 characters."),
    "password_too_common": _("Thieves try this one first. Please choose another."),
    "password_too_similar": _("This is too much like your name or e-mail. Please choose another."),
}
LONGEST = 128  # hashing is slow on purpose: nobody makes us hash a book


def status_of(form: forms.Form) -> int:
    """Return the HTTP status that an invalid form is answered with."""
    return 429 if seconds_of(form) else 422


def shown(
    request: HttpRequest, template: str, values: dict[str, Any], form: forms.Form | None
) -> HttpResponse:
    """Show a page with a form, and say how it stands: refused, or to be tried again after some seconds."""
    if form is None or not form.errors:
        return render(request, template, values)
    response = render(request, template, values, status=status_of(form))
    if wait := seconds_of(form):
        response["Retry-After"] = str(wait)
    return response


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
        known = User.objects.filter(email=email).first()
        tries = Tries(self.request, user=known, way="password", email=email)
        tries.check()
        self.user = authenticate(self.request, username=email, password=cleaned["password"])  # type: ignore[assignment]
        if self.user is None:
            note_sign_in("sign-in-failed", user=known, purpose="password")
            tries.failed(at=timezone.now())
            raise forms.ValidationError(_("This e-mail and password do not fit together. Please check both."))
        tries.passed()
        return cleaned


class CodeForm(HelpedForm, BaseAuthenticateForm):
    """A code of the app, a recovery code, or in the demo office the printed one."""

    code = code_field(_("Code from your app, or a recovery code"))
    authenticator = None

    def clean_code(self) -> str:
        tries = Tries(context.request, user=self.user, way="code")
        tries.check()
        self.cleaned_data["code"] = code = digits(self.cleaned_data["code"])
        if not is_demo_code(self.user, code):
            try:
                super().clean_code()
                self._refuse_outlived()
            except forms.ValidationError:
                note_sign_in("second-factor-failed", user=self.user, purpose="code")
                tries.failed(at=timezone.now())
                raise
        tries.passed()
        return code

    def _refuse_outlived(self) -> None:
        if self.authenticator and is_outlived(self.authenticator):
            raise get_adapter().validation_error("incorrect_code")

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
        tries = Tries(context.request, user=self.user, way="passkey")
        tries.check()
        try:
            authenticator = answered(super().clean_credential)
        except forms.ValidationError:
            note_sign_in("second-factor-failed", user=self.user, purpose="passkey")
            tries.failed(at=timezone.now())
            raise
        tries.passed()
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
        tries = Tries(context.request, user=self.user, way="code")
        tries.check()
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        code: str = super().clean_code()
        tries.passed()
        return code


class PasswordAgainForm(HelpedForm):
    """The password again, of someone who has no second factor yet."""

    password = password_field(_("Password"), autocomplete="current-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        tries = Tries(context.request, user=self.user, way="password")
        tries.check()
        if not self.user.check_password(password):
            note_sign_in("sign-in-failed", user=self.user, purpose="password-again")
            tries.failed(at=timezone.now())
            raise forms.ValidationError(_("This is not your password."))
        tries.passed()
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


class ProofForm(HelpedForm):
    """How somebody made sure that it is them."""

    how = forms.ChoiceField(
        label=_("How did you make sure that it is them?"), choices=Proof.choices, widget=forms.RadioSelect
    )


def roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What they do"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Several may be ticked. A supervisor does a caseworker's work too, and is the second person where"
            " two decide. A security officer sees no case."
        ),
    )


class InviteForm(HelpedForm):
    """Whom to invite, and what they will do."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The link goes to this address. Whoever can read its mail can accept."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    roles = roles_field()


class RolesForm(HelpedForm):
    """What somebody does in the office."""

    roles = roles_field()


class HandOverForm(HelpedForm):
    """To whom each kind of things goes that somebody holds; what has no takers is not asked."""

    def __init__(self, *args: Any, person: User, held: list[Holding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(office=person.office, user__is_active=True).exclude(user=person)
        for one in held:
            if one.takers:
                can = members.filter(roles__contains=[one.takers]).values("user")
                self.fields[one.kind] = forms.ModelChoiceField(
                    label=one.words,
                    queryset=User.objects.filter(pk__in=can).order_by("name"),
                    required=False,
                    initial=one.suggested,
                    empty_label=_("Nobody in particular"),
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        return {"to": {kind: user.pk for kind, user in cleaned.items() if user}}


class AwayForm(HelpedForm):
    """From when to when somebody is away, and who covers."""

    starts_on = day_field(_("First day away"), required=True)
    ends_on = day_field(_("Last day away"), required=True)
    cover = forms.ModelChoiceField(
        label=_("Who covers"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("They get your messages too. They open no case that they may not open anyway."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(office=person.office, user__is_active=True).exclude(user=person)
        field: Any = self.fields["cover"]
        can = members.filter(roles__overlap=person.roles).values("user")
        field.queryset = User.objects.filter(pk__in=can).order_by("name")


class AssistanceForm(HelpedForm):
    """For which attorney an assistant works, and until which day."""

    attorney = forms.ModelChoiceField(label=_("Attorney"), queryset=User.objects.none())
    ends_on = day_field(
        _("Last day"),
        required=True,
        help_text=_("On this day they still read what the attorney holds, on the next no longer."),
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attorneys = office.memberships.filter(roles__contains=[Role.ATTORNEY], user__is_active=True)
        field: Any = self.fields["attorney"]
        field.queryset = User.objects.filter(pk__in=attorneys.values("user")).order_by("name")
