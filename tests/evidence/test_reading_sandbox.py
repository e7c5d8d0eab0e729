"""Sources are read in the sandbox: a hostile one reaches nothing, and ends in words."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from evidence.reader import Unreadable, judge, picture_of_page, read
from evidence.reading import gates, kinds
from evidence.reading.result import Reading, as_pgm, filled, packed, packed_picture, paged, unpacked
from evidence.words import FILES, UNREADABLE, unreadable_words
from foundation.files import sandbox
from tests.evidence.test_reading import docx
from tests.evidence.test_recognition import pdf

READERS = Path(sandbox.ROOT) / "evidence" / "reading"
KINDS = sorted(path.stem for path in READERS.glob("*.py") if "def rebuild(" in path.read_text())
# Starts a reader as it stands behind its lock, bent by a file to try what it must not.
BENT = (
    "import sys; sys.path[:0] = sys.argv[3:]; import importlib, types;"
    "from foundation.files.rebuilder import main, probe;"
    "reader = importlib.import_module(sys.argv[1]);"
    "bent = types.SimpleNamespace(warm=reader.warm, rebuild=probe.rebuild);"
    "main.importlib = types.SimpleNamespace(import_module=lambda name: bent); main.main()"
)
NESTED = b"<html><body>" + b"<b>" * 8_000_000


def test_each_kind_of_file_has_a_reader_of_its_name_and_words():
    assert set(kinds.KINDS) == set(FILES) <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bent_reader_reaches_nothing(kind, monkeypatch):
    monkeypatch.setattr(sandbox, "START", BENT)
    said = sandbox.run(f"evidence.reading.{kind}", b"?")
    reached = json.loads(said.content)
    reached.pop("see the network")  # not every container allows one of its own
    assert reached and not any(reached.values()), reached


def test_no_reader_loads_django_and_nobody_else_loads_what_parses():
    """The readers stand alone; who sends a file in never holds a library that could be bent."""
    inside = (
        "import sys, evidence.reading.{0}; assert not {{'django', 'celery', 'config'}} & set(sys.modules)"
    )
    outside = (
        "import django; django.setup(); import sys; from evidence import recognition, sentinel, tasks, urls;"
        "from evidence.reader import read; assert read(b'<html><body><p>Hello.</p></body></html>').text;"
        "assert not {'pypdfium2', 'selectolax', 'evidence.reading.pdf'} & set(sys.modules)"
    )
    for code in (*(inside.format(kind) for kind in KINDS), outside):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=sandbox.ROOT)
        assert done.returncode == 0, done.stderr


def test_time_has_an_end_that_is_told_in_words():
    with pytest.raises(Unreadable, match="too much work") as refused:
        read(b"<html><body><p>Hello.</p></body></html>", seconds=0.01)
    assert refused.value.code == "too_heavy"


def test_memory_has_an_end_that_is_told_in_words():
    with pytest.raises(Unreadable) as refused:
        read(NESTED)
    assert refused.value.code in ("too_heavy", "broken", "page_without_text")
    assert len(str(refused.value)) > 30


def test_every_code_a_reader_gives_has_words_and_no_words_are_left_over():
    calls = [node for path in READERS.glob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    given = {
        word.value
        for node in calls
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unfit"
        for word in ast.walk(node)
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value != "password"
    }
    at_a_glance = {"empty", "too_big", "not_what_it_says", "not_taken"}
    assert given | at_a_glance | set(gates.CODES) | {"too_heavy", "broken"} == set(UNREADABLE)
    assert [code for code, _most, _said in gates.GATES] == list(gates.CODES)
    assert unreadable_words("a code of tomorrow") == str(UNREADABLE["broken"])


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [(b" ", "a.txt", "empty"), (b"\0\1", "a.docx", "not_what_it_says"), (b"\0\1", "a", "not_taken")],
)
def test_some_files_are_refused_at_a_glance(raw, name, code):
    with pytest.raises(Unreadable) as refused:
        judge(raw, name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("alphabet", "words"), [("windows-1251", "Больница"), ("shift_jis", "病院"), ("gb18030", "医院")]
)
def test_a_page_in_another_alphabet_is_read_as_it_is_written(alphabet, words):
    """The lock lets Python load no alphabet, so each is loaded before."""
    page = f'<html><head><meta charset="{alphabet}"></head><body><p>{words}</p></body></html>'
    assert read(page.encode(alphabet)).text.strip() == words


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"text": 1, "media_type": "text/plain"}',
        b'{"text": "a", "media_type": 1}',
        b'{"text": "\\ud800", "media_type": "text/plain"}',
        b'{"text": "a", "media_type": "text/plain", "pages": [5]}',
        b'{"text": "abc", "media_type": "text/plain", "pages": [2, 1]}',
        b'{"text": "a", "media_type": "text/plain", "pages": [0], "empty_pages": [2]}',
        b'{"text": "a", "media_type": "text/plain", "pages": ["0"]}',
        b'{"text": "a", "media_type": "text/plain", "more": 1}',
    ],
)
def test_what_no_reader_would_send_is_not_taken(answer):
    with pytest.raises(ValueError):
        unpacked(answer)


@pytest.mark.parametrize("painted", [b"", packed_picture(2, 2, b"123"), packed_picture(9000, 1, b"x" * 9000)])
def test_what_is_no_picture_is_not_taken(painted):
    with pytest.raises(ValueError):
        as_pgm(painted)


def test_a_reading_leaves_the_sandbox_as_it_was():
    reading = paged(["One\n\n", " \n\n", "Three\n\n"], "application/pdf")
    assert (reading.pages, reading.empty_pages) == ([0, 5, 8], [2])
    assert unpacked(packed(reading)) == reading
    assert filled(reading, {2: "Two"}) == Reading(
        "One\n\nTwo\n\nThree\n\n", "application/pdf", [0, 5, 10], []
    )
    assert filled(reading, {}) == reading


def test_a_page_is_painted_in_the_sandbox():
    picture = picture_of_page(pdf("Hello"), 1)
    assert picture.startswith(b"P5 2550 330") and min(picture[20:]) < 50
    with pytest.raises(Unreadable):
        picture_of_page(pdf("Hello"), 2)
    with pytest.raises(Unreadable):
        picture_of_page(docx(), 1)
