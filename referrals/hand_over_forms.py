"""What a caseworker says to hand a person over, and what a receiver answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import reason_field
from directory.models import Organization
from foundation.accounts.models import Office
from foundation.forms import HelpedForm, day_field
from referrals.models import ConsentHow, GivenHow, HandOverStatus, RefusalReason, SentHow

MOST_DAYS = 14
ANSWERS = [(HandOverStatus.ACCEPTED.value, _("Yes")), (HandOverStatus.REFUSED.value, _("No"))]


class AskForm(HelpedForm):
    """The person's yes to one receiver, what it reads, and how it gets the link."""

    consent_how = forms.ChoiceField(
        label=_("How did the person say yes to this organization?"),
        help_text=_("Without their yes to this one nothing goes out. Tell them instead where they can go."),
        choices=ConsentHow.choices,
        widget=forms.RadioSelect,
    )
    consent_on = day_field(_("On which day?"), required=True)
    summary = forms.CharField(
        label=_("What the organization reads before it says yes"),
        help_text=_("No name, number or address, nothing of the story. They learn who it is after a yes."),
        max_length=2000,
        widget=forms.Textarea({"rows": 10, "dir": "auto"}),
    )
    sent_how = forms.ChoiceField(
        label=_("How do they get the link?"), choices=SentHow.choices, widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=_("For how many days may they answer?"), min_value=1, max_value=MOST_DAYS, initial=5
    )

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not organization.email:
            self.fields["sent_how"].choices = [  # type: ignore[attr-defined]
                (SentHow.PHONE.value, SentHow.PHONE.label)
            ]


class AnswerForm(HelpedForm):
    """A receiver's yes or no."""

    says = forms.ChoiceField(label=_("Can you help this person?"), choices=ANSWERS, widget=forms.RadioSelect)
    why = forms.ChoiceField(
        label=_("If not: why?"),
        choices=[("", _("Choose a reason")), *RefusalReason.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("says") == HandOverStatus.REFUSED and not cleaned.get("why") and not self.errors:
            self.add_error("why", _("Choose a reason: it helps us find somebody else."))
        if cleaned.get("says") == HandOverStatus.ACCEPTED:
            cleaned["why"] = ""
        return cleaned


class ReceiverForm(AnswerForm):
    """The same on the public page behind the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.template = "public/form.html"


def spoke_with(*, required: bool, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("With whom did you speak there?"),
        help_text=help_text,
        required=required,
        max_length=160,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )


class PhoneAnswerForm(AnswerForm):
    """The same, as somebody there said it over the telephone."""

    spoke_with = spoke_with(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["says"].label = _("What did they answer?")


class GiveForm(HelpedForm):
    """By which way the receiver learned who it is."""

    how = forms.ChoiceField(
        label=_("How did you give them the names?"),
        help_text=_("By telephone, in person, on paper, or by encrypted mail: never by plain e-mail."),
        choices=GivenHow.choices,
        widget=forms.RadioSelect,
    )
    spoke_with = spoke_with(required=False, help_text=_("Needed where the case is urgent."))


class ToldOfForm(HelpedForm):
    """Which organizations the person is told of."""

    organizations = forms.ModelMultipleChoiceField(
        label=_("Of which are they told?"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Organization.objects.filter(office=office, ended_at=None).exclude(
            imported__undone_at__isnull=False
        )
        self.fields["organizations"].queryset = there.order_by("name")  # type: ignore[attr-defined]


class DeclineForm(ToldOfForm):
    """Why a case is declined, and of which other help its person is told."""

    reason = reason_field(_("Why is the case declined?"), rows=3)
