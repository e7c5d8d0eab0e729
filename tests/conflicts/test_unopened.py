"""A name on file that does not open is compared with nobody: no matter beside it is clear by that."""

import pytest
from django.db import transaction
from django.urls import reverse

from config.middleware import principal_of
from conflicts import actions
from conflicts.models import CheckStatus, ConflictCheck, Party, State
from conflicts.queries import offer_standing, own_unread, standing
from conflicts.worker import Names
from foundation.database.principal import NAMES_WORKER, acting_as
from foundation.refused import Forbidden
from referrals.actions import show_names
from tests.conftest import answer_names
from tests.support.relay import deliver_due

SHUT = "update conflicts_party set line = '\\x01', xid = %s where id = %s"


@pytest.fixture
def shut(make_case, tamper):
    """A matter whose person's name does not open any more."""
    other = make_case(name={"given_names": "Yousef", "family_name": "Rahman"})
    answer_names()
    party = Party.objects.get(matter_id=other.matter_id)
    tamper(SHUT, party.xid, party.pk)
    return party


def fears(case, cast, now, name="Yusuf al-Rahman"):
    actions.add_party(case.matter, role="feared", name=name, by=cast.cora, at=now)
    names = answer_names()
    return names, ConflictCheck.objects.get(matter_id=case.matter_id, kind="added")


def test_a_matter_is_not_clear_beside_a_name_that_does_not_open(case, shut, cast, now):
    names, check = fears(case, cast, now)
    assert len(names.unopened) == 1
    assert (check.status, check.unread, check.unopened) == (CheckStatus.POSSIBLE, 1, 1)
    assert standing(case.matter_id) == State.UNREAD
    actions.decide_unread(check, confirmed=False, reason="Read all files by hand.", by=cast.cora, at=now)
    assert standing(case.matter_id) == State.CLEAR


def test_a_name_whose_matter_has_no_key_is_one_that_does_not_open(case, shut, cast, now, tamper):
    tamper("delete from keys.case_key_wrap where file_id = %s", shut.matter_id)
    _names, check = fears(case, cast, now)
    assert check.unopened == 1
    assert standing(case.matter_id) == State.UNREAD


def test_what_was_looked_for_is_looked_for_again_once_more_names_do_not_open(
    case, shut, make_case, cast, now, tamper
):
    _names, check = fears(case, cast, now)
    actions.decide_unread(check, confirmed=False, reason="Looked.", by=cast.cora, at=now)
    actions.check_again(case.matter, kind="demand", by=cast.cora, at=now)
    answer_names()
    waits = ConflictCheck.objects.filter(matter_id=case.matter_id, status=CheckStatus.POSSIBLE)
    assert waits.get().unread == 1  # the applicant's own name, which nobody looked for yet
    actions.decide_unread(waits.get(), confirmed=False, reason="Looked.", by=cast.cora, at=now)
    actions.check_again(case.matter, kind="demand", by=cast.cora, at=now)
    answer_names()
    assert standing(case.matter_id) == State.CLEAR
    third = Party.objects.get(matter_id=make_case(name={"given_names": "Olga"}).matter_id)
    tamper(SHUT, third.xid, third.pk)
    actions.check_again(case.matter, kind="demand", by=cast.cora, at=now)
    answer_names()
    assert standing(case.matter_id) == State.UNREAD


def test_a_name_that_opens_again_or_is_gone_keeps_nobody_from_clear(case, shut, make_case, cast, now, tamper):
    with acting_as(NAMES_WORKER):
        names = Names()
        names.load()
        assert len(names.unopened) == 1
    actions.write_parties(
        shut.matter,
        [actions.Named("applicant", "applicant", "Yousef Rahman")],
        by_applicant=True,
        live=True,
        at=now,
    )
    with acting_as(NAMES_WORKER), transaction.atomic():
        names.follow()
    assert names.unopened == {}
    tamper(SHUT, shut.xid + 1_000_000, shut.pk)  # written again, unreadable: what was known of it is let go
    with acting_as(NAMES_WORKER), transaction.atomic():
        names.follow()
        held = len(names)
        names.follow()
    assert len(names.unopened) == 1 and shut.number not in names.where and len(names) == held
    tamper("delete from conflicts_party where id = %s", shut.pk)
    _names, check = fears(case, cast, now)
    assert (check.status, check.unopened) == (CheckStatus.CLEAR, 0)


def test_another_office_is_not_held_up(shut, cast, now):
    with acting_as(principal_of(cast.otto)), transaction.atomic():
        actions.note_board(["Wilhelmina Oosterhuis"], by=cast.otto, at=now)
    answer_names()
    check = ConflictCheck.objects.get(office=cast.other, kind="added")
    assert (check.status, check.unopened) == (CheckStatus.CLEAR, 0)


def test_an_administrator_sees_that_not_all_names_are_compared_and_the_log_says_which_once(
    client, case, shut, cast, caplog
):
    names = Names()
    with acting_as(NAMES_WORKER):
        names.load()
        with transaction.atomic():
            names.follow()
        names.tell()
    assert [record.getMessage() for record in caplog.records if record.name == "conflicts.memory"] == [
        f"name not opened party={shut.number} matter={shut.matter_id}"
    ]
    client.force_login(cast.ines)
    page = client.get(reverse("home")).content.decode()
    assert "1 could not be opened" in page and "Not complete" in page


def test_staff_read_why_nothing_is_clear(client, case, shut, cast, now):
    fears(case, cast, now)
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:conflicts")).content.decode()
    assert "1 name on file could not be opened" in page and "decide" in page
    asked = client.post(reverse("workspace:search"), {"q": "Wilhelmina Oosterhuis"})
    answer_names()
    assert "1 name on file could not be opened and was not searched" in client.get(asked.url).content.decode()


def test_a_practitioner_decides_about_a_name_on_their_own_list_that_does_not_open(
    client, offer, cast, now, tamper
):
    actions.keep_own_list(["Ivan Petrov"], by=cast.ade, at=now)
    party = Party.objects.get(user=cast.ade)
    tamper(SHUT, party.xid, party.pk)
    deliver_due()
    answer_names()
    assert offer_standing(offer.matter_id, user=cast.ade) == "possible"
    assert standing(offer.matter_id) == State.CLEAR  # nobody else hears of a list
    check = own_unread(offer.matter_id, user=cast.ade)
    for user in (cast.cora, cast.bea):
        with pytest.raises(Forbidden):
            actions.decide_unread(check, confirmed=False, reason="x", by=user, at=now)
    client.force_login(cast.ade)
    show_names(offer, by=cast.ade, at=now)
    decide = reverse("workspace:check-decide", args=[check.pk])
    assert client.post(decide, {"confirmed": "no", "reason": ""}).status_code == 302
    assert offer_standing(offer.matter_id, user=cast.ade) == "possible"
    assert (
        "could not be opened"
        in client.get(reverse("referrals:offer-detail", args=[offer.pk])).content.decode()
    )
    client.post(decide, {"confirmed": "no", "reason": "I know whom I wrote down."})
    assert offer_standing(offer.matter_id, user=cast.ade) == "clear"
