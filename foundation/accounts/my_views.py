"""My sign-in: factors, password, sessions, language."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts import actions
from foundation.accounts.access import ACTS_AS, StaffRequest, staff
from foundation.accounts.factors import Type, own_factors
from foundation.accounts.forms import ChangePasswordForm, shown
from foundation.accounts.models import Session, User
from foundation.accounts.sessions import end_sessions_of, row_key
from foundation.accounts.views import page
from foundation.forms import posted


@staff()
@require_safe
def my_sign_in(request: StaffRequest) -> HttpResponse:
    """Show how someone signs in, and where they are signed in now."""
    user = request.user
    factors = list(own_factors(user))
    codes = Authenticator.objects.filter(user_id=user.pk, type=Type.RECOVERY_CODES).first()
    context = {
        "passkeys": [factor for factor in factors if factor.type == Type.WEBAUTHN],
        "app": next((factor for factor in factors if factor.type == Type.TOTP), None),
        "removable": len(factors) > 1,
        "only_one": len(factors) == 1,
        "has_codes": codes is not None,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "sessions": sessions_of(user),
        "this_session": row_key(request.session.session_key or ""),
    }
    return render(request, "accounts/my_sign_in.html", context)


@staff()
@require_POST
def act_in(request: StaffRequest) -> HttpResponse:
    """Act in another of one's roles, wherever a page lets several in."""
    wanted = request.POST.get("role", "")
    if wanted in request.user.roles:
        request.session[ACTS_AS] = wanted
    return redirect("home")


def sessions_of(user: User) -> list[Session]:
    """Return someone's live sessions, the one used last first."""
    live = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    return list(live.order_by("-seen_at"))


@staff()
@page
def change_password(request: StaffRequest) -> HttpResponse:
    """Change the password, which ends every other session."""
    user = request.user
    form = ChangePasswordForm(posted(request), user=user)
    if form.is_valid():
        actions.change_password(user, password=form.cleaned_data["new"], at=timezone.now())
        update_session_auth_hash(request, user)
        end_sessions_of(user.pk, but=request.session.session_key)
        messages.success(request, _("Your password is changed. Your other sessions have ended."))
        return redirect("mfa_index")
    return shown(request, "accounts/change_password.html", {"form": form}, form)


@staff()
@require_POST
def end_session(request: StaffRequest) -> HttpResponse:
    """End one of the person's sessions, or all but this one."""
    user = request.user
    wanted = request.POST.get("session", "")
    if wanted:
        ended = sum(session.delete()[0] for session in sessions_of(user) if session.pk == wanted)
    else:
        ended = end_sessions_of(user.pk, but=request.session.session_key)
    if ended:
        messages.success(request, _("Ended. Whoever used it has to sign in again."))
    return redirect("mfa_index")
