"""`manage.py intake_flow`: the questionnaire as a table, made from the one list in intake/flow.py."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from intake import flow, forms
from intake.fields import ManyTiles, PartialDateField, Tiles

HEAD = """# The questionnaire

Made by `manage.py intake_flow` from `intake/flow.py`; a test keeps it true. One question a page. Nothing is
kept before question 5 is answered with yes. Pages are at `/form/<number>/`; answers are kept under the key.
"""


class Command(BaseCommand):
    help = "Print docs/intake-flow.md."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            self.stdout.write("\n".join([HEAD, *lines()]))


def lines() -> list[str]:
    """Return the lines of the tables, a section each."""
    found = []
    for letter, title in flow.SECTIONS.items():
        found += [
            f"## {letter}. {title}",
            "",
            "| # | Key | Question | Help | Fields | Needs an answer | Asked | What for | Privacy | I-589 |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *(row(page) for page in flow.FLOW if page.section == letter),
            "",
        ]
    return found[:-1]


def row(page: flow.Page) -> str:
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


def fields_of(page: flow.Page) -> str:
    """Name a page's fields by kind, with the codes of their choices."""
    if page.number == flow.DOCUMENTS:
        return "files, several"
    if page.form is forms.Family:
        return f"name, relation, birth date; up to {forms.Family.MOST} people"
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
