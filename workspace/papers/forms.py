"""How the papers of a case are listed, which are asked for, and what became of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.asking import PaperOutcome
from cases.forms.dates import day_field
from foundation.forms import HelpedForm
from intake.checklist import ListedPaper
from intake.models import PaperAnswer, WhyAgain

BY_DAY, BY_KIND = "", "kind"


class OrderForm(forms.Form):
    """In which order: by the day on the paper (or of its coming), the newest first; or by kind."""

    order = forms.ChoiceField(choices=[(BY_DAY, _("By date")), (BY_KIND, _("By kind"))], required=False)


class AskForm(HelpedForm):
    """Which papers the person is asked for, by when, and one more in staff's own words."""

    codes = forms.MultipleChoiceField(
        label=_("Which papers?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = day_field(_("By when?"), help_text=_("They are reminded once, three days before."))
    words = forms.CharField(
        label=_("One more, in words of our own"),
        help_text=_("In the person's language. No name, no country, nothing that they told us."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    is_safe = forms.BooleanField(
        label=_("These words are safe, whoever holds the receipt and reads them"),
        help_text=_("Otherwise they do not stand on the return page: ask for it when you talk."),
        required=False,
    )

    def __init__(self, *args: Any, papers: list[ListedPaper], **kwargs: Any) -> None:
        """`papers` are those of the checklist that are not asked for now, the usual ones first."""
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(paper.code, words_for_staff(paper)) for paper in papers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("codes") and not cleaned.get("words", "").strip():
            self.add_error("codes", _("Choose at least one paper that is not asked for already."))
        return cleaned


def words_for_staff(paper: ListedPaper) -> str:
    """Return what a paper is called, and whether only a person asks for it."""
    return str(paper.label) if paper.on_page else f"{paper.label} ({_('only when you talk')})"


# What most likely becomes of a paper, by what the person answered.
LIKELY: dict[str, str] = {
    PaperAnswer.SENT: PaperOutcome.ACCEPT,
    PaperAnswer.NONE: PaperOutcome.GIVE_UP,
    PaperAnswer.CANNOT: PaperOutcome.GIVE_UP,
}


class SettleForm(HelpedForm):
    """What became of a paper that is asked for. Each of a page has its own, under a prefix."""

    outcome = forms.ChoiceField(label=_("What became of it?"), choices=[("", "—"), *PaperOutcome.choices])
    why = forms.ChoiceField(label=_("Why once more?"), choices=[("", "—"), *WhyAgain.choices], required=False)
