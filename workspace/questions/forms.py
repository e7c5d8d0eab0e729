"""What staff ask the person after the form was sent, and what they answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm
from intake.models import AnsweredHow

LONGEST = 300


class QuestionForm(HelpedForm):
    words = forms.CharField(
        label=_("The question, in the person's language"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("On the return page: no name, no country, nothing that they told us."),
    )
    is_safe = forms.BooleanField(
        label=_("These words are safe, whoever holds the receipt and reads them"),
        help_text=_("Otherwise they do not stand on the return page: ask when you talk."),
        required=False,
    )


class AnswerForm(HelpedForm):
    """`question_id` is which question it answers."""

    question_id = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("What they answered, in their words"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    how = forms.ChoiceField(label=_("How did the answer come?"), choices=[("", "—"), *AnsweredHow.choices])
