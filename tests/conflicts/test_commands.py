"""import_parties and check_conflicts: what they refuse, and what they print."""

import json

import pytest
from django.core.management import CommandError, call_command

from conflicts.models import Party

PARTIES = "full_name,date_of_birth,nationality\nГригорий Жуковский,1961-03-02,RU\nAmina Sample,,\n😀,,\n"


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def loaded(db, tmp_path, capsys):
    call_command("import_parties", written(tmp_path, "parties.csv", PARTIES))
    return capsys.readouterr().out


@pytest.mark.parametrize("command", ["import_parties", "check_conflicts"])
def test_a_file_that_is_not_there_or_has_no_names_is_refused(db, tmp_path, command):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command(command, tmp_path / "nowhere.csv")
    with pytest.raises(CommandError, match="needs the column"):
        call_command(command, written(tmp_path, "other.csv", "a,b\n1,2\n"))


def test_an_office_with_people_in_it_is_refused(cast, tmp_path):
    with pytest.raises(CommandError, match="people in it"):
        call_command("import_parties", written(tmp_path, "p.csv", PARTIES), "--office", "demo")


def test_parties_are_loaded_sealed_each_in_a_file_of_its_own(loaded):
    assert "2 parties" in loaded and "1 names could not be used" in loaded
    assert Party.objects.values("matter_id").distinct().count() == 2


def test_hits_are_printed_with_reasons_and_the_time_each_took(loaded, tmp_path, capsys):
    queries = "name,date_of_birth\nGrigory Zhukovsky,1961-03-02\n😀,\nWilhelmina Oosterhuis,\n"
    call_command("check_conflicts", written(tmp_path, "q.csv", queries), "--limit", "3", "--json")
    first, refused, none = json.loads(capsys.readouterr().out)
    (hit,) = first["hits"]
    assert hit["name"] == "Григорий Жуковский" and hit["score"] > 0.5 and hit["matter"]
    assert "same in another script" in {pair["how"] for pair in hit["reasons"]}
    assert first["ms"] > 0 and set(first) == {"query", "ms", "hits"}
    assert refused["hits"] == none["hits"] == []
