"""What stands on a packet's cover, how an exhibit goes in, and how a packet was filed."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HelpedForm, day_field, line
from packets.actions import MOST_EXHIBITS
from packets.models import How, IndexOrder, Method, Part

PAGES = re.compile(r"\d{1,4}(-\d{1,4})?")
MOST_PAGES = 500
CERTIFICATES = [
    ("", "—"),
    ("none", _("None is needed: it was written in English, by somebody who understands it")),
    ("translation", _("A certificate of translation")),
    ("interpretation", _("A certificate of interpretation: it was read to the person")),
]


def lines(label: Any, *, rows: int = 3, limit: int = 1000, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "dir": "auto", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=limit, widget=widget, required=False, **kwargs)


class CoverForm(HelpedForm):
    """What stands on the cover; a line that is left empty is left out."""

    title = line(_("Title"), limit=200, required=False)
    filer = lines(_("Who files"), help_text=_("Name, EOIR ID, address, telephone: a line each."))
    respondents = lines(
        _("Respondents"), help_text=_("One in each line, the A-number behind a bar: Name | A 123-456-789")
    )
    court = line(_("Court (city)"), limit=100, required=False)
    proceeding = line(_("Kind of proceeding"), limit=100, required=False)
    judge = line(_("Immigration judge"), limit=100, required=False)
    hearing = line(_("Next hearing, with the time"), limit=100, required=False)
    custody = forms.ChoiceField(
        label=_("Custody"),
        required=False,
        choices=[("", "—"), ("DETAINED", _("Detained")), ("NON-DETAINED", _("Not detained"))],
    )
    served_to = lines(
        _("Who is served on paper"), help_text=_("Name and address. Empty where both sides use ECAS.")
    )
    served_how = line(_("How they are served"), limit=100, required=False)
    served_by = line(_("Who serves"), limit=100, required=False)
    filing_due = day_field(_("To be filed by"))
    oldest_years = forms.IntegerField(
        label=_("Point out sources older than (years)"), min_value=1, max_value=50, initial=3
    )

    def clean(self) -> dict[str, Any]:
        """Return what the action takes: all that stands on the cover as one."""
        cleaned = super().clean()
        kept = {name: cleaned.pop(name, None) for name in ("filing_due", "oldest_years")}
        return {"cover": {name: value for name, value in cleaned.items() if value}, **kept}


class AddForm(HelpedForm):
    """Which file or source, and how it goes in."""

    what = forms.ChoiceField(label=_("Which file or source?"))
    how = forms.ChoiceField(label=_("How much of it?"), choices=How.choices, widget=forms.RadioSelect)
    part = forms.ChoiceField(label=_("What is it?"), choices=Part.choices)

    def __init__(self, *args: Any, choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, _colon, pk = cleaned.pop("what", "").partition(":")
        return {**cleaned, f"{kind or 'upload'}_id": pk, "about": {}}


class ExhibitForm(HelpedForm):
    """How an exhibit goes in, what it shows, what is taken out of it, who translated it."""

    title = line(_("Title in the table of contents"), limit=300, required=False)
    says = lines(_("What it shows"), limit=2000, help_text=_("One or two neutral sentences for the court."))
    theme = line(_("Theme"), limit=100, required=False)
    how = forms.ChoiceField(label=_("How much of it?"), choices=How.choices, widget=forms.RadioSelect)
    part = forms.ChoiceField(label=_("What is it?"), choices=Part.choices)
    day = line(_("Its date"), limit=60, required=False)
    pages = line(
        _("Which pages"), limit=200, direction="ltr", required=False, help_text=_("For an excerpt: 1, 3-5")
    )
    words = lines(
        _("Words to take out"),
        help_text=_(
            "One name or number in each line. Its pages become pictures without them, wherever they stand."
        ),
    )
    boxes = lines(
        _("Boxes to take out"),
        help_text=_("Page, then left, top, right, bottom in percent of the page: 2: 10 20 60 25"),
    )
    kind = forms.ChoiceField(label=_("Certificate"), choices=CERTIFICATES, required=False)
    name = line(_("Who translated or interpreted"), limit=200, required=False)
    language = line(_("From which language"), limit=100, required=False)
    address = line(_("Their address"), limit=200, required=False)
    phone = line(_("Their telephone"), limit=40, direction="ltr", required=False)
    adverse = forms.MultipleChoiceField(
        label=_("Adverse citations that go into the index"),
        help_text=_("Only what you choose here."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, adverse: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if adverse:
            self.fields["adverse"].choices = adverse  # type: ignore[attr-defined]
        else:
            del self.fields["adverse"]

    def clean_pages(self) -> list[int]:
        pages: list[int] = []
        for piece in filter(None, (part.strip() for part in self.cleaned_data["pages"].split(","))):
            if not PAGES.fullmatch(piece):
                raise forms.ValidationError(_("Write pages as 1, 3-5."))
            first, _dash, last = piece.partition("-")
            pages += range(int(first), int(last or first) + 1)
        if len(pages) > MOST_PAGES or 0 in pages:
            raise forms.ValidationError(_("Write pages as 1, 3-5."))
        return list(dict.fromkeys(pages))

    def clean_words(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data["words"].splitlines() if word.strip()]

    def clean_boxes(self) -> list[list[float]]:
        boxes = []
        for piece in filter(None, map(str.strip, self.cleaned_data["boxes"].splitlines())):
            page, _colon, sides = piece.partition(":")
            try:
                left, top, right, bottom = (float(side) / 100 for side in sides.split())
                number = int(page)
            except ValueError:
                raise forms.ValidationError(_("Write a box as 2: 10 20 60 25.")) from None
            if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1 and number > 0):
                raise forms.ValidationError(_("Write a box as 2: 10 20 60 25."))
            boxes.append([number, left, top, right, bottom])
        return boxes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        signer = ("kind", "name", "language", "address", "phone")
        certificate = {name: cleaned.pop(name) for name in signer if cleaned.get(name)}
        how, part = cleaned.pop("how", ""), cleaned.pop("part", "")
        adverse = cleaned.pop("adverse", [])
        about = {name: value for name, value in cleaned.items() if value}
        if certificate.get("kind"):
            about["certificate"] = certificate
        return {"how": how, "part": part, "adverse": adverse, "about": about}


def initial_of(about: dict[str, Any]) -> dict[str, Any]:
    """Return what a form of an exhibit begins with."""
    boxes = [
        f"{int(page)}: {' '.join(f'{side * 100:g}' for side in box)}" for page, *box in about.get("boxes", [])
    ]
    return {
        **about,
        **(about.get("certificate") or {}),
        "pages": ", ".join(map(str, about.get("pages", []))),
        "words": "\n".join(about.get("words", [])),
        "boxes": "\n".join(boxes),
    }


class OrderForm(HelpedForm):
    order = forms.ChoiceField(label=_("Put in order"), choices=IndexOrder.choices)


class ArrangeForm(HelpedForm):
    """All exhibits in the order in which they were dragged, with commas between."""

    ids = forms.CharField(max_length=37 * MOST_EXHIBITS)

    def clean_ids(self) -> list[uuid.UUID]:
        try:
            return [uuid.UUID(part) for part in self.cleaned_data["ids"].split(",")]
        except ValueError:
            raise forms.ValidationError(_("This is no order of exhibits.")) from None

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "order": IndexOrder.HAND}


class LodgeForm(HelpedForm):
    """How and when a packet was filed, and how the other side was served."""

    method = forms.ChoiceField(label=_("How was it filed?"), choices=Method.choices)
    filed_on = day_field(_("On which day?"), required=True)
    confirmation = line(_("Confirmation or receipt number"), limit=100, direction="ltr", required=False)
    service = line(_("How the other side was served"), limit=200, required=False)
    served_on = day_field(_("Served on"))


class AnswerForm(HelpedForm):
    """What the court did with it."""

    taken = forms.TypedChoiceField(
        label=_("What did the court do?"),
        choices=[("yes", _("It took the packet")), ("no", _("It sent the packet back"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    why_back = line(_("Why it was sent back"), limit=300, required=False)


class FollowForm(HelpedForm):
    keeps_numbers = forms.TypedChoiceField(
        label=_("Its numbers"),
        choices=[
            ("yes", _("What was filed keeps its tab and pages; what is new is C-1a, page 40.1")),
            ("no", _("Count all anew")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
