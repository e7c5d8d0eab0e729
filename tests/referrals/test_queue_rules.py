"""Which cases a queue is for: previewed before it is kept, advice to who refers, and not known is no No."""

from dataclasses import replace

import pytest
from django.urls import reverse

from foundation.events.models import Event
from foundation.refused import Forbidden
from referrals.models import Queue
from referrals.panel import open_queue, set_queue_rules
from referrals.queue_queries import preview_of, queues_for
from referrals.rules import Need, QueueTakes, queue_fit

NEED = Need("ara", "SY", "affirmative", state="NY", is_held=False, band="HIGH", is_child=False)


@pytest.mark.parametrize(
    ("takes", "need", "misses", "unknown"),
    [
        ({}, NEED, [], []),
        (
            {"states": ["NY"], "languages": ["ara"], "tracks": ["affirmative"], "bands": ["HIGH"]},
            NEED,
            [],
            [],
        ),
        ({"states": ["NJ"]}, NEED, ["states"], []),
        ({"states": ["NJ"]}, replace(NEED, state=""), [], ["states"]),
        ({"languages": ["spa"]}, replace(NEED, language=""), [], ["languages"]),
        ({"tracks": ["defensive"]}, replace(NEED, track="unknown"), [], ["tracks"]),
        ({"children": "only"}, replace(NEED, is_child=None), [], ["children"]),
        ({"children": "none"}, replace(NEED, is_child=None), [], ["children"]),
        ({"languages": ["spa"]}, NEED, ["languages"], []),
        ({"tracks": ["defensive"]}, NEED, ["tracks"], []),
        ({"bands": ["CRITICAL"]}, NEED, ["bands"], []),
        ({"held": "only"}, NEED, ["held"], []),
        ({"held": "none"}, NEED, [], []),
        ({"children": "only"}, NEED, ["children"], []),
        ({"children": "none"}, NEED, [], []),
    ],
)
def test_a_case_fits_what_a_queue_asks_for(takes, need, misses, unknown):
    fit = queue_fit(QueueTakes(**takes), need)
    assert (fit.misses, fit.unknown, fit.fits) == (misses, unknown, not misses)


def test_rules_are_on_record_with_what_they_were(cast, now):
    queue = cast.office.queues.get()
    set_queue_rules(queue, takes={"held": "only"}, by=cast.ines, at=now)
    set_queue_rules(queue, takes={"held": "only"}, by=cast.ines, at=now)
    event = Event.objects.get(name="referrals.queue_rules_set")
    assert event.data == {"before": {}, "after": {"held": "only"}}
    for other in (cast.cora, cast.ade):
        with pytest.raises(Forbidden):
            set_queue_rules(queue, takes={}, by=other, at=now)


def test_the_preview_shows_who_would_stand_in_it_and_says_so_where_nobody_would(client, case, cast):
    client.force_login(cast.ines)
    page = reverse("panel:queue-rules", args=[cast.office.queues.get().pk])
    everyone = client.get(page).content.decode()
    assert case.reference in everyone and "1 of 1 cases" in everyone
    nobody = client.post(page, {"press": "preview", "bands": ["CRITICAL"]}).content.decode()
    assert case.reference not in nobody and "Nobody: no case that waits fits this." in nobody
    assert Queue.objects.get(office=cast.office).takes == {}
    assert client.post(page, {"press": "save", "held": "none", "states": ["NY"]}).status_code == 302
    assert Queue.objects.get(office=cast.office).takes == {"held": "none", "states": ["NY"]}
    assert client.post(page, {"press": "save", "held": "perhaps"}).status_code == 422


def test_a_preview_reads_no_more_than_it_goes_through(case, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):
        assert preview_of({"held": "none"}, user=cast.ines, on=cast.office.today(case.opened_at)).of == 1


def test_who_refers_a_case_sees_the_queues_it_fits_first_and_may_choose_another(client, triaged, cast, now):
    set_queue_rules(cast.office.queues.get(), takes={"bands": ["CRITICAL"]}, by=cast.ines, at=now)
    other = open_queue(cast.office, name="Whatever comes", by=cast.ines, at=now)
    first, second = queues_for(triaged, on=cast.office.today(now))
    assert first.queue == other and not first.words
    assert not second.fits and "another urgency" in second.words
    client.force_login(cast.cora)
    words = client.get(reverse("case", args=[triaged.pk])).content.decode()
    assert "does not fit: another urgency" in words
    sent = client.post(reverse("workspace:refer", args=[triaged.pk]), {"queue": second.queue.pk})
    assert sent.status_code == 302 and triaged.referrals.get().queue == second.queue
