"""Forms of firms, of what practitioners learned, and of whom the panel shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office
from foundation.forms import HelpedForm, day_field, line
from referrals.models import Firm, Practitioner, Training


class FirmForm(HelpedForm):
    """The name of a firm."""

    name = line(_("Name of the firm or organization"), limit=120)

    def __init__(self, *args: Any, firm: Firm | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": firm.name} if firm else None, **kwargs)


class TrainingForm(HelpedForm):
    """The name of a training."""

    name = line(_("Name of the training"), limit=120)


class PlaceForm(HelpedForm):
    """In which firm a practitioner is, whether they answer for it, and who is their mentor."""

    firm = forms.ModelChoiceField(
        label=_("Firm or organization"), queryset=Firm.objects.none(), required=False, empty_label=_("None")
    )
    coordinates = forms.BooleanField(
        label=_("Answers for the people of this firm"),
        required=False,
        help_text=_(
            "A coordinator sees what is offered to them without names, and accepts, declines or moves it for"
            " them."
        ),
    )
    mentor = forms.ModelChoiceField(
        label=_("Mentor"),
        queryset=Practitioner.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Another practitioner of the panel. Both see it; it opens no case to either."),
    )

    def __init__(self, *args: Any, practitioner: Practitioner, **kwargs: Any) -> None:
        said = ("firm", "coordinates", "mentor")
        super().__init__(*args, initial={name: getattr(practitioner, name) for name in said}, **kwargs)
        panel = Practitioner.objects.filter(office=practitioner.office, user__is_active=True)
        fields: Any = self.fields
        fields["firm"].queryset = Firm.objects.filter(office=practitioner.office, ended_at=None).order_by(
            "name"
        )
        others = panel.exclude(pk=practitioner.pk).select_related("user")
        fields["mentor"].queryset = others.order_by("user__name")


class TrainedForm(HelpedForm):
    """That somebody was trained in something of the list, and when."""

    training = forms.ModelChoiceField(
        label=_("Training"), queryset=Training.objects.none(), empty_label=_("Choose a training")
    )
    taken_on = day_field(_("When was it?"), required=True)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = Training.objects.filter(office=office, ended_at=None).order_by("name")
        self.fields["training"].queryset = listed  # type: ignore[attr-defined]


class PanelRulesForm(HelpedForm):
    """What an office holds its panel to."""

    needs_cover = forms.BooleanField(
        label=_("Offer cases only to those whose malpractice cover is verified and has not run out"),
        required=False,
    )


class MoveForm(HelpedForm):
    """To whom of the same firm an unanswered offer goes."""

    practitioner = forms.ModelChoiceField(
        label=_("To whom?"), queryset=Practitioner.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, colleagues: list[Practitioner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        panel = Practitioner.objects.filter(pk__in=[one.pk for one in colleagues]).select_related("user")
        field: Any = self.fields["practitioner"]
        field.queryset = panel.order_by("user__name")


class ShownForm(forms.Form):
    """Whom the panel shows: the people of one firm, or those of whom something runs out."""

    firm = forms.ModelChoiceField(
        label=_("Firm"), queryset=Firm.objects.none(), required=False, empty_label=_("All firms")
    )
    due = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("Everybody")), ("soon", _("Of whom something runs out"))],
        required=False,
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
        self.fields["firm"].queryset = Firm.objects.filter(office=office).order_by("name")  # type: ignore[attr-defined]
