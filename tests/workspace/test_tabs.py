"""The tabs of a case: each has an address, loads what it shows, and asks the database for little."""

import pytest
from django.urls import reverse

from referrals.actions import release_assignment
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


@pytest.mark.parametrize("tab", [name for name, *_ in TABS])
def test_the_address_of_a_case_given_back_says_so_on_every_tab(client, cast, accepted, case, now, tab):
    release_assignment(accepted, by=cast.ade, at=now)
    client.force_login(cast.ade)
    gone = client.get(address(case, tab))
    if tab == "people":  # which is for no attorney
        assert gone.status_code in (403, 404)
        return
    page = gone.content.decode()
    assert gone.status_code == 403 and "You do not hold this case any more" in page
    assert "You held this case until" in page and "Canary" not in page


def test_whoever_never_held_a_case_reads_nothing_of_it(client, cast, case):
    client.force_login(cast.bea)
    unknown = client.get(address(case, "overview"))
    assert unknown.status_code == 404 and "hold" not in unknown.content.decode()
