"""What staff ask the person after the form was sent, and what they answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm
from intake.models import AnsweredHow
from intake.usual_questions import usual_questions

LONGEST = 300


class QuestionForm(HelpedForm):
    """A usual question, in words that were approved (`language` is the person's), or one of one's own."""

    usual = forms.ChoiceField(
        label=_("A usual question"),
        required=False,
        help_text=_("A lawyer approved these words. They may stand on the return page."),
    )
    words = forms.CharField(
        label=_("Or your own, in the person's language"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("On the return page: no name, no country, nothing that they told us."),
    )
    is_safe = forms.BooleanField(
        label=_("These words are safe, whoever holds the receipt and reads them"),
        help_text=_("Otherwise they do not stand on the return page: ask when you talk."),
        required=False,
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.approved = dict(usual_questions(language))
        self.fields["usual"].choices = [("", "—"), *self.approved.items()]  # type: ignore[attr-defined]
        if not self.approved:
            del self.fields["usual"]

    def clean(self) -> dict[str, Any]:
        """Let an approved question take the place of words; it is safe as it stands."""
        cleaned = super().clean()
        name, words = cleaned.pop("usual", ""), cleaned.get("words", "").strip()
        if name and words:
            self.add_error("words", _("Choose a usual question, or write your own: not both."))
        elif name:
            cleaned |= {"words": self.approved[name], "is_safe": True}
        elif not words and "words" not in self.errors and "usual" not in self.errors:
            self.add_error("words", _("Choose a question, or write one."))
        return cleaned


class AnswerForm(HelpedForm):
    """`question_id` is which question it answers."""

    question_id = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("What they answered, in their words"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    how = forms.ChoiceField(label=_("How did the answer come?"), choices=[("", "—"), *AnsweredHow.choices])
