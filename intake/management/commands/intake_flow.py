"""`manage.py intake_flow`: the questionnaire as a table, made from the files of intake/questionnaire/."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from intake.questionnaire.fields import ManyTiles, PartialDateField, Tiles
from intake.questionnaire.names import Family
from intake.questionnaire.page import Page
from intake.questionnaire.path import DOCUMENTS, SECTIONS

HEAD = """# The questionnaire

Made by `manage.py intake_flow` from `intake/questionnaire/`; a test keeps it true. One question a page, in
the order asked. Nothing is kept before `consent` is answered with yes. A page is at `/form/<number>/`: its
number is chosen once and says nothing, not even its place. Answers are kept under the key.
"""


class Command(BaseCommand):
    help = "Print docs/intake-flow.md."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            self.stdout.write("\n".join([HEAD, *lines()]))


def lines() -> list[str]:
    """Return the lines of the tables, a section each."""
    written = []
    for section in SECTIONS:
        written += [
            f"## {section.letter}. {section.title}",
            "",
            "| # | Key | Question | Help | Fields | Needs an answer | Asked | What for | Privacy | I-589 |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *(row(page) for page in section.pages),
            "",
        ]
    return written[:-1]


def row(page: Page) -> str:
    form = page.make_form()
    cells = [
        str(page.number),
        f"`{page.key}`",
        str(page.question),
        str(page.hint),
        fields_of(page),
        "yes" if form.needs_an_answer else "no",
        str(page.asked.__doc__),
        page.why,
        page.privacy,
        page.i589,
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") or "-" for cell in cells) + " |"


def fields_of(page: Page) -> str:
    """Name a page's fields by kind, with the codes of their choices."""
    if page is DOCUMENTS:
        return "files, several"
    if page.form is Family:
        return f"name, relation, birth date; up to {Family.MOST} people"
    return "; ".join(f"{name}: {kind_of(field)}" for name, field in page.form().fields.items())


def kind_of(field: Any) -> str:
    if isinstance(field, PartialDateField):
        return "date or a part of it, or not known"
    choices = [str(code) for code, _words in getattr(field, "choices", ()) if code]
    if isinstance(field.widget, Tiles | ManyTiles):
        number = "any" if isinstance(field.widget, ManyTiles) else "one"
        return f"{number} of {', '.join(choices) or 'languages'}"
    if choices:
        return f"list of {len(choices)}"
    return f"text, up to {field.max_length}" if getattr(field, "max_length", None) else "text"
