"""Each kind of difference between two spellings of one name, and between the names of two people.

The names are invented for this project.
"""

import csv
from pathlib import Path

import pytest

from conflicts.index import NameIndex, Party
from conflicts.rules import How, analyse, compare
from conflicts.rules.analysis import NameAnalysis, Role

OWN_SPELLING = Path(__file__).parent / "data" / "own_spelling.csv"

ONE = {
    "traditional and simplified characters": [
        ("王偉", "王伟"),
        ("蘇曉蓮", "苏晓莲"),
        ("鄧國棟", "邓国栋"),
        ("龍麗華", "龙丽华"),
        ("鍾志強", "钟志强"),
        ("小澤健", "小沢健"),
    ],
    "short forms": [
        ("Bayo Ogunlesi", "Adebayo Ogunlesi"),
        ("Emeka Okonkwo", "Chukwuemeka Okonkwo"),
        ("Joãozinho Tavares", "João Tavares"),
        ("Fritz Oberholz", "Friedrich Oberholz"),
        ("Pedrinho Cardoso", "Pedro Cardoso"),
        ("Juanita Peralta", "Juana Peralta"),
        ("Tunde Alakija", "Babatunde Alakija"),
        ("Memo Villalobos", "Guillermo Villalobos"),
        ("Vova Zinchenko", "Volodymyr Zinchenko"),
        ("Gosia Wilczek", "Małgorzata Wilczek"),
        ("Hamoudi Kabbani", "Mohammad Kabbani"),
        ("Memo Aydoğan", "Mehmet Aydoğan"),
        ("Betty Worku", "Bethlehem Worku"),
        ("Gagan Dhillon", "Gagandeep Dhillon"),
        ("Dato Beridze", "Davit Beridze"),
        ("Ibou Diatta", "Ibrahima Diatta"),
        ("Zé Brandão", "José Brandão"),
    ],
    "Ukrainian and Belarusian beside Russian": [
        ("Serhii Koval", "Sergey Koval"),
        ("Volodymyr Hryhorovych Panchuk", "Vladimir Grigorievich Panchuk"),
        ("Aliaksandr Hryhoryavich Dudko", "Alexander Grigorievich Dudko"),
        ("Siarhei Uladzimiravich Karpau", "Sergei Vladimirovich Karpov"),
        ("Olena Zelinska", "Elena Zelinskaya"),
    ],
    "a name cut short by the field it stood in": [
        ("ABDELMALEK BEN YOUSSEF BEN TAHAR DR", "Abdelmalek Ben Youssef Ben Tahar DRIDI"),
        ("Maria Guadalupe Hernandez Villanu", "Maria Guadalupe Hernandez Villanueva"),
    ],
    "names of before and after a marriage": [
        ("Aïssata Traoré épouse Keïta", "Aïssata Traoré"),
        ("Fatoumata Sow née Camara", "Fatoumata Camara"),
        ("Elena Vda de Robles", "Elena Robles"),
    ],
    "what is written on to a name": [
        ("Shafiq Noorzai", "Shafiqullah Noorzai"),
        ("Abdurrochim Santoso", "Abdul Rahim Santoso"),
        ("Abdirashid Warsame", "Abdul Rashid Warsame"),
        ("Nour Eldin Fathi", "نور الدين فتحي"),
        ("Noureddine Essaidi", "نور الدين السعيدي"),
        ("Reza Ghazanfari", "رضا غضنفری"),
    ],
    "titles": [
        ("Doctor Amina Haidari", "Amina Haidari"),
        ("Maulavi Abdul Zahir Stanekzai", "Abdul Zahir Stanekzai"),
        ("Haji Karim Popal", "Karim Popal"),
    ],
    "Han names in foreign spellings": [
        ("陳大文", "Chan Tai Man"),
        ("黃國棟", "Wong Kwok Tung"),
        ("李家明", "Lee Ka-ming"),
        ("金正浩", "Kim Jong Ho"),
        ("金正浩", "김정호"),
        ("林志明", "Lim Zhiming"),
    ],
    "Somali": [
        ("Cabdi Xasan Guuleed", "Abdi Hassan Guled"),
        ("Caasha Maxamed Faarax", "Aisha Mohamed Farah"),
    ],
}
TWO = {
    "a father and his child": [
        ("Karim Hassan Tawil", "Omar Karim Hassan Tawil"),
        ("طارق حسن", "علي طارق حسن"),
        ("Tesfaye Kidane", "Berhane Tesfaye Kidane"),
        ("Tariq Yusuf Tariq Nasr", "Omar Yusuf Tariq Nasr"),
    ],
    "a man and a woman": [
        ("Mario Quispe Flores", "Maria Quispe Flores"),
        ("Dragan Petrov", "Dragana Petrov"),
    ],
    "a name and the name of those who descend from it": [("Karim Hamid", "Karim Hamidi")],
    "syllables that each are a name": [
        ("Kim Song Chol", "Kim Yong Chol"),
        ("Chen Mingfu", "Chen Mingguo"),
        ("陈大文", "Chan Siu Ming"),
    ],
    "short words with other consonants": [
        ("Samir Hani Tawil", "Samir Rafi Tawil"),
        ("Lisa Mercer", "Susan Mercer"),
    ],
    "a title that is a name": [("Said Arif", "Arif Qasemi"), ("An Nguyen", "Binh Nguyen")],
    "two known names with the same consonants": [
        ("Salim Tawil", "Salem Haddad"),
        ("Hassan Tawil", "Hussein Tawil"),
    ],
}


def cases(table):
    return [pytest.param(*pair, id=f"{kind}: {pair[0]}") for kind, pairs in table.items() for pair in pairs]


def found(one, other):
    return compare(analyse(one), analyse(other))


@pytest.mark.parametrize(("one", "other"), cases(TWO))
def test_two_people_are_kept_apart(one, other):
    assert not found(one, other).match
    assert not found(other, one).match


@pytest.mark.parametrize(("one", "other"), cases(ONE))
def test_one_person_is_shown_as_possible(one, other):
    assert found(one, other).match
    assert found(other, one).match


@pytest.mark.parametrize(("filed", "typed"), cases(ONE))
def test_it_is_found_among_others(filed, typed):
    others = [pair[0] for pairs in TWO.values() for pair in pairs]
    index = NameIndex(Party(number, str(analyse(name))) for number, name in enumerate([*others, filed]))
    assert len(others) in [hit.id for hit in index.look_up(analyse(typed))]


def test_the_muhammad_before_a_name_is_left_out_as_often_as_not():
    assert found("Karim Hassan Tawil", "Mohamed Karim Hassan Tawil").match


def test_a_short_name_is_not_taken_for_one_cut_short():
    assert not found("Kim Yong Su", "Kim Yong Sung").match or How.CUT_SHORT not in {
        pair.how for pair in found("Kim Yong Su", "Kim Yong Sung").reasons
    }


def test_a_word_cut_short_says_so():
    [last] = [
        pair for pair in found(*ONE["a name cut short by the field it stood in"][0]).reasons if pair.slips
    ]
    assert last.how is How.CUT_SHORT


def test_a_title_with_two_names_behind_it_is_a_title():
    assert analyse("Said Arif Karimi").parts[0].role is Role.TITLE
    assert analyse("Said Arif").parts[0].role is Role.NAME


def test_a_line_of_the_format_before_is_read_with_the_roles_of_today():
    assert NameAnalysis.read("1 ~said arif") == analyse("Said Arif")
    with pytest.raises(ValueError, match="another format"):
        NameAnalysis.read("0 said arif")


@pytest.mark.parametrize(("language", "share"), [("Somali", 0.9), ("Cantonese", 0.8)])
def test_well_known_people_are_found_in_the_spelling_of_their_own_language(language, share):
    with OWN_SPELLING.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    for filed, typed in (("own", "abroad"), ("abroad", "own")):
        index = NameIndex(Party(number, str(analyse(row[filed]))) for number, row in enumerate(rows))
        asked = [(number, row[typed]) for number, row in enumerate(rows) if row["language"] == language]
        hits = [index.look_up(analyse(name)) for _, name in asked]
        right = sum(
            any(h.id == n and h.comparison.match for h in f) for (n, _), f in zip(asked, hits, strict=True)
        )
        assert len(asked) >= 20
        assert right / len(asked) >= share
