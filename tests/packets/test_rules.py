"""What is said of a packet before it is filed: each remark where it belongs, and nowhere else."""

import datetime as dt
from dataclasses import replace

import pytest

from packets.rules.certificates import certificate, lacking
from packets.rules.lint import Bound, is_foreign, lint
from packets.words import REMARKS

TODAY, DUE = dt.date(2026, 11, 29), dt.date(2026, 12, 14)
PAGE = {
    "width": 612.0,
    "height": 792.0,
    "letters": 900,
    "foreign": 0,
    "words": 200,
    "english": 50,
    "covered": False,
}
GOOD = Bound(
    key="a",
    labels=["4", "5"],
    pages=[PAGE, PAGE],
    digests=["x", "y"],
    part="conditions",
    is_translated=False,
    is_source=True,
    publisher="A publisher",
    published=dt.date(2026, 1, 2),
)
VOLUME = {"number": 1, "size": 25_000_000}
SIGNED = {"kind": "translation", "name": "Ana", "language": "Spanish", "address": "1 Street", "phone": "1"}


def codes(*exhibits, volumes=(VOLUME,), due=DUE, today=TODAY):
    return [remark.code for remark in lint(exhibits, volumes, oldest_years=3, due=due, today=today)]


def with_page(**changes):
    return replace(GOOD, pages=[PAGE, {**PAGE, **changes}])


def test_of_a_packet_that_is_in_order_nothing_is_said():
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("exhibit", "code"),
    [
        (with_page(letters=0), "no_text"),
        (with_page(covered=True), "covered_text"),
        (with_page(width=595.0, height=842.0), "not_letter"),
        (with_page(foreign=500), "foreign"),
        (with_page(english=2), "foreign"),
        (replace(GOOD, part="declaration"), "no_certificate"),
        (replace(GOOD, certificate={**SIGNED, "phone": ""}), "translation_incomplete"),
        (replace(GOOD, certificate={"kind": "interpretation"}), "interpretation_incomplete"),
        (replace(GOOD, named={"family:1": [1]}), "names"),
        (replace(GOOD, quotes_missing=1), "quotation_not_found"),
        (replace(GOOD, publisher=""), "no_publisher"),
        (replace(GOOD, published=None), "no_date"),
        (replace(GOOD, published=dt.date(2020, 1, 1)), "source_old"),
        (replace(GOOD, changed="gone"), "source_changed"),
        (replace(GOOD, days=[DUE + dt.timedelta(1)]), "dated_after_due"),
    ],
)
def test_each_thing_to_look_at_is_said_once(exhibit, code):
    assert codes(exhibit) == [code]
    assert code in REMARKS


def test_pages_are_named_by_the_numbers_they_bear():
    (remark,) = lint([with_page(letters=0)], [], oldest_years=3, due=DUE, today=TODAY)
    assert remark.pages == ("5",)


def test_the_day_of_filing_is_in_time_and_the_day_after_not():
    assert codes(GOOD, today=DUE) == [] and codes(GOOD, today=DUE + dt.timedelta(1)) == ["after_due_date"]
    assert codes(GOOD, due=None) == ["no_due_date"]


def test_a_volume_of_25_megabytes_is_taken_and_a_byte_more_not():
    assert codes(GOOD, volumes=[{**VOLUME, "size": 25_000_001}]) == ["volume_too_large"]


def test_the_same_pages_in_twice_are_named_with_the_first():
    other = replace(GOOD, key="b")
    remarks = lint([GOOD, other], [], oldest_years=3, due=DUE, today=TODAY)
    assert [(remark.code, remark.exhibit, remark.detail) for remark in remarks] == [("twice", "b", "a")]


def test_a_translation_with_its_certificate_is_no_foreign_page():
    assert codes(replace(with_page(foreign=800), is_translated=True, certificate=SIGNED)) == []


def test_few_words_tell_nothing_of_their_language():
    assert not is_foreign({**PAGE, "words": 39, "english": 0}) and is_foreign(
        {**PAGE, "words": 40, "english": 0}
    )


def test_a_certificate_says_who_is_competent_in_what_and_leaves_room_for_what_is_not_known():
    said = certificate(SIGNED, "Declaration")
    assert "Ana" in said.lines[0] and "competent" in said.lines[0] and "true and accurate" in said.lines[0]
    open_one = certificate({"kind": "interpretation", "name": "Ana"}, "Declaration")
    assert "____" in open_one.lines[0] and "before it was signed" in open_one.lines[0]
    assert lacking({}) == ["name", "language", "address", "phone"] and lacking(SIGNED) == []
