"""Which words an office uses for its letters, and which letters a case has."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from cases.access import holders_of
from cases.models import Case
from foundation.accounts.models import Office
from foundation.badges import GOOD, QUIET, WARN, Badge
from foundation.vault.opening import open_one
from intake.queries import NAME, full_name
from letters.kinds import FIELDS, Kind, fill, isolated
from letters.models import Letter, Template
from letters.paper import Paper, paragraphs_of


@dataclass(frozen=True)
class Slot:
    """One kind of letter in one language: `used` is what letters are written with, `newest` what was last."""

    kind: Kind
    language: str
    used: Template | None
    newest: Template | None

    @property
    def language_name(self) -> str:
        return str(get_language_info(self.language)["name_translated"])

    @property
    def state(self) -> Badge:
        """Say whether letters can be written, and whether newer words wait for a lawyer."""
        if self.newest and self.newest.ended_at is None and not self.newest.is_fit:
            return Badge(_("Waits for a lawyer"), WARN)
        return Badge(_("In use"), GOOD) if self.used else Badge(_("Not written"), QUIET)


def slots_of(office: Office) -> list[Slot]:
    """Return every kind in every language of the site."""
    versions: dict[tuple[str, str], list[Template]] = {}
    for version in office.letter_templates.order_by("-number"):
        versions.setdefault((version.kind, version.language), []).append(version)
    return [
        _slot(kind, language, versions.get((kind, language), []))
        for kind in Kind
        for language, _label in settings.LANGUAGES
    ]


def _slot(kind: Kind, language: str, versions: list[Template]) -> Slot:
    used = next((version for version in versions if version.is_fit), None)
    return Slot(kind, language, used, versions[0] if versions else None)


def slot_of(office: Office, kind: str, language: str) -> Slot:
    versions = list(versions_of(office, kind, language))
    return _slot(Kind(kind), language, versions)


def versions_of(office: Office, kind: str, language: str) -> QuerySet[Template]:
    """Return the versions of a letter's words, newest first."""
    rows = office.letter_templates.filter(kind=kind, language=language)
    return rows.select_related("written_by", "approved_by", "ended_by", "office").order_by("-number")


def letters_of(case: Case) -> list[Letter]:
    """Return a case's letters, newest first; none is opened."""
    rows = Letter.objects.filter(case=case).select_related("made_by", "given_by", "dropped_by")
    return list(rows.order_by("-made_at"))


def filled(case: Case, template: Template, *, on: date) -> str:
    """Return a template with what is known of a case in its place."""
    with override(template.language):
        values = _values(case, on=on)
        if get_language_info(template.language)["bidi"]:
            values = {name: isolated(value) for name, value in values.items()}
        return fill(template.text, values)


def _values(case: Case, *, on: date) -> dict[str, str]:
    held = holders_of(case)
    return {
        "person": full_name(open_one(case.applicant, *NAME, purpose="letter")),
        "today": date_format(on, "DATE_FORMAT"),
        "office": case.office.name,
        "phone": case.office.phone,
        "reference": case.reference,
        "lawyer": held[0].name if len(held) == 1 else "",
    }


def paper_of(letter: Letter) -> Paper:
    """Open a letter and return what stands on its paper."""
    text = open_one(letter, "text", purpose="letter").text
    day = letter.case.office.today(letter.made_at)
    return _paper(letter.case.office, letter.language, text, day, letter.case.reference, letter.made_by.name)


def sample_of(template: Template) -> Paper:
    """Return what a letter with these words looks like, about nobody."""
    text = fill(template.text, {name: isolated(value) for name, value in FIELDS.items()})
    office = template.office
    day = office.today(template.written_at)
    return _paper(office, template.language, text, day, FIELDS["reference"], FIELDS["lawyer"])


def _paper(office: Office, language: str, text: str, day: date, reference: str, by: str) -> Paper:
    """`title` is what a window or a printer's list shows: it says nothing of what the letter is."""
    with override(language):
        head: list[Any] = [*office.address.splitlines(), office.phone, office.hours]
        return Paper(
            title=_("Letter"),
            language=language,
            office=isolated(office.name),
            head=[isolated(str(line)) for line in head if line],
            day=isolated(date_format(day, "DATE_FORMAT")),
            reference=isolated(reference),
            paragraphs=paragraphs_of(text),
            signed=[isolated(by), isolated(office.name)],
        )
