"""What allauth asks us: where secrets are sealed, which steps a sign-in has, what is said and kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.addresses import leads_somewhere
from foundation.accounts.demo import is_demo
from foundation.accounts.devices import remember_device
from foundation.accounts.factors import FACTORS, PURPOSE, Type, has_only_one, own_factors
from foundation.accounts.models import User
from foundation.accounts.records import note_sign_in
from foundation.vault.box import open_text, seal_text

ONLY_ONE = _("You have one second step alone. Add another under “My sign-in”, before a phone or key is lost.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by invitation alone, in two steps, without a network address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def is_safe_url(self, url: str | None) -> bool:
        """Tell whether allauth may go on to an address that came with the request."""
        return leads_somewhere(context.request, url)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages have words of their own."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: mails go out as messages, in neutral words."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return ""

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user)
        if has_only_one(user):
            messages.warning(request, ONLY_ONE)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        records = get_authentication_records(request, user)
        method = records[-1].get("type") or records[-1]["method"] if records else "invitation"
        note_sign_in("signed-in", user=user, purpose=method)


class MfaAdapter(DefaultMFAAdapter):
    """Second factors with sealed secrets, and the demo office's printed one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That did not work. Please try again with a new code or your passkey."),
    }

    def encrypt(self, text: str) -> str:
        return seal_text(PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(PURPOSE, encrypted_text)

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Tell whether a second step is asked; also of somebody let in again by one code alone (ADR 41)."""
        wanted = None if types and set(types) == set(FACTORS) else types
        return super().is_mfa_enabled(user, wanted) or (not user.is_anonymous and is_demo(user))

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        number = own_factors(user).filter(type=Type.WEBAUTHN).count() + 1
        return str(_("Passkey %(number)d")) % {"number": number}

    def _get_site_name(self) -> str:
        return "Intake"
