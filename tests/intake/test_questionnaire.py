"""The questionnaire as a whole: every number and key once, and a question more is one file more or less."""

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from intake.questionnaire.checks import RETIRED, mistakes, questionnaire_is_whole
from intake.questionnaire.path import BY_KEY, BY_NUMBER, FLOW, LATER, SECTIONS, earlier_pages, next_page


def page(number, key, *questions):
    return SimpleNamespace(number=number, key=key, form=SimpleNamespace(questions=lambda: questions))


def test_no_number_key_or_question_stands_twice():
    assert list(mistakes(FLOW, RETIRED)) == [] == questionnaire_is_whole()
    assert len(BY_NUMBER) == len(BY_KEY) == len(FLOW)


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([page(1, "a"), page(1, "b")], ["The number 1 stands 2 times."]),
        ([page(1, "a"), page(2, "a")], ["The key a stands 2 times."]),
        ([page(1, "a", "name"), page(2, "b", "name")], ["The question name stands 2 times."]),
        ([page(9, "a")], ["The number 9 is retired."]),
        ([page(1, "gone")], ["The key gone is retired."]),
        ([page(1, "a", "x"), page(2, "b", "y")], []),
    ],
)
def test_what_would_answer_for_another_page_is_refused(pages, said):
    assert list(mistakes(pages, {9: "gone"})) == said


def test_manage_py_check_says_so(monkeypatch):
    monkeypatch.setitem(RETIRED, BY_KEY["danger"].number, "danger")
    assert [error.id for error in questionnaire_is_whole()] == ["intake.E006", "intake.E006"]


def test_what_comes_before_and_after_a_page_goes_by_place():
    pages = [LATER[9], LATER[4], LATER[2]]
    assert earlier_pages(LATER[5], pages) == [LATER[4], LATER[2]]
    assert next_page(LATER[5], [LATER[2], LATER[7], LATER[6]]) is LATER[6]


# Reads one section's file with a question more in it, and leaves every other file as it is.
ADDED = """
import importlib.util, json, sys
from datetime import date

spec = importlib.util.find_spec("intake.questionnaire.urgent")
text = open(spec.origin).read()
place = text.index('@SECTION.page(\\n    {before},')
question = '''
@SECTION.page(
    977,
    "moved",
    _("Did they move you?"),
    they=_("Did they move the person?"),
    asked=may_be_interviewed,
    why="court",
)
class Moved(PageForm):
    moved = one_of(YES_NO_UNSURE)


'''
urgent = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
exec(compile(text[:place] + question + text[place:], spec.origin, "exec"), urgent.__dict__)

import django; django.setup()
from io import StringIO
from django.core.management import call_command
from django.urls import resolve, reverse
from foundation.accounts.models import Office
from intake.models import Intake
from intake.questionnaire.checks import questionnaire_is_whole
from intake.questionnaire.path import BY_NUMBER, FLOW, first_unanswered, previous_page, walk
from intake.review import review_of
from intake.sheet import Sheet
from intake.told import Saved
from tests.support.answers import answers, number_of, typed

today = date(2026, 11, 25)
held, free = (answers(today, where_now={{"custody": code}}) for code in ("ice", "no"))
page = BY_NUMBER[977]
path = walk(Saved(held), on=today)
out = StringIO()
call_command("intake_flow", stdout=out)
sheet = Sheet(Intake(office=Office()), Saved(held), today)
rows = [row for section in review_of(sheet) for row in section.rows if row.page is page]
without = {{key: values for key, values in held.items() if key != "moved"}}
print(json.dumps({{
    "mistakes": [str(error) for error in questionnaire_is_whole()],
    "numbers": {{one.key: one.number for one in FLOW if one is not page}},
    "after": previous_page(page, path.pages).key,
    "asked of who is free": page in walk(Saved(free), on=today).pages,
    "still to answer": first_unanswered(without, path.pages).key,
    "address": resolve(reverse("intake:page", args=[number_of("moved")])).url_name,
    "takes": page.make_form(typed("moved", held["moved"])).is_valid(),
    "kept": path.values["moved"],
    "shown": [[row.heading, row.answers] for row in rows],
    "printed": [line[:15] for line in out.getvalue().splitlines() if "`moved`" in line],
}}))
"""


def test_a_question_more_touches_one_file_and_moves_no_other():
    code = ADDED.format(before=BY_KEY["hearing_went"].number)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "mistakes": [],
        "numbers": {page.key: page.number for page in FLOW},
        "after": "hearing",
        "asked of who is free": False,
        "still to answer": "moved",
        "address": "page",
        "takes": True,
        "kept": "no",
        "shown": [["Did they move you?", [["Did they move you?", "No"]]]],
        "printed": ["| 977 | `moved`"],
    }


def test_every_page_stands_in_one_section():
    assert [page for section in SECTIONS for page in section.pages] == FLOW
    assert all(page in page.section.pages for page in FLOW)
