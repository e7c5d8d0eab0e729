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
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as django_set_language

from foundation.accounts import actions
from foundation.accounts.access import PRESS_AGAIN, at_sign_in, public, staff
from foundation.accounts.factors import Type, has_factor, own_factors
from foundation.accounts.forms import (
    CodeForm,
    NewPasswordForm,
    PasskeyForm,
    PasswordAgainForm,
    SignInForm,
    status_of,
)
from foundation.accounts.models import User
from foundation.forms import posted
from foundation.lanes import SIGN_IN, in_lane

INVITATION = "invitation"
page = require_http_methods(["GET", "HEAD", "POST"])


def next_page(request: HttpRequest) -> str:
    """Return where someone wanted to go, if that is on this site, or their home page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL)


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
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "accounts/sign_in.html", context, status=status_of(form) if form.errors else 200)


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
    shown = Factors(request, user)
    if shown.accepted:
        shown.accepted.save()
        answer: HttpResponse = stage.exit()
        return answer
    return render(request, "accounts/second_factor.html", shown.context(), status=shown.status)


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

    @property
    def status(self) -> int:
        return 200 if self.sent is None else status_of(self.sent)

    def context(self) -> dict[str, Any]:
        """Return what a page needs to ask; a passkey's question is new each time."""
        options = {"options": webauthn.begin_authentication(self.user)} if self.has_passkey else {}
        return {"form": self.code, "passkey_form": self.passkey, **options}


@staff(enrolled=False)
@page
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask someone who is signed in to show again that it is them, then return to where they were."""
    user: Any = request.user
    password = None if has_factor(user) else PasswordAgainForm(posted(request), user=user)
    if password is not None:
        accepted, status = (password if password.is_valid() else None), status_of(password)
        context: dict[str, Any] = {"form": password}
    else:
        shown = Factors(request, user)
        accepted, status = shown.accepted, shown.status
        context = {} if accepted else shown.context()
    if accepted:
        accepted.save(again=True)
        if request.session.pop(PRESS_AGAIN, False):
            messages.warning(request, _("Nothing was changed yet. Please press the button again."))
        return redirect(next_page(request))
    context["next"] = request.POST.get("next") or request.GET.get("next", "")
    status = status if request.method == "POST" else 200
    return render(request, "accounts/confirm.html", context, status=status)


@at_sign_in
def follow_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, where it could be read over a shoulder or in a history."""
    if request.user.is_authenticated:
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
