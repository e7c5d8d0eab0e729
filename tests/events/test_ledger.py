import pytest
from django.db import DatabaseError, transaction

from foundation.events.ledger import NotInTransaction, actor_of, record
from foundation.events.models import Delivery, Event


@pytest.fixture(autouse=True)
def listed(listed_events):
    listed_events("accounts.tested")


@pytest.mark.usefixtures("db")
def test_recording_outside_a_transaction_is_refused():
    from foundation.accounts.models import Office

    office = Office.objects.create(slug="x", name="X")
    with pytest.raises(NotInTransaction):
        record("accounts.tested", office, by="system:test")
    assert not Event.objects.exists()


def test_an_event_cannot_be_changed_or_deleted(office):
    with transaction.atomic():
        event = record("accounts.tested", office, by="system:test")
    for attempt in (lambda: Event.objects.update(name="x"), event.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Event.objects.get(pk=event.pk).name == "accounts.tested"


def test_an_event_owes_one_delivery_to_each_listener(make_draft, now):
    from intake.actions import submit_intake

    draft = make_draft()
    submit_intake(draft, at=now)
    deliveries = Delivery.objects.filter(event__subject_id=str(draft.pk))
    assert [delivery.handler for delivery in deliveries] == ["cases.open-case", "intake.tell-received"]


def test_a_rolled_back_action_leaves_no_event(office):
    with pytest.raises(RuntimeError), transaction.atomic():
        record("accounts.tested", office, by="system:test")
        raise RuntimeError
    assert not Event.objects.exists()


def test_an_actor_is_named_by_id_never_by_name(cast):
    assert actor_of(cast.cora) == f"user:{cast.cora.pk}"
    assert actor_of("applicant") == "applicant"
