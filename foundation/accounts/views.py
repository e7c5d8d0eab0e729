"""Sign in, and choose a language."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from foundation import limits
from foundation.accounts.access import gate, public, staff
from foundation.accounts.forms import SignInForm


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
        limits.forget("sign-in", form.get_user().email)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def too_many_tries(email: str) -> bool:
    """Count one try for an account and tell whether it is one too many."""
    return not limits.allows("sign-in", email)


sign_in = gate(SignIn.as_view())


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie."""
    return django_set_language(request)


@staff()
@require_POST
def set_my_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and with the account: mails follow it."""
    language = request.POST.get("language", "")
    user: Any = request.user
    if language in dict(settings.LANGUAGES) and user.language != language:
        user.language = language
        user.save(update_fields=["language"])
    return django_set_language(request)
