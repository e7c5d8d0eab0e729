"""Shape and limits of what is added to the library."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from evidence.models import (
    ClaimPoint,
    Collection,
    Document,
    DocumentKind,
    Element,
    Ground,
    Independence,
    Method,
    Passage,
    Precision,
    Relation,
    ReportPassage,
)
from evidence.reader import Unreadable, judge
from evidence.reading.kinds import LARGEST, accepted
from evidence.words import guess_words, taken_words, unreadable_words
from foundation.forms import HelpedForm

# What a text copied out of a PDF may hold and no reader sees; a new page or column is a new line.
CONTROLS = {code: "\n" if chr(code) in "\f\v" else None for code in range(32) if chr(code) not in "\n\r\t"}
MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    raw: bytes
    name: str


class DocumentForm(HelpedForm):
    """A source pasted as text, uploaded as a file, or named by its address for the worker to fetch."""

    text = forms.CharField(
        label=_("Paste the text"),
        help_text=_("The whole statement, with its title and date, as published."),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea({"rows": 12, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("Or upload a file"),
        help_text=format_lazy(
            _("{taken}, up to {size} MB."), taken=lazy(taken_words, str)(), size=LARGEST // 2**20
        ),
        required=False,
        widget=forms.FileInput({"accept": accepted()}),
    )
    url = forms.URLField(
        label=_("Web address of the source"),
        help_text=_("Alone, it is fetched. Nothing about the case or the office is sent along."),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput({"dir": "ltr"}),
    )
    kind = forms.ChoiceField(label=_("Kind of source"), choices=DocumentKind.choices)

    def clean_text(self) -> str:
        """Return the text, not yet read; what can hold no paragraph is said while it still stands here."""
        text: str = self.cleaned_data["text"].translate(CONTROLS)
        lines = sum(1 for line in text.splitlines() if line.strip())
        if lines == 1:
            raise ValidationError(_("Paste the title on a line of its own, and the text below it."))
        return text if lines else ""

    def clean_file(self) -> Upload | None:
        """Return the file, not yet read, or refuse it at a glance with the reason."""
        file = self.cleaned_data.get("file")
        if not file:
            return None
        if file.size > LARGEST:
            raise ValidationError(unreadable_words("too_big"))
        raw = file.read()
        try:
            judge(raw, file.name)
        except Unreadable as refused:
            raise ValidationError(str(refused)) from None
        return Upload(raw, file.name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, file, url = cleaned.get("text"), cleaned.get("file"), cleaned.get("url")
        if not self.errors and text and file:
            raise ValidationError({"text": _("Either paste or upload, not both.")})
        if not self.errors and not (text or file or url):
            raise ValidationError({"text": _("Paste a text, upload a file or give an address.")})
        return cleaned


class DetailsForm(HelpedForm):
    """The details of a source as a person confirms them; each that is not sure is ticked by itself."""

    title = forms.CharField(label=_("Title"), max_length=400, widget=forms.TextInput({"dir": "auto"}))
    subtitle = forms.CharField(
        label=_("Subtitle"), max_length=400, required=False, widget=forms.TextInput({"dir": "auto"})
    )
    publisher = forms.CharField(
        label=_("Publisher"), max_length=200, required=False, widget=forms.TextInput({"dir": "auto"})
    )
    dateline = forms.CharField(label=_("Place of the dateline"), max_length=120, required=False)
    published_date = forms.DateField(
        label=_("Published on"),
        help_text=_("Year-month-day, for example 2016-12-31."),
        required=False,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
        input_formats=["%Y-%m-%d"],
    )
    published_precision = forms.ChoiceField(
        label=_("How exact is that date?"), choices=Precision.choices, required=False
    )
    kind = forms.ChoiceField(label=_("Kind of source"), choices=DocumentKind.choices)
    url = forms.URLField(
        label=_("Web address of the source"), required=False, max_length=1000, assume_scheme="https"
    )
    checked = forms.MultipleChoiceField(
        label=_("Not sure: please compare with the text"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please compare these with the text, and tick them.")},
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(document, name, "") for name in self.base_fields})
        super().__init__(*args, **kwargs)
        unsure = {} if document.confirmed_at else unsure_of(document)
        for name, guess in document.guesses.items():
            field = self.fields[name]
            said = format_lazy(_("Found {found}."), found=guess_words(guess))
            field.help_text = format_lazy("{said} {help}", said=said, help=field.help_text)
        if not unsure:
            del self.fields["checked"]
            return
        checked: Any = self.fields["checked"]
        checked.choices = [(name, self.fields[name].label) for name in unsure]

    def clean_checked(self) -> list[str]:
        """Refuse while a detail that is not sure was not looked at."""
        ticked: list[str] = self.cleaned_data["checked"]
        choices: Any = self.fields["checked"]
        if len(ticked) < len(choices.choices):
            raise ValidationError(choices.error_messages["required"])
        return ticked

    @property
    def details(self) -> dict[str, Any]:
        """What was confirmed, without the ticks."""
        return {name: value for name, value in self.cleaned_data.items() if name != "checked"}


def unsure_of(document: Document) -> list[str]:
    """Return the details of a source that the rules are not sure of."""
    return [name for name, guess in document.guesses.items() if guess["sure"] != "sure"]


class MarkForm(forms.Form):
    """A part of a source's text: characters `start` to `end`."""

    start = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    end = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class WordsForm(HelpedForm):
    """Words of a source's text that are to be a passage."""

    words = forms.CharField(
        label=_("The words, as they stand in the text"),
        help_text=_("Select them on this page and copy them here, or type them letter for letter."),
        max_length=20_000,
        widget=forms.Textarea({"rows": 3, "dir": "auto", "data-marks": ""}),
    )


class EndForm(forms.Form):
    """Where a source's text ends."""

    end = forms.IntegerField(min_value=1, max_value=2**31 - 1)


NOT_SAID = ("", _("Not judged yet"))


class AssessmentForm(HelpedForm):
    """A person's judgment of a source."""

    independence = forms.ChoiceField(
        label=_("Independence"), choices=[NOT_SAID, *Independence.choices], required=False
    )
    method = forms.ChoiceField(label=_("How it knows"), choices=[NOT_SAID, *Method.choices], required=False)


class CollectionForm(HelpedForm):
    name = forms.CharField(
        label=_("Name of the collection"),
        help_text=_("A subject, for example: hospitals in the north. Never a person's name."),
        max_length=120,
    )


class CollectForm(HelpedForm):
    """Choose a collection of the office for one source."""

    collection = forms.ModelChoiceField(label=_("Collection"), queryset=Collection.objects.none())

    def __init__(self, *args: Any, collections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["collection"]
        field.queryset = collections


class ClaimPointForm(HelpedForm):
    ground = forms.ChoiceField(label=_("Ground"), choices=[("", "—"), *Ground.choices])
    assertion = forms.CharField(
        label=_("What must be shown?"),
        help_text=_("One sentence, for example: hospitals in the north were attacked in 2016."),
        max_length=500,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    element = forms.ChoiceField(
        label=_("What of the law does it show?"), choices=[("", "—"), *Element.choices], required=False
    )
    harm = forms.CharField(label=_("Harm"), max_length=120, required=False)
    actor = forms.CharField(label=_("Who does it"), max_length=120, required=False)
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    period = forms.CharField(label=_("When"), max_length=120, required=False)


class PointSearchForm(forms.Form):
    """Other words to look for than the point's own."""

    q = forms.CharField(required=False, max_length=200)


class CarriedPointForm(forms.Form):
    """The point somebody came from, on their way to a passage."""

    point = forms.UUIDField(required=False)


class PointCiteForm(forms.Form):
    """A suggested passage for the point whose page is open: one of the library, or one of the shelf."""

    passage = forms.ModelChoiceField(Passage.objects.none(), required=False)
    shelf = forms.ModelChoiceField(ReportPassage.objects.defer("tsv"), required=False)
    relation = forms.ChoiceField(choices=Relation.choices)

    def __init__(self, *args: Any, passages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["passage"]
        field.queryset = passages

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if bool(values.get("passage")) == bool(values.get("shelf")):
            raise forms.ValidationError(_("Choose the passage anew: this one is not there any more."))
        return values


class CiteForm(HelpedForm):
    claim_point = forms.ModelChoiceField(
        label=_("Which point does it concern?"), queryset=ClaimPoint.objects.none()
    )
    relation = forms.ChoiceField(label=_("What does it do for the point?"), choices=Relation.choices)
    pincite = forms.CharField(
        label=_("Pinpoint"),
        help_text=_("Page, paragraph or section, as it should stand in the citation."),
        max_length=60,
        required=False,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, points: Any, labels: Mapping[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["claim_point"]
        field.queryset = points
        field.label_from_instance = lambda point: labels[point.pk]
