"""A name is taken apart once: refused clearly, or kept as a short line that reads back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflicts.rules import NameAnalysis, Role, UnusableName, analyse, compare
from conflicts.rules.writing import LONGEST_NAME, MOST_WORDS, latin

UNUSABLE = {
    "empty": "",
    "spaces": " \t\n",
    "one letter": "A",
    "initials only": "J. K.",
    "digits": "12345 678",
    "emoji": "😀🎉🕊️" * 5,
    "punctuation": "-.,'!?()[]–—…" * 3,
    "NUL": "\0\0",
    "lone surrogates": "\ud800\udfff",
    "direction marks": "\u202e\u200f\u2066",
    "10,000 letters": "a" * 10_000,
}


@pytest.mark.parametrize("name", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_text_without_a_name_is_refused_in_words_for_people(name):
    with pytest.raises(UnusableName) as refusal:
        analyse(name)
    assert isinstance(refusal.value, ValueError)
    assert str(refusal.value).endswith(".")
    assert len(str(refusal.value)) < 120


def test_one_letter_over_the_longest_name_is_refused_and_the_longest_is_not():
    with pytest.raises(UnusableName):
        analyse("ab " * 133 + "ab")
    assert len("ab " * 133 + "c") == LONGEST_NAME
    assert len(analyse("ab " * 133 + "c").parts) == MOST_WORDS


def test_a_line_stored_in_another_format_is_refused():
    with pytest.raises(ValueError, match="analyse the name again"):
        NameAnalysis.read("0 amina diallo")


@given(st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_is_refused_or_kept_as_a_line_that_reads_back(text):
    try:
        analysis = analyse(text)
    except UnusableName:
        return
    stored = json.loads(json.dumps(str(analysis)))
    assert NameAnalysis.read(stored) == analysis
    stored.encode()  # can be encrypted: no lone surrogates are left


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_two_names_score_between_0_and_1_and_the_same_both_ways_round(one, other):
    try:
        a, b = analyse(one), analyse(other)
    except UnusableName:
        return
    found, turned = compare(a, b), compare(b, a)
    assert 0 <= found.score <= 1
    assert found.match == (found.score >= 0.5)
    assert found.reasons
    assert found.score == turned.score


@given(st.text(alphabet="ab \u0660\u0905\u1200中김אن\u200d\u0301-'.", min_size=1, max_size=400))
@settings(max_examples=100, deadline=None)
def test_scripts_mixed_in_one_word_do_no_harm(text):
    try:
        analyse(text)
    except UnusableName:
        return


def roles(name):
    return [(part.text, part.role) for part in analyse(name).parts]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dr. Amina Diallo", [("dr", Role.TITLE), ("amina", Role.NAME), ("diallo", Role.NAME)]),
        ("Sheikh", [("sheikh", Role.NAME)]),
        ("Ahmadi Sultan", [("ahmadi", Role.NAME), ("sultan", Role.LINKED)]),
        ("Yusuf bin Karim", [("yusuf", Role.NAME), ("bin", Role.PARTICLE), ("karim", Role.NAME)]),
        ("Nguyen Thi An", [("nguyen", Role.NAME), ("thi", Role.NAME), ("an", Role.NAME)]),
        ("A. Diallo", [("a", Role.INITIAL), ("diallo", Role.NAME)]),
        ("DIALLO, Amina", [("diallo", Role.NAME), ("amina", Role.NAME)]),
        ("AminaDiallo", [("amina", Role.NAME), ("diallo", Role.NAME)]),
        ("Am1na D1allo", [("amina", Role.NAME), ("diallo", Role.NAME)]),
        ("김민지", [("김", Role.NAME), ("민지", Role.NAME)]),
        ("王小明", [("王", Role.NAME), ("小明", Role.NAME)]),
        ("نور الدين", [("نور", Role.NAME), ("دين", Role.NAME)]),
        ("إلياس حداد", [("الياس", Role.NAME), ("حداد", Role.NAME)]),
    ],
)
def test_each_part_has_its_role(name, expected):
    assert roles(name) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ተስፋዬ", "tesfaye"),
        ("አበበ", "abebe"),
        ("ቀነኒሳ", "qenenisa"),
        ("रमेश", "ramesh"),
        ("राजेन्द्र", "rajendra"),
        ("कमला", "kamla"),
        ("さくら", "sakura"),
        ("小明", "xiaoming"),
        ("محمد", "mhmd"),
        ("שרה", "Srh"),
        ("Ковальчук".casefold(), "kovalchuk"),
    ],
)
def test_a_word_is_written_in_latin_letters(word, expected):
    assert latin(word) == expected
