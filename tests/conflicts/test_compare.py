"""Two names side by side. The pairs are invented for this project; none is taken from a list."""

import json

import pytest

from conflicts.rules import (
    THRESHOLD,
    Beside,
    How,
    Side,
    UnusableName,
    analyse,
    beside,
    compare,
    compare_birth_dates,
    compare_countries,
)

DIFFERENT = [
    ("Juan Pérez Gómez", "Pedro Pérez Gómez", "brothers"),
    ("Juan Pérez", "Juan Gómez", "one given name"),
    ("Ahmed Hassan", "Mohammed Hassan", "one family name"),
    ("Hassan Ali", "Hussein Ali", "given names with the same consonants"),
    ("Ahmad bin Yusuf Nasser", "Yusuf bin Ahmad Nasser", "father and son"),
    ("Ivan Petrovich Sidorov", "Ivan Pavlovich Sidorov", "another patronymic"),
    ("Kim Min-ji", "Kim Min-su", "half of a Korean given name"),
    ("王小明", "Wang Dawei", "one Chinese family name"),
    ("ሰላም ተስፋይ", "Meron Tesfay", "sisters across scripts"),
    ("राम बहादुर थापा", "Hari Bahadur Thapa", "brothers across scripts"),
    ("Nguyen Van An", "Nguyen Van Binh", "short Vietnamese given names"),
    ("B. Diallo", "Amina Diallo", "an initial that contradicts"),
    ("Mohammed", "Mohammed Ali Karimi Hotak", "one common given name alone"),
    ("Amina", "Ahmed", "nothing"),
]
ONE = [
    ("María Fernanda López García", "Maria Lopez", "one of two Spanish surnames"),
    ("José Luis Ramírez Ortega", "Ramirez Ortega, Jose Luis", "order and accents"),
    ("Pepe Ramírez", "José Ramírez", "a Spanish nickname"),
    ("Bill Carter", "William Carter", "an English nickname"),
    ("Sasha Ivanov", "Aleksandr Ivanov", "a Russian nickname"),
    ("Abd al-Rahman Karimi", "Abdurrahman Karimi", "a compound written two ways"),
    ("Fatima bint Khalid Nasser", "Fatma Khaled Nasser", "a particle left out"),
    ("Mohammed Hussein", "Muhammad Hossain", "romanizations"),
    ("Mehmet Yilmaz", "Muhammad Yilmaz", "the same name in Turkish"),
    ("Yousef Haddad", "Joseph Haddad", "the same name in English"),
    ("Kim Min-ji", "Min Ji Kim", "Korean order"),
    ("김민지", "Kim Min-ji", "Hangul"),
    ("王小明", "Wang Xiaoming", "Chinese in one piece"),
    ("Xiaoming Wang", "Wang Hsiao-ming", "two romanizations of Chinese"),
    ("Zhou Guodong", "Chou Kuo-tung", "Wade-Giles of every syllable"),
    ("周国栋", "Chou Kuo-tung", "Wade-Giles of Han"),
    ("Dr. Amina Diallo", "Amina Diallo", "a title"),
    ("A. Diallo", "Amina Diallo", "an initial"),
    ("Ivan Petrovich Sidorov", "Ivan Sidorov", "a patronymic left out"),
    ("Иван Петрович Сидоров", "Ivan Petrovich Sidorov", "Cyrillic"),
    ("ፀጋዬ ከበደ", "Tsegaye Kebede", "Ge'ez"),
    ("राम बहादुर थापा", "Ram Bahadur Thapa", "Devanagari"),
    ("عبد الرحمن كريمي", "Abdurrahman Karimi", "Arabic"),
    ("van der Berg, Piet", "Piet Vanderberg", "joined particles"),
    ("Sergio Sergio Luna", "Sergio Luna", "a part written twice"),
    ("Emily Tran", "Emily Tram", "one slip"),
    ("Amnia Diallo", "Amina Diallo", "two letters swapped"),
]


def found(one, other, **sharper):
    return compare(analyse(one), analyse(other), **sharper)


def hows(comparison):
    return {
        (" ".join(part.text for part in pair.ours), " ".join(part.text for part in pair.theirs)): pair.how
        for pair in comparison.reasons
    }


@pytest.mark.parametrize(("one", "other", "why"), DIFFERENT, ids=[row[2] for row in DIFFERENT])
def test_two_people_are_not_one(one, other, why):
    assert not found(one, other).match
    assert not found(other, one).match


@pytest.mark.parametrize(("one", "other", "why"), ONE, ids=[row[2] for row in ONE])
def test_one_person_is_found_in_two_spellings(one, other, why):
    assert found(one, other).match
    assert found(other, one).match


def test_every_part_of_both_names_is_accounted_for():
    one, other = analyse("Dr. Amina bint Yusuf Diallo"), analyse("Diallo, Aminata Y. Sow")
    pairs = compare(one, other).reasons
    assert sorted(part.text for pair in pairs for part in pair.ours) == sorted(p.text for p in one.parts)
    assert sorted(part.text for pair in pairs for part in pair.theirs) == sorted(p.text for p in other.parts)


@pytest.mark.parametrize(
    ("one", "other", "pair", "how"),
    [
        ("Amina Diallo", "Amina Diallo", ("amina", "amina"), How.SAME),
        ("Olena Kovalenko", "Олена Коваленко", ("kovalenko", "коваленко"), How.SAME_IN_ANOTHER_SCRIPT),
        ("Yousef Haddad", "Joseph Haddad", ("yousef", "joseph"), How.SAME_NAME),
        ("Nour Qureshi", "Nour Kureshi", ("qureshi", "kureshi"), How.SOUNDS_ALIKE),
        ("Bill Carter", "William Carter", ("bill", "william"), How.NICKNAME),
        ("A. Diallo", "Amina Diallo", ("a", "amina"), How.INITIAL),
        ("Emily Tran", "Emily Tram", ("tran", "tram"), How.SPELLING_DIFFERS),
        ("Amina Sow Diallo", "Amina Diallo", ("sow", ""), How.EXTRA),
        ("Amina Diallo", "Amina Sow Diallo", ("", "sow"), How.MISSING),
        ("Sergio Sergio Luna", "Sergio Luna", ("sergio", ""), How.REPEATED),
        ("van der Berg Piet", "Vanderberg Piet", ("van der berg", "vanderberg"), How.SAME),
    ],
)
def test_each_pair_of_parts_says_how_it_matches(one, other, pair, how):
    assert hows(found(one, other))[pair] is how


def test_a_comparison_can_be_kept_as_json():
    kept = json.loads(json.dumps(found("A. Diallo", "Amina Sow Diallo").as_dict()))
    assert kept["reasons"] == [
        {"ours": "a", "theirs": "amina", "how": "initial"},
        {"ours": "diallo", "theirs": "diallo", "how": "same"},
        {"ours": "", "theirs": "sow", "how": "missing part"},
    ]
    assert (kept["match"], kept["birth_date"], kept["country"]) == (True, "unknown", "unknown")


def test_the_very_name_scores_above_the_same_name_in_another_script_or_with_a_slip():
    same = found("Karim Haddad", "Karim Haddad").score
    assert same > found("Karim Haddad", "كريم حداد").score > THRESHOLD
    assert same > found("Karim Haddad", "Karim Hadad").score > THRESHOLD


def test_another_birth_date_and_country_lower_a_hit_and_never_hide_it():
    plain = found("Emily Tran", "Emily Tram")
    other = found(
        "Emily Tran", "Emily Tram", birth_dates=("1990-01-02", "1971-08-30"), countries=("vn", "us")
    )
    assert other.birth_date is Side.DIFFERENT
    assert other.country is Side.DIFFERENT
    assert THRESHOLD <= other.score < plain.score


def test_no_hit_on_names_is_hidden_by_what_stands_beside_them():
    for one, other, _ in ONE:
        beside = {"birth_dates": ("1990-01-02", "1971-08-30"), "countries": ("so", "us")}
        assert found(one, other, **beside).match


def test_one_birth_date_lifts_a_doubtful_hit_and_not_a_stranger():
    one, other = "Hassan Warsame Ali", "Hussein Warsame Aly"
    born = ("1990-01-02", "1990-01-02")
    assert found(one, other, birth_dates=born).score > found(one, other).score
    assert not found("Amina Diallo", "Karim Haddad", birth_dates=born).match


@pytest.mark.parametrize(
    ("one", "other", "side"),
    [
        (None, "1990-01-02", Side.UNKNOWN),
        ("1990-01-02", "1990-01-02", Side.SAME),
        ("1990", "1990", Side.NEAR),
        ("1990", "1990-01-02", Side.NEAR),
        ("1990-02-01", "1990-01-02", Side.NEAR),
        ("1990-01-02", "1991-01-02", Side.NEAR),
        ("1990-01-02", "1985-07-02", Side.DIFFERENT),
    ],
)
def test_birth_dates_are_compared_as_people_get_them_wrong(one, other, side):
    assert found("Emily Tran", "Emily Tran", birth_dates=(one, other)).birth_date is side


@pytest.mark.parametrize(
    ("one", "other"), [("ーー", "っっ"), ("ወወ ዐዐ", "ဗုဒ္ဓ"), ("عع", "וו"), ("ไไ", "កក"), ("ああ", "李")]
)
def test_words_whose_letters_come_to_nothing_are_not_alike_for_it(one, other):
    try:
        a, b = analyse(one), analyse(other)
    except UnusableName:
        return
    assert not compare(a, b).match


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("", "", Beside.NEITHER),
        ("1987", "", Beside.ONE),
        ("", "1987-03-04", Beside.ONE),
        ("1987", "1987", Beside.SAME),
        ("1987-03", "1987-03", Beside.SAME),
        ("1987-03-04", "1987-03-04", Beside.SAME),
        ("1987", "1987-03-04", Beside.NEAR),
        ("1987-03-04", "1987-04-03", Beside.NEAR),
        ("1987-03-04", "1991-12-30", Beside.DIFFERENT),
        ("1987", "1991", Beside.DIFFERENT),
    ],
)
def test_what_two_birth_dates_are_to_each_other(one, other, says):
    assert beside(one, other, side=compare_birth_dates(one, other)) == says


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [("", "", "neither"), ("SY", "", "one"), ("SY", "sy", "same"), ("SY", "LB", "different")],
)
def test_what_two_countries_are_to_each_other(one, other, says):
    assert beside(one, other, side=compare_countries(one, other)) == says
