"""How long an office keeps what nobody must keep."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office
from foundation.accounts.office_changes import mark_of
from foundation.forms import HelpedForm, day_field

# Long enough for somebody without a phone of their own, short enough that little lies about.
SHORTEST, LONGEST = 7, 60


class KeepingForm(HelpedForm):
    """Within bounds; `seen` and `starts_on` as `change_office` takes them."""

    draft_days = forms.IntegerField(
        label=_("Days that a form is kept which nobody sends"),
        help_text=_("Counted from the last answer. From 7 to 60."),
        min_value=SHORTEST,
        max_value=LONGEST,
    )
    starts_on = day_field(
        _("From which day?"), help_text=_("Empty: at once. A later day: from that morning on.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        initial = {"draft_days": office.keeps_drafts.days, "seen": mark_of(office, ["draft_days"])}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_draft_days(self) -> int | None:
        """The installation's own figure is what stands where nobody chose."""
        days: int = self.cleaned_data["draft_days"]
        return None if days == settings.DRAFT_DAYS else days

    def show_what_stands(self, office: Office) -> None:
        """Say what stands now; saved again, the box wins."""
        self["draft_days"].help_text = _("Now: %(what)s") % {"what": office.keeps_drafts.days}
        sent = {name: self.data.get(name) for name in self.data}
        self.data = {**sent, "seen": mark_of(office, ["draft_days"])}
