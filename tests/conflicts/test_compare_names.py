"""manage.py compare_names FILE.csv"""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from foundation.devstack.commands import NEED_NO_SERVERS


def run(tmp_path, text):
    file = tmp_path / "pairs.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = io.StringIO()
    call_command("compare_names", str(file), stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("compare_names", str(tmp_path / "none.csv"))


@pytest.mark.parametrize("text", ["", "name,other\nAmina,Amina\n"])
def test_a_file_without_the_columns_is_refused(tmp_path, text):
    with pytest.raises(CommandError, match="name1 and name2"):
        run(tmp_path, text)


@pytest.mark.parametrize(
    "row", [",", "😀,😀", "A,A", "...,...", "Amina Diallo,", f"{'a' * 10_000},Amina", "Amina"]
)
def test_a_name_that_cannot_be_compared_scores_0_and_matches_nothing(tmp_path, row):
    (found,) = run(tmp_path, f"name1,name2\n{row}\n")
    assert (float(found["score"]), found["match"]) == (0.0, "false")


def test_bytes_that_are_no_text_are_read_past(tmp_path):
    (found,) = run(tmp_path, b"name1,name2\nAmina \xff Diallo,Amina Diallo\n")
    assert found["match"] == "true"


def test_each_row_has_its_score_and_its_match_in_the_order_of_the_file(tmp_path):
    rows = run(tmp_path, 'name1,name2,more\nAmina Diallo,"Diallo, Amina",x\nAmina Diallo,Karim Haddad,y\n')
    assert [row["match"] for row in rows] == ["true", "false"]
    assert list(rows[0]) == ["name1", "name2", "score", "match"]
    assert rows[0]["name2"] == "Diallo, Amina"
    assert all(0 <= float(row["score"]) <= 1 for row in rows)


def test_it_needs_no_servers():
    assert "compare_names" in NEED_NO_SERVERS
