"""The tabs of a case: each has an address, loads what it shows, and asks the database for little."""

import pytest
from django.urls import reverse

from workspace.strip import TABS

ROLES = ["cora", "ade", "ines"]
OVERVIEW, TAB = 20, 12


def address(case, name):
    return reverse(next(view for tab, _w, view, _r in TABS if tab == name), args=[case.pk])


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("tab", [name for name, *_ in TABS])
def test_a_tab_asks_the_database_for_little(client, cast, accepted, case, statements, who, tab):
    client.force_login(getattr(cast, who))
    client.get(address(case, tab))
    with statements() as asked:
        answer = client.get(address(case, tab))
    if who == "ade" and tab == "people":
        assert answer.status_code == 404
        return
    assert answer.status_code == 200
    assert sum("INSERT INTO events_accessrecord" in sql for sql in asked) == 1
    assert len(asked) <= (OVERVIEW if tab == "overview" else TAB)
