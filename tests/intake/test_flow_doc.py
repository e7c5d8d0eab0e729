"""docs/intake-flow.md is what `manage.py intake_flow` prints."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from intake.questionnaire.path import FLOW, SECTIONS

DOC = Path(__file__).resolve().parents[2] / "docs" / "intake-flow.md"


def test_the_document_is_the_list():
    out = StringIO()
    call_command("intake_flow", stdout=out)
    assert out.getvalue() == DOC.read_text()
    assert out.getvalue().count("\n| ") == len(FLOW) + len(SECTIONS)


def test_every_branch_says_in_words_when_it_is_asked():
    for page in FLOW:
        assert page.asked.__doc__ and page.why
