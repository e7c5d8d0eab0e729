"""Data files that are not whole are refused with file and line; figures that need a look are named."""

from datetime import date

import pytest

from foundation.figures import BadData, concerns, read_rows, read_toml
from foundation.figures.reading import Figure

COLUMNS = ["key", "amount", "effective_from", "effective_to", "check_by", "confidence", "source", "note"]
GOOD = "fee,5,2026-01-01,2026-12-31,2026-10-01,high,the law,"


def rows(tmp_path, *lines):
    path = tmp_path / "fees.csv"
    path.write_text("\n".join((",".join(COLUMNS), *lines)) + "\n")
    return read_rows(path, COLUMNS)


def figure(row):
    row.whole("amount")
    return row.figure(row.text("key"), "A fee")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD.replace("fee", ""), "key is needed"),
        (GOOD.replace("5", ""), "amount is '': a whole number is needed"),
        (GOOD.replace("5", "5.50"), "amount is '5.50': a whole number is needed"),
        (GOOD.replace("5", "-5"), "amount is '-5': a whole number is needed"),
        (GOOD.replace("2026-01-01", "soon"), "effective_from is 'soon': a date is needed"),
        (GOOD.replace("2026-12-31", "2026-02-30"), "effective_to is '2026-02-30': a date is needed"),
        (GOOD.replace("2026-12-31", "2025-12-31"), "effective_to is before effective_from"),
        (GOOD.replace("2026-10-01", "x"), "check_by is 'x': a date is needed"),
        (
            GOOD.replace("high", "certain"),
            "confidence is 'certain': use one of 'high', 'medium', 'low', 'policy'",
        ),
        (GOOD.replace("the law", ""), "source is needed"),
        ("fee,5", "2 cells instead of 8"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path, line, said):
    with pytest.raises(BadData) as refused:
        [figure(row) for row in rows(tmp_path, GOOD, line)]
    assert str(refused.value) == f"fees.csv line 3: {said}"


def test_a_line_is_counted_in_the_file_where_a_cell_spans_two(tmp_path):
    with pytest.raises(BadData, match=r"^fees.csv line 4: key is needed$"):
        [figure(row) for row in rows(tmp_path, GOOD.replace("the law", '"the\nlaw"'), ",5,,,,high,x,")]


@pytest.mark.parametrize("content", ["", "a,b\n", "key\nx\n"])
def test_other_columns_are_refused(tmp_path, content):
    path = tmp_path / "fees.csv"
    path.write_text(content)
    with pytest.raises(BadData, match=r"^fees.csv line 1: the columns must be key,amount,"):
        read_rows(path, COLUMNS)


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "fees.csv"
    if content:
        path.write_bytes(content)
    with pytest.raises(BadData, match=r"^fees.csv line 1: cannot be read: "):
        read_rows(path, COLUMNS)


@pytest.mark.parametrize("content", [b"a = ", b"\xff", None])
def test_a_broken_toml_file_is_named(tmp_path, content):
    path = tmp_path / "rules.toml"
    if content:
        path.write_bytes(content)
    with pytest.raises(BadData, match=r"^rules.toml: cannot be read: "):
        read_toml(path)


def test_keys_of_a_toml_file_are_found_in_their_table(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text("top = 1\n[one]\na = 1\n\n[two.more]\nb = 2\na = 3\n")
    _values, lines = read_toml(path)
    assert [lines.of("one", "a"), lines.of("two.more", "a"), lines.of("two.more"), lines.of("", "top")] == [
        3,
        7,
        5,
        1,
    ]
    assert (lines.of("none"), lines.of("one", "b")) == (1, 2)


def test_a_needed_date_is_refused_where_it_is_empty(tmp_path):
    [row] = rows(tmp_path, "fee,5,,,,high,the law,")
    assert row.day("effective_from") is None
    with pytest.raises(BadData, match="effective_from is needed"):
        row.needed_day("effective_from")


def dated(start=None, end=None, check=None, confidence="high", words="", group="fee", line=2):
    return Figure("fees.csv", line, group, "A fee", start, end, check, confidence, words)


NOV, DEC = date(2026, 11, 23), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ([dated()], []),
        ([dated(start=NOV, end=NOV, check=NOV)], []),
        ([dated(end=date(2026, 11, 22))], ["ended on 2026-11-22, and nothing replaces it"]),
        ([dated(start=DEC)], ["holds only from 2026-12-01"]),
        ([dated(check=date(2026, 11, 22))], ["was to be checked by 2026-11-22"]),
        ([dated(confidence="medium")], ["confidence is medium"]),
        ([dated(confidence="low")], ["confidence is low"]),
        ([dated(confidence="policy")], []),
        ([dated(words="a book [to verify]")], ["its source says it must still be verified"]),
        ([dated(words="not yet checked", confidence="low")], ["its source says it must still be verified"]),
        ([dated(end=date(2026, 1, 1), confidence="low", line=2), dated(start=date(2026, 1, 2), line=3)], []),
        ([dated(confidence="low", line=3), dated(start=DEC, line=2)], ["confidence is low"]),
        (
            [dated(check=date(2020, 1, 1), words="to verify")],
            ["was to be checked by 2020-01-01", "its source says it must still be verified"],
        ),
        (
            [dated(end=date(2025, 1, 1)), dated(start=date(2025, 5, 1), end=date(2026, 1, 1), line=3)],
            ["ended on 2026-01-01, and nothing replaces it"],
        ),
    ],
)
def test_figures_that_need_a_look_on_a_day_are_named(figures, found):
    named = concerns(figures, on=NOV)
    assert [concern.why for concern in named] == found
    assert {concern.kind for concern in named} <= {"out_of_date", "unverified"}


def test_concerns_stand_in_the_order_of_the_file():
    named = concerns([dated(confidence="low", group="b", line=9), dated(confidence="low", line=2)], on=NOV)
    assert [concern.figure.line for concern in named] == [2, 9]
