"""`manage.py read_source`: what a capture would find, with no server at hand."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from foundation.devstack.commands import NEED_NO_SERVERS
from tests.evidence.readings import HERE

STATEMENT = HERE / "fitted" / "watch-1.txt"


def read_source(capsys, *args):
    call_command("read_source", *map(str, args))
    return capsys.readouterr().out


def test_what_was_found_is_one_object(capsys):
    found = json.loads(read_source(capsys, STATEMENT, "--json"))
    assert found["title"]["value"] == "Sudan: Villages Burned in Darfur"
    assert found["subtitle"]["value"].startswith("Fighters on Camels")
    assert (
        found["publisher"] | {"where": "after_verb", "sure": "sure", "value": "Horizon Watch"}
        == found["publisher"]
    )
    assert (found["published"]["value"], found["published"]["either"]) == ("2012-08-15", [])
    assert found["dateline"]["value"] == "Nairobi" and found["countries"][0] == "SDN"
    assert found["speakers"] == [
        {"name": "Daniel Example", "role": "senior Africa researcher", "affiliation": "Horizon Watch"}
    ]
    assert len(found["quotations"]) == 3 and len(found["passages"]) == 8
    assert found["warnings"] == ["Someone is quoted who is not named."]
    assert found["left_out"] == []


def test_a_date_that_can_be_two_days_has_no_value(capsys, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("A title\n\n02/10/2016\n\nA hospital was shelled.")
    published = json.loads(read_source(capsys, path, "--json"))["published"]
    assert (published["value"], published["sure"]) == (None, "unsure")
    assert published["either"] == ["2016-02-10", "2016-10-02"]
    assert "2016-02-10 or 2016-10-02  (date_line, unsure)" in read_source(capsys, path)


def test_standard_input_is_read_and_the_words_are_for_people(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STATEMENT.read_bytes())))
    said = read_source(capsys, "-")
    assert "publisher: Horizon Watch  (after_verb, sure)" in said
    assert "speaker: Daniel Example, senior Africa researcher, Horizon Watch" in said
    assert "warning: Someone is quoted who is not named." in said


def test_a_character_set_of_the_site_is_believed(capsys, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes("<html><body><h1>T</h1><p>医院</p></body></html>".encode("gbk"))
    assert "医院" in read_source(capsys, path, "--charset", "gbk")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"%PDF-1.7 nothing", "pdf_damaged"),
        (
            b"<html><title>Just a moment...</title><body><p>Checking your browser.</p></body></html>",
            "challenge",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_taken"),
        (b"Only a title", "nothing_to_quote"),
    ],
)
def test_a_refusal_ends_with_one_and_its_reason(capsys, tmp_path, raw, code):
    path = tmp_path / "file"
    path.write_bytes(raw)
    with pytest.raises(CommandError) as refused:
        call_command("read_source", str(path), "--json")
    assert refused.value.returncode == 1 and len(str(refused.value)) > 20
    assert json.loads(capsys.readouterr().out)["refused"] == code


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened") as refused:
        call_command("read_source", str(tmp_path / "nothing"))
    assert refused.value.returncode == 1


def test_no_server_is_started_for_it():
    assert "read_source" in NEED_NO_SERVERS
