from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm


class SignInForm(AuthenticationForm, HelpedForm):
    """E-mail and password; one message for every kind of wrong."""

    error_messages = {
        "invalid_login": _("This e-mail and password do not fit together. Please check both."),
        "inactive": _("This e-mail and password do not fit together. Please check both."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget.attrs.update({"dir": "ltr", "type": "email"})
        self.fields["password"].widget.attrs.update({"dir": "ltr"})
