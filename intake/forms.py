"""The forms of somebody who comes back; those of the questionnaire stand in questionnaire/."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake.questionnaire.contact import Ways
from intake.questionnaire.fields import text
from intake.questionnaire.page import PageForm
from intake.questionnaire.reading import digits_of


class NewContact(Ways):
    """A new way to be reached: how, and the number or address it needs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].label = _("What is a safe way to reach you?")


class UnsafeContact(NewContact):
    """That the old way is not safe any more; a new one where there is one, which staff check first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].required = self.fields["channels"].is_needed = False  # type: ignore[attr-defined]
        self.fields["channels"].label = _("Is there a new safe way to reach you?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        return cleaned if cleaned.get("channels") or self.errors else {}


class ReceiptForm(PageForm):
    """The two numbers of a receipt. Spaces and dashes do not matter, nor does the script of the digits."""

    locator = text(_("First number (8 digits)"), limit=60, kind="number")
    secret = text(_("Second number (16 digits)"), limit=60, kind="number")

    def _digits(self, name: str, length: int) -> str:
        typed = digits_of(self.cleaned_data[name])
        if len(typed) != length:
            raise ValidationError(
                _("This number has %(length)s digits. Please check it."), params={"length": length}
            )
        return typed

    def clean_locator(self) -> str:
        return self._digits("locator", 8)

    def clean_secret(self) -> str:
        return self._digits("secret", 16)
