"""Sign in, in two steps; show again that it is you; accept an invitation; choose a language."""

from typing import Any

from allauth.account.internal import flows
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as django_set_language

from foundation.accounts import actions, waiting
from foundation.accounts.access import StaffRequest, at_sign_in, public, staff
from foundation.accounts.addresses import next_page
from foundation.accounts.factors import Type, has_factor, own_factors
from foundation.accounts.forms import (
    CodeForm,
    NewPasswordForm,
    PasskeyForm,
    PasswordAgainForm,
    SignInForm,
    shown,
)
from foundation.accounts.models import User
from foundation.forms import posted
from foundation.lanes import SIGN_IN, in_lane

INVITATION = "invitation"
page = require_http_methods(["GET", "HEAD", "POST"])


@in_lane(SIGN_IN)
@at_sign_in
@page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take e-mail and password; who has a second factor is asked for it next."""
    if request.user.is_authenticated:
        return redirect(next_page(request))
    form = SignInForm(posted(request), request=request)
    if form.is_valid():
        login = Login(user=form.user, redirect_url=next_page(request))
        answer: HttpResponse = flows.login.perform_password_login(request, {}, login)
        return answer
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "next": wanted, "waits": wanted == reverse("waiting")}
    return shown(request, "accounts/sign_in.html", context, form)


@at_sign_in
@page
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Take the second factor of someone whose password was right."""
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    user = stage.login.user
    if user is None or not user.is_active:
        clear_login(request)
        return redirect("login")
    factors = Factors(request, user)
    if factors.accepted:
        factors.accepted.save()
        answer: HttpResponse = stage.exit()
        return answer
    return shown(request, "accounts/second_factor.html", factors.context(), factors.sent)


class Factors:
    """The ways someone may show a second factor on one page, and what was sent of them."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        data = posted(request)
        by_passkey = data is not None and "credential" in data
        self.user = user
        self.has_passkey = own_factors(user).filter(type=Type.WEBAUTHN).exists()
        self.passkey = PasskeyForm(data if by_passkey else None, user=user)
        self.code = CodeForm(None if by_passkey else data, user=user)
        self.sent: Any = None if data is None else self.passkey if by_passkey else self.code
        self.accepted: Any = self.sent if self.sent is not None and self.sent.is_valid() else None

    def context(self) -> dict[str, Any]:
        """Return what a page needs to ask; a passkey's question is new each time."""
        options = {"options": webauthn.begin_authentication(self.user)} if self.has_passkey else {}
        return {"form": self.code, "passkey_form": self.passkey, **options}


@staff(enrolled=False)
@page
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask someone who is signed in to show again that it is them, then return to where they were."""
    user: Any = request.user
    sent: Any
    if has_factor(user):
        factors = Factors(request, user)
        sent, accepted = factors.sent, factors.accepted
        context = {} if accepted else factors.context()
    else:
        sent = PasswordAgainForm(posted(request), user=user)
        accepted = sent if sent.is_valid() else None
        context = {"form": sent}
    if accepted:
        accepted.save(again=True)
        return redirect(next_page(request))
    context["next"] = request.POST.get("next") or request.GET.get("next", "")
    context["waiting"] = waiting.waiting_in(request)
    return shown(request, "accounts/confirm.html", context, sent)


@staff()
@page
def send_waiting(request: StaffRequest) -> HttpResponse:
    """Show what was posted and waits, with one button that sends it; or forget it."""
    held = waiting.waiting_in(request)
    if held is None:
        messages.warning(request, _("Nothing waits to be sent any more."))
        return redirect("home")
    if request.method == "POST":
        waiting.drop(request)
        messages.success(request, _("It was not sent."))
        return redirect(held.back)
    return render(request, "accounts/waiting.html", {"held": held, "sent_by": waiting.SENT_BY})


@at_sign_in
@page
def follow_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, where it could be read over a shoulder or in a history.

    Whoever is signed in says first that they want to be signed out: opening a link changes nothing.
    """
    if request.user.is_authenticated:
        if request.method != "POST":
            return render(request, "accounts/invitation_signed_in.html")
        logout(request)
    request.session[INVITATION] = token[:100]
    return redirect("invitation")


@at_sign_in
@page
def invitation(request: HttpRequest) -> HttpResponse:
    """Let someone who was invited choose a password; then they are signed in, and choose a second factor."""
    token, now = request.session.get(INVITATION, ""), timezone.now()
    invited = actions.open_invitation(token, at=now)
    if invited is None:
        return render(request, "accounts/invitation_over.html", status=404)
    form = NewPasswordForm(posted(request), user=User(email=invited.email, name=invited.name))
    if form.is_valid():
        user = actions.accept_invitation(token, password=form.cleaned_data["new"], at=now)
        del request.session[INVITATION]
        if user is None:
            return render(request, "accounts/invitation_over.html", status=404)
        answer: HttpResponse = flows.login.perform_login(request, Login(user=user))
        return answer
    context = {"form": form, "invitation": invited}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


sign_out = at_sign_in(LogoutView.as_view())


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie."""
    return django_set_language(request)


@staff(enrolled=False)
@require_POST
def set_my_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and with the account: mails follow it."""
    language = request.POST.get("language", "")
    user: Any = request.user
    if language in dict(settings.LANGUAGES) and user.language != language:
        user.language = language
        user.save(update_fields=["language"])
    return django_set_language(request)
