"""What staff fill in about a family: who has a case of their own, whose interests clash, what is undone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.forms import HelpedForm
from intake.questionnaire.names import RELATIONS
from workspace.search.queries import REFERENCE

WORDS = forms.Textarea({"rows": 2, "dir": "auto"})
REFERENCE_BOX = forms.TextInput({"autocomplete": "off", "dir": "ltr", "class": "code"})


def why_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=WORDS, help_text=help_text)


class OfFamilyForm(HelpedForm):
    """A form that is about one person of the family as the form names it."""

    person = forms.ChoiceField(label=_("Who is it?"))

    def __init__(self, *args: Any, people: Sequence[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one["name"]: one for one in people}
        words = dict(RELATIONS)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (name, f"{name} · {words.get(one['related'], '—')}") for name, one in self.people.items()
        ]

    def of_person(self) -> dict[str, str]:
        """Return what the form says of the one who was chosen."""
        one = self.people[self.cleaned_data["person"]]
        return {"name": one["name"], "role": one["related"], "born": one["birth_date"]}


class LinkForm(OfFamilyForm):
    """Somebody of the family has a case of their own in this office."""

    related = forms.ChoiceField(
        label=_("If not on the list: how are they related?"),
        choices=[("", "—"), *RELATIONS],
        required=False,
    )
    reference = forms.CharField(
        label=_("Reference of their case"),
        max_length=12,
        widget=REFERENCE_BOX,
        help_text=_("Find it with the search: by their name, telephone or A-Number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        person.required = False
        person.choices = [("", _("Somebody who is not on the list")), *person.choices]  # type: ignore[attr-defined]

    def clean_reference(self) -> str:
        match = REFERENCE.match(self.cleaned_data["reference"])
        if match is None:
            raise ValidationError(_("A reference has eight signs, like K7QX-2MRW."))
        return f"{match[1]}-{match[2]}".upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("person") and not cleaned.get("related") and "person" not in self.errors:
            self.add_error("related", _("Say how they are related."))
        return cleaned

    def find(self, cases: Any) -> Case | None:
        """Return the case that was named, of those the person may see; else say that there is none."""
        found: Case | None = cases.filter(reference=self.cleaned_data["reference"]).first()
        if found is None:
            self.add_error("reference", _("You see no case with this reference."))
        return found

    def who(self) -> dict[str, str]:
        if self.cleaned_data["person"]:
            return self.of_person()
        return {"role": self.cleaned_data["related"]}


class SplitForm(OfFamilyForm):
    """Interests clash: somebody of the family is to have a case of their own."""

    why = why_field(
        _("Why do their interests clash?"),
        _("It stays in this case. Nobody reads it in the case of the other."),
    )


class ClashForm(HelpedForm):
    """The interests of two who are linked clash."""

    link_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    why = why_field(_("Why do their interests clash?"))


class ApartForm(HelpedForm):
    """Two cases of a family are taken apart again."""

    link_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    why = why_field(_("Why are they taken apart?"))
