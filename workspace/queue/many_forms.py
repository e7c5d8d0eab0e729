"""Forms beside the list: to save it, and what is done to many cases at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.dates import day_field
from cases.models import Case, Tag, Trained
from cases.queries import caseworkers_of
from cases.tagging import tags_of
from foundation.accounts.models import Office, User
from foundation.forms import HelpedForm, line
from foundation.languages import language_choices
from intake.checklist import checklist
from referrals.models import Queue
from workspace.papers.forms import words_for_staff

Several = forms.CheckboxSelectMultiple


class SaveForm(HelpedForm):
    """The name of a saved list, and whether colleagues see it."""

    name = line(_("Name of the list"), limit=60, help_text=_("No name of a person."))
    is_shared = forms.BooleanField(label=_("My colleagues see it too"), required=False)


class TagForm(HelpedForm):
    """A tag of the office's own list."""

    name = line(
        _("New tag"), limit=40, help_text=_("A word for the work, as “clinic in May”. Never about a person.")
    )


class SkillsForm(HelpedForm):
    """What a caseworker can work on."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=language_choices, required=False, widget=Several
    )
    trained_for = forms.MultipleChoiceField(
        label=_("Trained for"), choices=Trained.choices, required=False, widget=Several
    )


class ChooseCases(forms.Form):
    """The cases that were ticked."""

    case = forms.ModelMultipleChoiceField(queryset=Case.objects.none())

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]


class AssignForm(HelpedForm):
    """To whom the cases go."""

    to = forms.ModelChoiceField(
        label=_("To whom?"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(pk__in=[user.pk for user in caseworkers_of(office)]).order_by("name")
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class PutTagForm(HelpedForm):
    """Which tag the cases get."""

    tag = forms.ModelChoiceField(label=_("Which tag?"), queryset=Tag.objects.none(), empty_label=None)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].queryset = tags_of(office)  # type: ignore[attr-defined]


class ReferForm(HelpedForm):
    """Into which queue the cases go."""

    queue = forms.ModelChoiceField(label=_("Which queue?"), queryset=Queue.objects.none(), empty_label=None)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        queues = Queue.objects.filter(office=office, closed_at=None).order_by("name")
        self.fields["queue"].queryset = queues  # type: ignore[attr-defined]


class PapersForm(HelpedForm):
    """Which papers the people are asked for."""

    codes = forms.MultipleChoiceField(label=_("Which papers?"), widget=Several)
    due_on = day_field(_("By when?"), help_text=_("They are reminded once, three days before."))

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = [(paper.code, words_for_staff(paper)) for paper in checklist().values()]
        self.fields["codes"].choices = papers  # type: ignore[attr-defined]


# For what a list is downloaded: it stands in the record of whose names were read.
PURPOSES = (
    ("meeting", _("A meeting of the team")),
    ("planning", _("To plan the work")),
    ("partner", _("To talk with a partner")),
    ("report", _("A report")),
)


class ExportForm(HelpedForm):
    """For what a list is downloaded, and whether with the names."""

    purpose = forms.ChoiceField(label=_("What is it for?"), choices=PURPOSES, widget=forms.RadioSelect)
    with_names = forms.BooleanField(
        label=_("With the names of the people"),
        help_text=_("Who reads the file knows who seeks asylum. Each name is recorded as read by you."),
        required=False,
    )
