"""What staff write of a case for whoever is asked, and what is asked and answered before a yes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm, line
from referrals.models import Brings, Hours

NO_NAME = _("No name, number, address or day of birth: it is looked for, and refused.")


class SynopsisForm(HelpedForm):
    """A headline, some lines, what work it is expected to be and what the office gives."""

    headline = line(_("In one line"), limit=160, help_text=NO_NAME)
    text = forms.CharField(
        label=_("In three lines"),
        help_text=_(
            "What they would want to know before they say yes, and nothing by which they could tell who."
        ),
        required=False,
        max_length=1200,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
    )
    hours = forms.ChoiceField(
        label=_("How much work will it be?"),
        choices=[("", _("not known")), *Hours.choices],
        required=False,
    )
    brings = forms.MultipleChoiceField(
        label=_("What does the office give?"),
        choices=Brings.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def beside(self, newest: str) -> None:
        """Let a text that was refused be sent anew beside what stands by now, which the page shows."""
        self.data: Any = {
            **{
                name: self.data.getlist(name) if name == "brings" else self.data.get(name)
                for name in self.data
            },
            "seen": newest,
        }


class QuestionForm(HelpedForm):
    question = forms.CharField(
        label=_("Ask the caseworker"),
        help_text=_("They see that you asked; the person does not. Your time to answer runs on meanwhile."),
        max_length=600,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )


class AnswerQuestionForm(HelpedForm):
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=NO_NAME,
        max_length=1200,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
