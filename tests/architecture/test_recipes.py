"""The changes a newcomer makes most often, each made in a copy of the house: few files, and all else follows.

What is not tried here has its own test: a question (tests/intake/test_questionnaire.py), an app
(test_apps.py), a filter's and a column's page (tests/workspace/test_lists.py), due work (tests/work).
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from fnmatch import fnmatch

import pytest

from foundation.house import ROOT, our_packages

MOST_FILES = 3  # besides tests, words and the changelog
END = ""  # the place of a line that is added to a file


@dataclass(frozen=True)
class Recipe:
    """A change: {file: [(text before which it goes, what goes there)]}, and what is true once it is made."""

    edits: dict[str, list[tuple[str, str]]]
    shows: str


def last_line_again(path, key):
    """Return the last line of a list under another key: a row that is whole, whatever its columns are."""
    return key + "," + (ROOT / path).read_text().splitlines()[-1].partition(",")[2]


A_BITMAP = """\
    Kind("bmp", "BMP", PHOTO, "image/bmp", ("bmp",), lambda head: head[:2] == b"BM", "images"),
"""
A_FIELD = "    track: Annotated[str, Column(CODE)]\n"
DEADLINES = "cases/data/deadlines.csv"
RECIPES = {
    "a filter of the queue": Recipe(
        {
            "workspace/queue/forms.py": [
                ("\n\nclass QueueForm", "\n\ndef _of(cases, score):\n    return cases.filter(score=score)\n"),
                ("    tab =", '    score = Filter(label=_("Score"), choices=[("7", "7")], narrow=_of)\n'),
            ]
        },
        "[each.label for _name, each in filters_of(QueueForm)][-1] == 'Score'",
    ),
    "a message": Recipe(
        {"notifications/kinds.py": [('    "news": Kind(', '    "moved": Kind(_("News"), _("Sign in.")),\n')]},
        "Message(kind='moved').title == 'News'",
    ),
    "a row of deadlines": Recipe(
        {DEADLINES: [(END, last_line_again(DEADLINES, "one_more"))]},
        "'one_more' in deadline_rules() and data_is_whole() == []",
    ),
    "a reason to decline an offer": Recipe(
        {
            "referrals/models.py": [
                ('    OTHER = "other", _("Another reason")', '    TONGUE = "tongue", _("No interpreter")\n')
            ]
        },
        "('tongue', 'No interpreter') in DeclineForm().fields['reason'].choices",
    ),
    "a column on a home page": Recipe(
        {
            "workspace/home/supervising.py": [
                ("\n\n@dataclass(frozen=True)\nclass Age", "    track: Annotated[str, Column(CODE)]\n"),
                ("        since=since,\n", "        track=case.track,\n"),
            ]
        },
        "len(Longest.columns()) == 4",
    ),
    "a kind of file people send": Recipe(
        {"foundation/files/kinds.py": [('    Kind("pdf"', A_BITMAP)]},
        "kinds.accepted().split(',')[-2:] == ['.bmp', '.pdf'] and 'HEIC, BMP or PDF' in kinds.names()",
    ),
    "a country's other name": Recipe(
        {"evidence/data/countries.csv": [(END, "SYR,Syrya,name,general knowledge")]},
        "asked('prisons in Syrya').iso3 == 'SYR'",
    ),
    "a publisher's verb": Recipe(
        {"evidence/data/verbs.csv": [(END, "bewailed,publisher")]},
        "parse_statement(STATEMENT).publisher.text == 'Ridgeline Watch'",
    ),
    "an event": Recipe(
        {"cases/events.py": [('    "cases.opened"', '    "cases.moved": _("It moved"),\n')]},
        "words_of('cases.moved') == 'It moved'",
    ),
}
LOOK = """
import json, sys, django
django.setup()
from cases.apps import data_is_whole
from cases.data import deadline_rules
from evidence.rules import parse_statement
from evidence.rules.asking import asked
from foundation.events.registry import words_of
from foundation.files import kinds
from foundation.filters import filters_of
from notifications.models import Message
from referrals.forms import DeclineForm
from workspace.home.supervising import Longest
from workspace.queue.forms import QueueForm

STATEMENT = "A title\\n\\nGENEVA — Ridgeline Watch bewailed the shelling of hospitals."

def tried(shows):
    try:
        return eval(shows)
    except Exception as error:
        return repr(error)

print(json.dumps({name: tried(shows) for name, shows in json.loads(sys.argv[1]).items()}))
"""


def copied(folder):
    for name in (*our_packages(), "templates", "static", "locale"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def look(folder):
    """Return {recipe: True, or what is there instead} of a copy."""
    env = {**os.environ, "PYTHONPATH": str(folder), "INTAKE_NO_BOOTSTRAP": "1"}
    command = [sys.executable, "-c", LOOK, json.dumps({name: made.shows for name, made in RECIPES.items()})]
    run = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def edit(path, edits):
    text = path.read_text()
    for before, added in edits:
        if before == END:
            text = f"{text.rstrip()}\n{added}\n"
        else:
            assert text.count(before) == 1, (path, before)
            text = text.replace(before, added + before)
    path.write_text(text)


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory):
    """Return what is shown in a copy as it is, and once every recipe was followed."""
    folder = copied(tmp_path_factory.mktemp("house"))
    before = look(folder)
    for recipe in RECIPES.values():
        for name, edits in recipe.edits.items():
            edit(folder / name, edits)
    return before, look(folder)


@pytest.mark.parametrize("name", RECIPES)
def test_the_change_is_made_in_its_files_and_all_else_follows(before_and_after, name):
    before, after = before_and_after
    assert before[name] is not True
    assert after[name] is True


# --- and they are written down --------------------------------------------------------------------

PATH = re.compile(r"`([\w.<>*]+/[\w./<>*]+|\w+\.toml)")


def written():
    """Return {what: the files its row of ARCHITECTURE.md names}."""
    table = (ROOT / "ARCHITECTURE.md").read_text().split("## Add…", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if re.match(r"\| an? ", line)]
    return {what: PATH.findall(files) for what, files in rows}


def is_named(file, patterns):
    """Tell whether a row names a file, itself or as every app's."""
    return any(fnmatch(file, pattern.replace("<app>", "*")) for pattern in patterns)


def test_each_of_these_changes_has_a_row_that_names_its_files():
    rows = written()
    for name, recipe in RECIPES.items():
        assert [file for file in recipe.edits if not is_named(file, rows[name])] == [], name
    others = {"a question", "a kind of due work", "an app"}
    assert set(rows) == {*RECIPES, *others}


def test_no_row_names_a_file_that_is_not_there_or_more_than_a_few():
    for what, files in written().items():
        exact = [file for file in files if not re.search(r"[<*]", file)]
        assert [file for file in exact if not (ROOT / file).exists()] == [], what
        code = [file for file in files if not file.startswith(("tests/", "docs/"))]
        assert 1 <= len(code) <= MOST_FILES, (what, files)
