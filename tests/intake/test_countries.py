"""Countries as the form asks for them: common first, all in the reader's order, several, none, Kosovo."""

import re

import pytest
from django.utils.translation import override

from cases.opening import open_case
from foundation.countries import all_countries, country_name, first_country, sort_key
from intake.data import common_countries
from intake.naming import names_in
from intake.questionnaire.path import BY_KEY
from intake.review import in_words
from tests.support.answers import address_of

PAGE = BY_KEY["citizenship"]


def test_names_are_in_the_order_of_the_readers_alphabet():
    with override("en"):
        english = [name for _code, name in all_countries()]
    assert english.index("Åland Islands") < english.index("Albania") < english.index("Zambia")
    with override("ar"):
        arabic = [name for _code, name in all_countries()]
    assert sorted(arabic, key=sort_key) == arabic != sorted(arabic)
    letters = [sort_key(name)[0][0] for name in arabic]
    assert letters == sorted(letters) and "أ" not in letters


@pytest.mark.parametrize(
    ("before", "after"),
    [("آيسلندا", "بنما"), ("أفغانستان", "باكستان"), ("إثيوبيا", "الأرجنتين"), ("Åland", "Albania")],
)
def test_marks_on_a_letter_do_not_move_it(before, after):
    assert sort_key(before) < sort_key(after)


def test_common_countries_are_known_and_come_first(started):
    codes = {code for code, _name in all_countries()}
    assert len(common_countries()) == len(set(common_countries())) and set(common_countries()) <= codes
    html = started.get(address_of("citizenship")).content.decode()
    tiles = re.findall(r'type="checkbox" name="citizenship" value="(\w+)"', html)
    assert tiles == [*(code for code, _name in all_countries() if code in common_countries()), "none"]
    assert '<option value="XK">Kosovo</option>' in html
    assert f'<option value="{common_countries()[0]}">' not in html


def test_several_are_kept_and_come_back_ticked(started):
    started.post(address_of("citizenship"), {"citizenship": ["SY", "XK"]})
    html = started.get(address_of("citizenship")).content.decode()
    ticked = re.findall(r'name="citizenship" value="(\w+)"\s+id="\w+" checked', html)
    assert ticked == ["XK", "SY"]


def test_no_country_beside_a_country_is_asked_back(started):
    answer = started.post(address_of("citizenship"), {"citizenship": ["none", "SY"]})
    assert answer.status_code == 422
    assert "No country (stateless)" in answer.context["form"].errors["citizenship"][0]


def test_no_country_and_kosovo_can_be_read():
    assert in_words("citizenship", ["XK"]) == "Kosovo" == country_name("XKX")
    assert in_words("citizenship", ["none"]) == "No country (stateless)"
    assert first_country(["none"]) == first_country([]) == ""
    assert first_country(["none", "SY"]) == "SY"


def test_a_stateless_person_has_no_country_where_one_is_compared(make_draft, now):
    from intake.actions import submit_intake

    assert names_in({"family_name": "A", "citizenship": ["none"]})[0].country == ""
    draft = make_draft(citizenship={"citizenship": ["none"]})
    submit_intake(draft, at=now)
    draft.refresh_from_db()
    assert open_case(draft, by="system:test", at=now).country == ""


def test_an_answer_of_the_old_list_still_fits():
    old = PAGE.make_form({"citizenship": ["AX", "SY"]})
    assert old.is_valid() and old.cleaned_data == {"citizenship": ["AX", "SY"]}


def test_states_are_chosen_and_read_by_name(started):
    html = started.get(address_of("home")).content.decode()
    assert '<option value="NY">New York</option>' in html
    assert in_words("state", "NY") == "New York"
