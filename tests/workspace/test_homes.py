"""The homes: what to do now in order, requests, offers; figures and the ledger of an administrator."""

import pytest
from django.urls import reverse

from cases.models import Case
from foundation.accounts.models import Role
from intake.actions import note_wish
from intake.models import Wish
from notifications.inbound_models import Reply
from notifications.talk import settle_reply, write_by_receipt
from screening.models import Band
from tests.support.people import join
from workspace.home.todo import Place, Todo

# What a home asks of the database, the frame and the session among it.
MOST = {"cora": 60, "ines": 40}


def home(client, who):
    client.force_login(who)
    return client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("name", ["cora", "ines"])
def test_a_home_asks_no_more_however_many_cases_there_are(client, cast, make_case, statements, name):
    make_case()
    home(client, getattr(cast, name))
    with statements() as few:
        client.get(reverse("home"))
    for _more in range(3):
        make_case()
    with statements() as many:
        client.get(reverse("home"))
    assert len(many) <= len(few) <= MOST[name], len(few)


def test_who_may_be_harmed_today_stands_first():
    order = [Place.LOOK, Place.NEW, Place.TODAY, Place.CRITICAL]
    lines = sorted((Todo(place, "/x/", "", "", "") for place in order), key=lambda one: one.place)
    assert [one.place for one in lines] == order[::-1]


def test_the_critical_case_stands_above_the_routine_one_and_is_one_press_away(client, cast, make_case):
    routine, critical = make_case(), make_case()
    Case.objects.filter(pk=routine.pk).update(band=Band.ROUTINE)
    Case.objects.filter(pk=critical.pk).update(band=Band.CRITICAL)
    page = home(client, cast.cora)
    first, second = (page.index(f'href="{reverse("case", args=[one.pk])}"') for one in (critical, routine))
    assert first < second


def test_a_case_of_a_colleague_is_not_what_one_does_now(client, cast, case):
    assert reverse("case", args=[case.pk]) in home(client, cast.cora)
    Case.objects.filter(pk=case.pk).update(caseworker=cast.ines)
    assert reverse("case", args=[case.pk]) not in home(client, cast.cora)


def test_whoever_wrote_waits_there_until_they_are_answered(client, cast, case, now):
    address = reverse("workspace:messages", args=[case.pk])
    assert address not in home(client, cast.cora)
    write_by_receipt(case.matter, words="Canary-Words", at=now)
    page = home(client, cast.cora)
    assert address in page and "The person wrote to us" in page and "Canary-Words" not in page
    settle_reply(Reply.objects.get(), by=cast.cora, at=now)
    assert address not in home(client, cast.cora)


def test_what_somebody_asked_for_stands_there_until_it_is_decided(client, cast, case, now):
    assert "Asks for a call" not in home(client, cast.cora)
    wish = note_wish(case.intake, kind=Wish.Kind.CALL, at=now)
    assert "Asks for a call" in home(client, cast.cora)
    Wish.objects.filter(pk=wish.pk).update(status="taken_back", decided_at=now)
    assert "Asks for a call" not in home(client, cast.cora)


def test_an_offer_that_is_out_says_to_whom_and_when_it_runs_out(client, cast, offer):
    page = home(client, cast.cora)
    assert "No offer waits for an answer" not in page and cast.ade.name in page


def test_another_office_sees_nothing_of_it(client, cast, case, now):
    note_wish(case.intake, kind=Wish.Kind.CALL, at=now)
    page = home(client, cast.otto)
    assert case.reference not in page and "Asks for a call" not in page


def test_the_administrator_reads_the_figures_of_the_week_and_of_the_one_before(client, cast, case):
    page = home(client, cast.ines)
    assert "Requests that came in" in page and "The seven before" in page
    assert "Health" in page and reverse("workspace:ledger") in page


def ledger(client, reader, **asked):
    client.force_login(reader)
    return client.get(reverse("workspace:ledger"), asked)


def test_the_ledger_is_narrowed_by_what_by_whom_and_when(client, cast, case, now):
    everything = ledger(client, cast.ines, all="yes").content.decode()
    assert "intake.submitted" in everything and case.reference in everything
    forms = ledger(client, cast.ines, area="cases", all="yes").content.decode()
    assert "intake.submitted" not in forms and "cases." in forms
    assert "Nothing of that kind" in ledger(client, cast.ines, who=f"user:{cast.bea.pk}").content.decode()


def test_an_address_that_the_ledger_does_not_know_says_so(client, cast, case):
    for asked in ({"area": "nonsense"}, {"who": "user:0"}, {"at": "forged"}, {"days": "two"}):
        assert ledger(client, cast.ines, **asked).status_code == 400, asked


def test_the_ledger_is_not_for_caseworkers_nor_of_another_office(client, cast, case):
    assert ledger(client, cast.cora).status_code == 403
    assert case.reference not in ledger(client, cast.otto).content.decode()


def test_a_security_officer_reads_the_ledger_without_a_way_into_cases(client, cast, case):
    answer = ledger(client, join(cast.office, "sekani", Role.SECURITY), all="yes")
    assert answer.status_code == 200 and case.reference not in answer.content.decode()
