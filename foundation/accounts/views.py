"""Sign in, and choose a language."""

from typing import Any

from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from foundation.accounts.access import public
from foundation.accounts.forms import SignInForm

TRIES, MINUTES = 5, 5


class SignIn(LoginView):
    """Let staff in; slow down whoever guesses one account's password."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        email = request.POST.get("username", "").strip().lower()[:254]
        if too_many_tries(email):
            form = self.get_form()
            form.errors.clear()
            form.add_error(None, _("Too many tries. Please wait five minutes."))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        cache.delete(tries_key(form.get_user().email))
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def too_many_tries(email: str) -> bool:
    """Count one try for an account and tell whether it is one too many."""
    key = tries_key(email)
    cache.add(key, 0, timeout=MINUTES * 60)
    return cache.incr(key) > TRIES


def tries_key(email: str) -> str:
    """Return a cache key that does not carry the address."""
    return "sign-in:" + salted_hmac("sign-in", email, algorithm="sha256").hexdigest()


sign_in = public(SignIn.as_view())


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and, for staff, with the account (their mails follow it)."""
    response = django_set_language(request)
    language = request.POST.get("language", "")
    user = request.user
    if user.is_authenticated and language in {"en", "ar"} and user.language != language:
        user.language = language
        user.save(update_fields=["language"])
    return response
