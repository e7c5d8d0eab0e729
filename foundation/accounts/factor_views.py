"""Enroll a second factor, add and remove some, see the recovery codes once."""

from typing import Any
from urllib.parse import quote

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp, deactivate_totp
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows as passkeys
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.factors import Type, may_remove, own_factors
from foundation.accounts.forms import AddPasskeyForm, AppForm, PasskeyNameForm, shown
from foundation.accounts.restoring import end_restored
from foundation.accounts.views import page
from foundation.events.ledger import record
from foundation.forms import posted


@staff(enrolled=False)
@require_safe
def enroll(request: StaffRequest) -> HttpResponse:
    """Offer the second factors to someone who has none; they reach nothing else until they have one."""
    if own_factors(request.user).exists():
        return redirect("mfa_index")
    return render(request, "accounts/enroll.html")


@staff(enrolled=False)
@page
@step_up("accounts")
def add_passkey(request: StaffRequest) -> HttpResponse:
    """Add a passkey: the browser makes it, we keep its public half."""
    user = request.user
    form = AddPasskeyForm(posted(request), user=user)
    if form.is_valid():
        name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
        end_restored(user)
        _factor, codes = passkeys.add_authenticator(request, name=name, credential=credential)
        return _added(request, Type.WEBAUTHN, codes)
    context = {"form": form, "options": webauthn.begin_registration(user, False)}
    return render(request, "accounts/add_passkey.html", context, status=422 if form.errors else 200)


@staff(enrolled=False)
@page
@step_up("accounts")
def add_app(request: StaffRequest) -> HttpResponse:
    """Add an authenticator app: show its secret, take its first code."""
    user = request.user
    if own_factors(user).filter(type=Type.TOTP).exists():
        return redirect("mfa_index")
    form = AppForm(posted(request), user=user)
    if form.is_valid():
        end_restored(user)
        factor, codes = activate_totp(request, form)
        factor.wrap()._mark_code_used(form.cleaned_data["code"])  # it does not sign in a second time
        return _added(request, Type.TOTP, codes)
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(user, form.secret))
    secret = " ".join(form.secret[i : i + 4] for i in range(0, len(form.secret), 4))
    context = {"form": form, "picture": f"data:image/svg+xml,{quote(picture)}", "secret": secret}
    return shown(request, "accounts/add_app.html", context, form)


def _added(request: StaffRequest, kind: str, codes: Authenticator | None) -> HttpResponse:
    record("accounts.factor_added", request.user, by=request.user, data={"type": str(kind)})
    messages.success(request, _("Signing in takes two steps from now on."))
    return redirect("mfa_view_recovery_codes" if codes else "mfa_index")


def _own(request: StaffRequest, **more: Any) -> Authenticator:
    return get_object_or_404(own_factors(request.user), **more)


@staff()
@page
@step_up("accounts")
def remove_app(request: StaffRequest) -> HttpResponse:
    """Remove the authenticator app, if another factor stays."""
    return _remove(request, _own(request, type=Type.TOTP), deactivate_totp)


@staff()
@page
@step_up("accounts")
def remove_passkey(request: StaffRequest, pk: int) -> HttpResponse:
    """Remove a passkey, if another factor stays."""
    return _remove(request, _own(request, type=Type.WEBAUTHN, pk=pk), passkeys.remove_authenticator)


def _remove(request: StaffRequest, factor: Authenticator, remove: Any) -> HttpResponse:
    allowed = may_remove(factor)
    if request.method == "POST" and allowed:
        remove(request, factor)
        record("accounts.factor_removed", request.user, by=request.user, data={"type": factor.type})
        messages.success(request, _("It is removed and no longer signs you in."))
        return redirect("mfa_index")
    context, status = {"factor": factor, "allowed": allowed}, 409 if request.method == "POST" else 200
    return render(request, "accounts/remove_factor.html", context, status=status)


@staff()
@page
@step_up("accounts")
def rename_passkey(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a passkey another name."""
    factor = _own(request, type=Type.WEBAUTHN, pk=pk)
    form = PasskeyNameForm(posted(request), initial={"name": factor.wrap().name})
    if form.is_valid():
        passkeys.rename_authenticator(request, factor, form.cleaned_data["name"])
        return redirect("mfa_index")
    return render(request, "accounts/rename_passkey.html", {"form": form}, status=422 if form.errors else 200)


@staff()
@require_safe
@step_up("accounts")
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Show the recovery codes, the first time only."""
    codes, may_see = view_recovery_codes(request)
    if codes is None:
        return redirect("mfa_index")
    unused = codes.get_unused_codes()
    context = {"codes": [f"{code[:4]} {code[4:]}" for code in unused] if may_see else [], "left": len(unused)}
    return render(request, "accounts/recovery_codes.html", context)


@staff()
@page
@step_up("accounts")
def new_recovery_codes(request: StaffRequest) -> HttpResponse:
    """Make new recovery codes; the old ones end."""
    if not own_factors(request.user).exists():
        return redirect("mfa_index")
    if request.method == "POST":
        generate_recovery_codes(request)
        record("accounts.codes_made", request.user, by=request.user)
        return redirect("mfa_view_recovery_codes")
    return render(request, "accounts/new_recovery_codes.html")
