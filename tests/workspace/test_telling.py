"""Whoever cites a source, asked for a packet or keeps a list hears what became of it, once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.models import Case, CaseAccess
from cases.searches import end_search
from evidence.actions.claims import add_claim_point, cite_passage, withdraw_citation
from evidence.actions.library import add_document
from evidence.models import Citation, Passage
from foundation.events.ledger import record
from notifications.actions import mark_all_read
from notifications.models import Message, Subscription
from packets.actions import begin_packet
from packets.models import Build, BuildStatus
from tests.support.relay import deliver_due
from workspace.queue.telling import new_in_lists, tell_of_lists

TEXT = "Report on shelling\n\n“Hospitals were shelled at night,” said Lena Okoro, director, Ridgeline Watch."


def told(kind):
    rows = Message.objects.filter(kind=kind, channel="in_app").order_by("user__name")
    return [one.user.name for one in rows]


@pytest.fixture
def cited(accepted, cast, now):
    """A source that Ade's case cites."""
    document = add_document(TEXT, capture="paste", by=cast.ade, at=now)
    passage = Passage.objects.filter(snapshot__document=document, kind="quotation").first()
    point = add_claim_point(accepted.case, ground="race", assertion="Shelled.", by=cast.ade, at=now)
    cite_passage(passage, claim_point=point, relation="supports", note="", by=cast.ade, at=now)
    return document


def drift(document, now):
    with transaction.atomic():
        record("evidence.source_drifted", document, by="system:sentinel", at=now, data={"seen": "changed"})
    deliver_due()


def test_whoever_cites_a_source_hears_that_it_changed_and_nobody_else(cited, now):
    drift(cited, now)
    assert told("source_changed") == ["Ade"]
    link = reverse("evidence:document", args=[cited.pk])
    assert Message.objects.filter(kind="source_changed", link=link).exists()


def test_whoever_lost_the_case_hears_nothing(cited, accepted, cast, now):
    for grant in CaseAccess.objects.filter(case=accepted.case, revoked_at=None):
        actions.revoke_access(grant.case_id, user_id=grant.user_id, reason=grant.reason)
    drift(cited, now)
    assert told("source_changed") == []


def test_a_citation_that_was_withdrawn_counts_no_more(cited, cast, now):
    withdraw_citation(Citation.objects.get(), by=cast.ade)
    drift(cited, now)
    assert told("source_changed") == []


@pytest.mark.parametrize(
    ("status", "event", "kind"),
    [
        (BuildStatus.BUILT, "packets.built", "packet_built"),
        (BuildStatus.FAILED, "packets.build_failed", "packet_failed"),
    ],
)
def test_whoever_asked_for_a_packet_hears_what_became_of_it(accepted, cast, now, status, event, kind):
    packet = begin_packet(accepted.case, cover={}, by=cast.ade, at=now)
    columns = packet.matter.columns
    build = Build.objects.create(**columns, packet=packet, asked_by=cast.ade, asked_at=now, next_try_at=now)
    with transaction.atomic():
        Build.LIFE.move(build, status, by="system:packets", event=event, next_try_at=None)
    deliver_due()
    assert told(kind) == ["Ade"]


# --- saved lists ----------------------------------------------------------------------------------


@pytest.fixture
def search(cast, now):
    asked = {"tab": ""}
    return actions.save_search(name="All", asked=asked, is_shared=True, by=cast.cora, at=now)


@pytest.fixture
def comes(make_case, now):
    """Return a function that opens a case so many hours from now."""

    def open_one(hours):
        case, at = make_case(), timezone.now() + timedelta(hours=hours)
        Case.objects.filter(pk=case.pk).update(opened_at=at)
        return at + timedelta(minutes=1)

    return open_one


def press(client, search, user, what="on"):
    client.force_login(user)
    return client.post(reverse("workspace:tell-of-list", args=[search.pk]), {"press": what})


def test_a_subscriber_hears_once_of_new_cases_until_they_have_read_it(client, cast, search, comes, now):
    assert press(client, search, cast.cora).status_code == 302
    assert tell_of_lists(at=now) == 0, "nothing is new"
    first = comes(1)
    assert [tell_of_lists(at=first), tell_of_lists(at=first)] == [1, 0]
    second = comes(2)
    assert tell_of_lists(at=second) == 0, "the first is not read"
    mark_all_read(cast.cora, at=second)
    assert tell_of_lists(at=second) == 1
    assert told("list_grew") == ["Cora", "Cora"]


def test_whoever_did_not_ask_or_asks_no_more_hears_nothing(client, cast, search, comes):
    press(client, search, cast.cora)
    press(client, search, cast.cora, "off")
    assert tell_of_lists(at=comes(1)) == 0
    assert told("list_grew") == []


def test_a_colleague_can_be_told_of_a_list_that_is_shared(client, cast, search, comes):
    press(client, search, cast.ines)
    assert tell_of_lists(at=comes(1)) == 1
    assert told("list_grew") == ["Ines"]


def test_a_list_that_ended_takes_its_subscriptions_along(client, cast, search, now):
    press(client, search, cast.cora)
    end_search(search, by=cast.cora, at=now)
    assert tell_of_lists(at=now) == 0
    assert not Subscription.objects.exists()


def test_the_page_says_of_which_lists_one_is_told(client, cast, search):
    press(client, search, cast.cora)
    page = client.get(reverse("workspace:saved-lists")).text
    assert "Tell me no more" in page and 'value="on"' not in page


def test_the_week_counts_what_is_new_in_ones_own_lists(cast, search, comes, now):
    (line,) = new_in_lists(cast.cora, comes(1))
    assert line.count == 1
    assert list(new_in_lists(cast.ade, now)) == []
