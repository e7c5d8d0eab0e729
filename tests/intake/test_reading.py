"""What people type is read as they meant it: digits of any script, marks nobody sees, money, phones."""

import sys
import unicodedata
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.questionnaire.phones import HasExtension, NoPhone, WhichCountry, read_phone
from intake.questionnaire.reading import (
    digits_of,
    has_text,
    is_as_written_here,
    kept_amount,
    plain,
    read_a_number,
    read_amount,
    shown_amount,
)

# Every zero of Unicode: the digits of its script follow it.
ZEROS = [n for n in range(sys.maxunicode) if chr(n).isdecimal() and unicodedata.decimal(chr(n)) == 0]
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\u2069\ufeff\u00ad\ufe0f\u061c"


@st.composite
def disguised(draw, text):
    """The same number in the digits of another script, with marks nobody sees in between."""
    zero = draw(st.sampled_from(ZEROS))
    shown = [chr(zero + int(char)) if char.isascii() and char.isdigit() else char for char in draw(text)]
    return "".join(f"{draw(st.text(UNSEEN, max_size=2))}{char}" for char in shown)


def test_there_are_many_scripts():
    assert len(ZEROS) > 50


@given(st.data(), st.text("0123456789", min_size=1, max_size=16))
def test_digits_of_any_script_are_the_same_number(data, number):
    assert digits_of(data.draw(disguised(st.just(number)))) == number


@given(st.data(), st.decimals(0, 999_999, places=2))
def test_an_amount_is_the_same_in_any_script(data, amount):
    assert read_amount(data.draw(disguised(st.just(f"${amount:,.2f}")))) == [amount]


@given(st.decimals(0, 999_999, places=2), st.sampled_from([" ", ".", "'", "\u202f", "\u00a0", "٬"]))
def test_an_amount_is_the_same_however_other_countries_write_it(amount, thousands):
    there = f"{amount:,.2f}".translate({ord(","): thousands, ord("."): ","})
    assert read_amount(f"{there} $") == [amount]


@given(st.text())
def test_whatever_is_typed_is_read_or_not_and_never_fails(text):
    readings = read_amount(text)
    assert all(amount >= 0 and Decimal(kept_amount(amount)) == amount for amount in readings)
    assert len(readings) <= 2 and plain(plain(text)) == plain(text)
    assert read_a_number(text) == "" or len(read_a_number(text)) == 9
    with suppress(NoPhone, WhichCountry, HasExtension):
        assert read_phone(text).startswith("+")


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("800,00", ["800"]),
        ("1200,50", ["1200.50"]),
        ("1.200", ["1200", "1.20"]),
        ("1 200", ["1200"]),
        ("800 USD", ["800"]),
        ("$1,200.50", ["1200.50"]),
        ("1,200", ["1200"]),
        ("1.200,50", ["1200.50"]),
        ("1'200", ["1200"]),
        ("1,00,000", ["100000"]),
        ("1.200.000", ["1200000"]),
        ("٨٠٠٫٥٠", ["800.50"]),
        ("١٬٢٠٠", ["1200"]),
        ("८००", ["800"]),
        ("８００", ["800"]),
        ("800 dólares", ["800"]),
        ("٨٠٠ دولار", ["800"]),
        ("800 дол.", ["800"]),
        ("US$ 800", ["800"]),
        ("12.345", ["12345"]),
        (".50", ["0.50"]),
        ("0", ["0"]),
        ("1,200,50", []),
        ("12 00", []),
        ("10²", []),
        ("800 euros", []),
        ("800-1000", []),
        ("-5", []),
        ("1e9", []),
        ("9" * 40, []),
    ],
)
def test_what_an_amount_can_mean(typed, readings):
    assert [kept_amount(amount) for amount in read_amount(typed)] == readings


def test_only_what_is_written_as_here_needs_no_question():
    assert all(is_as_written_here(typed) for typed in ("800", "$800", "1,200", "1200.50", "800 USD", "٨٠٠"))
    assert not any(is_as_written_here(typed) for typed in ("1.200", "800,00", "1 200", "1'200", "12,00"))
    assert (shown_amount("1200.50"), shown_amount("800")) == ("$1,200.50", "$800")


@pytest.mark.parametrize(
    "typed",
    [
        "A# 123-456-789",
        "A#123456789",
        "USCIS# 123-456-789",
        "A123–456–789",
        "A123\u2011456\u2011789",
        "А123456789",
        "Alien Number: A 123 456 789",
        "A-123456789",
        "\u200e123456789\u200f",
        "A№ 123456789",
        "أ ١٢٣٤٥٦٧٨٩",
    ],
)
def test_an_a_number_however_it_is_written(typed):
    assert read_a_number(typed) == "123456789"


@pytest.mark.parametrize("typed", ["A12", "A1234567890", "B123456789", "A1234567A", "", "A"])
def test_what_is_no_a_number(typed):
    assert read_a_number(typed) == ""


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("00963 944 123 456", "", "+963944123456"),
        ("001 212 555 0142", "", "+12125550142"),
        ("011 52 55 1234 5678", "", "+525512345678"),
        ("(+963) 944 123 456", "", "+963944123456"),
        ("٠٠٩٦٣ ٩٤٤ ١٢٣ ٤٥٦", "", "+963944123456"),
        ("\u200e+963944123456\u200f", "", "+963944123456"),
        ("(212) 555-0142", "", "+12125550142"),
        ("1-212-555-0142", "", "+12125550142"),
        ("0944123456", "SY", "+963944123456"),
        ("55 1234 5678", "MX", "+525512345678"),
        ("55 1234 5678", "US", "+15512345678"),
        ("01112345678", "EG", "+201112345678"),
    ],
)
def test_a_phone_number_as_it_is_dialed(typed, country, number):
    assert read_phone(typed, country) == number


@pytest.mark.parametrize(
    ("typed", "country", "refusal"),
    [
        ("0944123456", "", WhichCountry),
        ("55 1234 5678", "", WhichCountry),
        ("55 12 34 56 78", "", WhichCountry),
        ("999-999-9999", "", WhichCountry),
        ("01112345678", "", WhichCountry),
        ("0944123456", "MX", NoPhone),
        ("12", "", NoPhone),
        ("+99 1234567", "", NoPhone),
        ("call my aunt", "", NoPhone),
        ("212 555 0142 ext 5", "", HasExtension),
    ],
)
def test_a_phone_number_that_cannot_be_dialed_as_it_is(typed, country, refusal):
    with pytest.raises(refusal):
        read_phone(typed, country)


@pytest.mark.parametrize(
    "text", ["\u200b", "\u200f \u2060", "\u3164", "\u115f", "\u2800", "\u0301", "", " \t"]
)
def test_what_nobody_sees_is_no_text(text):
    assert not has_text(text)


@pytest.mark.parametrize("text", ["a", "李", "أ", "👩", "\u200bا", "-"])
def test_what_somebody_sees_is_text(text):
    assert has_text(text)
