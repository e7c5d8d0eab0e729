"""Who checks the law files, and one check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.forms import HelpedForm, day_field


class LawReaderForm(HelpedForm):
    """Which attorney checks the law files."""

    user = forms.ModelChoiceField(label=_("Attorney"), queryset=User.objects.none())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """`people` are the attorneys who may be named: a queryset of users."""
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class LawCheckForm(HelpedForm):
    """A look at one row against its source; each row of a page has its own, under a prefix."""

    checked_on = day_field(_("Checked on"), required=True)
    against = forms.CharField(
        label=_("Against which page?"),
        help_text=_("The address or the citation, with its date: 8 CFR 1003.38 at eCFR, 2026-11-28."),
        max_length=300,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    still_right = forms.ChoiceField(
        label=_("Is the row right?"), choices=[("yes", _("yes")), ("no", _("no: it must be changed"))]
    )

    def clean_still_right(self) -> bool:
        return self.cleaned_data["still_right"] == "yes"
