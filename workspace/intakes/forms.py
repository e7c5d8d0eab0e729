from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm
from intake.models import Interpreted, Posting, Wish
from intake.questionnaire.before import Helper
from intake.words import WRITE_WHEN, ZONES

HOW_CHECKED = [
    ("document", _("I saw a passport or an ID")),
    ("known", _("I know this person from earlier meetings")),
    ("questions", _("They answered three questions from the file")),
]


def how_checked(label: Any, *, but: str = "") -> forms.ChoiceField:
    """Return the question how somebody was known, without one way (`but`) where it cannot be."""
    ways = [way for way in HOW_CHECKED if way[0] != but]
    return forms.ChoiceField(label=label, choices=ways, widget=forms.RadioSelect)


class PhoneIntakeForm(HelpedForm):
    """What is asked before a caseworker types for somebody: the language, who speaks, the consent."""

    start_key = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language of the conversation"), choices=settings.LANGUAGES)
    who_fills = forms.ChoiceField(
        label=_("Who is on the line?"),
        widget=forms.RadioSelect,
        choices=[
            ("me", _("The person who needs help")),
            ("helper", _("Someone who helps them")),
            ("parent", _("A parent or caregiver of a child")),
        ],
    )
    helper_name = forms.CharField(
        label=_("If someone else: their name"), max_length=200, required=False, strip=True
    )
    helper_relation = forms.ChoiceField(
        label=_("How do they know the person?"),
        choices=[("", "—"), *Helper.base_fields["helper_relation"].choices],  # type: ignore[attr-defined]
        required=False,
    )
    interpreted = forms.ChoiceField(
        label=_("Who interprets?"),
        help_text=_(
            "Whoever interprets hears everything. Somebody who is with them may not be safe to speak before."
        ),
        widget=forms.RadioSelect,
        choices=Interpreted.choices,
    )
    consent = forms.BooleanField(
        label=_("I read the question and the sentence below to them, and they said yes."),
        error_messages={"required": _("Without a yes nothing may be kept.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        unnamed = not cleaned.get("helper_name") and "helper_name" not in self.errors
        if cleaned.get("who_fills") in ("helper", "parent") and unnamed:
            self.add_error("helper_name", _("Write their name."))
        return cleaned


class DecideWishForm(HelpedForm):
    """What became of a wish once staff asked the person."""

    wish_id = forms.UUIDField(widget=forms.HiddenInput)
    confirmed = forms.TypedChoiceField(
        choices=[("yes", _("Confirmed")), ("no", _("Not confirmed"))], coerce=lambda value: value == "yes"
    )
    how = forms.ChoiceField(choices=[("", "—"), *Wish.How.choices], required=False)


class TermsForm(HelpedForm):
    """When we may write to the person, by whose clock, and by which ways a message may say more."""

    parts = forms.MultipleChoiceField(
        label=_("When we may write"),
        choices=WRITE_WHEN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: texts between 9 and 8, e-mail at any hour."),
    )
    zone = forms.ChoiceField(
        label=_("By which clock"), choices=[("", _("The office's")), *ZONES.items()], required=False
    )
    tells = forms.MultipleChoiceField(
        label=_("They said: a message may say a day or a place"),
        choices=[("text", _("In a text: it is the first line")), ("email", _("In an e-mail"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PostForm(HelpedForm):
    """What is put on the return page: approved words, or words marked as safe for whoever reads them."""

    kind = forms.ChoiceField(label=_("What should it say?"), choices=Posting.Kind.choices)
    words = forms.CharField(
        label=_("Words of our own, in the person's language"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("No name, no country, no case, nothing that they told us."),
    )
    asks = forms.BooleanField(label=_("We need something from them"), required=False)
    is_safe = forms.BooleanField(
        label=_("These words are safe, whoever holds the receipt and reads them"), required=False
    )


class ReplaceReceiptForm(HelpedForm):
    """How the caseworker made sure who is asking."""

    how = how_checked(_("How did you make sure that it is this person?"))


class ReplaceDraftForm(ReplaceReceiptForm):
    """The same for a form that was not sent: nobody has read it, so nothing in it can be asked."""

    how = how_checked(_("How did you make sure that it is this person?"), but="questions")


class CopyForm(HelpedForm):
    """In which language a copy of the answers is printed, and how it was made sure who gets it."""

    language = forms.ChoiceField(label=_("Language of the copy"), choices=settings.LANGUAGES)
    how = how_checked(_("The person is here. How did you make sure that it is them?"))
