"""A summary that leaves the house tells nobody who it is."""

import pytest

from referrals.anonymous import telling_parts

NAMES = ["Amina Canary-Surname", "José García", "أمينة", "王小明", "Li de la O"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An adult from Syria needs a lawyer by 3 May 2027.", []),
        ("Ask AMINA's sister.", ["AMINA"]),
        ("Mr. Canary is the father", ["Canary"]),
        ("Jose needs help", ["Jose"]),
        ("GARCÍA, Jose", ["GARCÍA", "Jose"]),
        ("A famine, an animal", []),
        ("سألت وأمينة عن ذلك", ["وأمينة"]),
        ("她叫王小明吗", ["她叫王小明吗"]),
        ("She has been here de facto since May", []),
        ("Call (212) 555-0142 first", ["212) 555-0142"]),
        ("A-number A 200 000 142", ["200 000 142"]),
        ("The hearing is on 2027-05-03 at 9", []),
        ("write to amina@site.example", ["amina", "amina@site.example"]),
        ("5 children, 12 years, 2019 to 2023", []),
        ("", []),
    ],
)
def test_names_numbers_and_addresses_are_found(text, found):
    assert telling_parts(text, NAMES) == found
