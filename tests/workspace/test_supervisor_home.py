"""A supervisor's home: what waits for a second person, for a caseworker, and who holds how much."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions import decline_case
from cases.models import Case
from foundation.accounts.away import say_away
from foundation.accounts.models import Role
from screening.models import Band
from tests.support.people import join
from workspace.home.supervising import supervisor_home


@pytest.fixture
def sura(cast):
    return join(cast.office, "sura", Role.SUPERVISOR)


def test_a_new_office_has_a_quiet_home(client, cast, sura):
    client.force_login(sura)
    html = client.get(reverse("home")).content.decode()
    assert "Nothing waits for you" in html and "Nothing is overdue" in html


def test_it_counts_what_has_no_caseworker_and_what_is_overdue(cast, case, make_case, sura, now):
    make_case()
    Case.objects.filter(pk=case.pk).update(look_by=cast.office.today(now) - timedelta(days=1))
    page = supervisor_home(sura, cast.office, at=now)
    assert (page.unassigned_in_all, page.overdue_in_all) == (2, 1)
    assert [row.reference for row in page.overdue] == [case.reference]
    assert {row.what for row in page.longest} == {"Not triaged"}
    Case.objects.update(caseworker=cast.cora)
    assert supervisor_home(sura, cast.office, at=now).unassigned == []


def test_it_says_who_holds_how_much_and_who_is_away(cast, case, accepted, sura, now):
    Case.objects.update(band=Band.CRITICAL)
    today = cast.office.today(now)
    say_away(cast.ade, starts_on=today, ends_on=today, cover=None, by=cast.ade, at=now)
    loads = {row.name: row for row in supervisor_home(sura, cast.office, at=now).loads}
    assert (loads["Cora"].holds, loads["Cora"].critical) == ("1", "1")
    assert loads["Ade"].holds == "1 / 3" and loads["Ade"].away.startswith("until")
    assert loads["Sura"].holds == "0"


def test_what_waits_for_the_second_person_leads_to_the_case(client, cast, case, sura, now):
    Case.objects.filter(pk=case.pk).update(band=Band.HIGH, legal_hold=True)
    case.refresh_from_db()
    decline_case(case, reason="Another office.", by=cast.cora, at=now)
    client.force_login(sura)
    html = client.get(reverse("home")).content.decode()
    assert case.get_absolute_url() in html and "Decline an urgent case" in html


def test_no_name_of_a_person_stands_on_it(client, cast, case, sura):
    client.force_login(sura)
    html = client.get(reverse("home")).content.decode()
    assert case.reference in html and "Amina" not in html and "Canary" not in html
