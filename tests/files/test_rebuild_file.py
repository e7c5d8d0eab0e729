"""manage.py rebuild_file: what becomes of files when they are sent, without servers."""

import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from foundation.devstack.commands import NEED_NO_SERVERS
from foundation.files.sandbox import ROOT
from tests.files import corpus
from tests.support import pdfs


def run(capsys, *arguments):
    """Return the JSON and whether the command would leave with an error."""
    try:
        call_command("rebuild_file", "--json", *map(str, arguments))
    except CommandError:
        return json.loads(capsys.readouterr().out), True
    return json.loads(capsys.readouterr().out), False


def test_a_refused_file_is_named_with_the_reason_and_the_others_are_still_told(tmp_path, capsys):
    (tmp_path / "bomb.png").write_bytes(corpus.pixel_bomb())
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "two.pdf").write_bytes(pdfs.by_mail(corpus.letter(2)))
    names = ["bomb.png", "letter.docx", "two.pdf", "nothing.pdf"]
    lines, failed = run(capsys, *[tmp_path / name for name in names])
    assert failed
    assert [line["reason"] for line in lines] == ["too_many_pixels", "office_document", "", ""]
    assert [line["taken"] for line in lines] == [False, False, True, False]
    assert "normal setting" in lines[0]["why"] and "cannot be read" in lines[3]["why"]
    assert (lines[2]["notes"], lines[2]["pages_in"], lines[2]["pages_out"]) == (["repaired"], 2, 2)


def test_copies_are_kept_as_what_they_are_and_none_over_another(tmp_path, capsys):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "I-589 v.2").write_bytes(pdfs.sentence())
    files, out = [tmp_path / "a" / "I-589 v.2", tmp_path / "b" / "I-589 v.2"], tmp_path / "out"
    lines, failed = run(capsys, *files, "--out", out)
    assert not failed and all(line["taken"] for line in lines)
    assert sorted(path.name for path in out.iterdir()) == ["I-589 v.2-2.pdf", "I-589 v.2.pdf"]


def test_in_words_it_says_what_the_copy_lacks(tmp_path, capsys):
    (tmp_path / "typed.pdf").write_bytes(pdfs.annotated(pdfs.typed(b"<FEFF0645>")))
    call_command("rebuild_file", str(tmp_path / "typed.pdf"))
    said = capsys.readouterr().out
    assert "typed.pdf: taken  pages 1 -> 1" in said
    assert (
        "not_drawn:1: Something typed or stamped on it could not be drawn. The copy lacks it. Page 1." in said
    )


@pytest.mark.parametrize(("content", "code"), [(pdfs.sentence(), 0), (b"MZ", 1)])
def test_it_needs_no_servers_and_leaves_with_1_on_a_refusal(tmp_path, content, code):
    (tmp_path / "a.pdf").write_bytes(content)
    command = [sys.executable, "manage.py", "rebuild_file", str(tmp_path / "a.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == code, done.stderr
    assert "rebuild_file" in NEED_NO_SERVERS
