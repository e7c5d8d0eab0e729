"""The answers written once, in demo/answers.py, are what the pages take, for the demo's people and Amina."""

from datetime import date

import pytest

from demo.office import STORIES, answers_for
from intake.questionnaire.path import walk
from intake.told import Saved, Told
from tests.support.answers import answers, typed

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("pages", [answers(TODAY), *(answers_for(story, TODAY) for story in STORIES)])
def test_every_page_that_is_asked_takes_its_answer(pages):
    path = walk(Saved(pages), on=TODAY)
    assert {page.key for page in path.pages} <= pages.keys()
    for page in path.pages:
        form = page.make_form(typed(page.key, pages[page.key]), told=Told(path.values, on=TODAY), on=TODAY)
        assert page.skipping or form.is_valid(), (page.key, form.errors)
