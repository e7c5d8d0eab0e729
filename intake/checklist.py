"""The papers a person can be asked for: which belong to the usual list of a track, and their words.

Which list a paper is on stands in `data/papers.csv`, where a lawyer can change it. The words are generic: who
holds the receipt reads them, and learns nothing that was told. A paper whose very name would tell something
is asked for by a person alone (`on_page` is false).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.data import paper_rows

# {code: (what it is, why it helps)}, in words for the person.
WORDS: dict[str, tuple[Any, Any]] = {
    "identity": (
        _("A paper with your name: a passport, a birth certificate or an identity card"),
        _("It shows who you are."),
    ),
    "entry": (
        _("Papers you got at the border, at the airport or when they let you go"),
        _("They show when you came."),
    ),
    "court": (_("Letters from the court"), _("They say when and where the court wants to see you.")),
    "charges": (
        _("The paper with “Notice to Appear” on it"),
        _("It says what the government wants, and has your number."),
    ),
    "agency": (
        _("Letters from the immigration office (USCIS)"),
        _("They show what the office has from you."),
    ),
    "form": (_("A copy of each form you sent"), _("We see what was written before.")),
    "decision": (_("A letter that says yes or no to you"), _("Its day is important: the time may run.")),
    "family": (
        _("Birth and marriage papers of your family"),
        _("They show who belongs to you."),
    ),
    "photo": (_("A photo of your face, as for a passport"), _("A form needs it.")),
    "address": (
        _("A letter or a bill with your address"),
        _("The place decides where your papers go."),
    ),
    "translation": (
        _("A translation of a paper you sent"),
        _("Only what they can read counts."),
    ),
    "medical": (_("A paper from a doctor or a hospital"), _("It can show what happened.")),
    "witness": (_("A letter from somebody who knows what happened"), _("It can show what happened.")),
    "police": (_("A paper from the police"), _("It can show what happened.")),
}
UNLISTED = (_("Another paper"), "")


@dataclass(frozen=True)
class ListedPaper:
    """One line of the checklist. `kind` is what a file sent for it is, `usual` the tracks it belongs to."""

    code: str
    kind: str
    usual: tuple[str, ...]
    on_page: bool

    @property
    def label(self) -> Any:
        return WORDS.get(self.code, UNLISTED)[0]

    @property
    def why(self) -> Any:
        return WORDS.get(self.code, UNLISTED)[1]


@cache
def checklist() -> dict[str, ListedPaper]:
    """Return every paper that can be asked for by its code, in the order of the file."""
    return {
        row.text("code"): ListedPaper(
            row.text("code"),
            row.text("kind"),
            tuple(row.values["usual"].split()),
            row.choice("shown", ("page", "talk")) == "page",
        )
        for row in paper_rows()
    }


def listed(code: str) -> ListedPaper:
    """Return a line of the checklist; one that was taken off it since keeps a name."""
    return checklist().get(code) or ListedPaper(code, "", (), on_page=False)


def usual_papers(track: str) -> list[ListedPaper]:
    """Return the usual list of a track."""
    return [paper for paper in checklist().values() if track in paper.usual]
