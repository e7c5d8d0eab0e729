"""Malpractice cover and trainings: said, verified, listed as they run out, asked for where an office does."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.middleware import principal_of
from foundation.accounts.away import say_away
from foundation.database.principal import acting_as
from referrals import actions, panel, training
from referrals.matching import practitioners_for
from referrals.models import PanelRules, Practitioner, Trained, Training
from referrals.panel_queries import panel_rows
from tests.support.people import join


def shown(client, url):
    return " ".join(client.get(url).content.decode().split())


def covered(cast, now, *, until=None):
    panel.change_practitioner(cast.panel, cover="own", cover_until=until, by=cast.ade, at=now)
    panel.verify_cover(cast.panel, by=cast.ines, at=now)
    cast.panel.refresh_from_db()


@pytest.fixture
def referral(triaged, cast, now):
    return actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)


def test_cover_that_nobody_named_or_that_is_none_is_not_verified(cast, now):
    for cover in ("", "none"):
        panel.change_practitioner(cast.panel, cover=cover, by=cast.ade, at=now)
        with pytest.raises(panel.NoCover):
            panel.verify_cover(cast.panel, by=cast.ines, at=now)
    yesterday = cast.office.today(now) - timedelta(days=1)
    panel.change_practitioner(cast.panel, cover="own", cover_until=yesterday, by=cast.ade, at=now)
    with pytest.raises(panel.CoverOver):
        panel.verify_cover(cast.panel, by=cast.ines, at=now)


def test_a_change_of_cover_ends_what_was_verified_of_it_alone(cast, now):
    covered(cast, now)
    panel.change_practitioner(cast.panel, capacity=7, by=cast.ade, at=now)
    assert cast.panel.cover_verified_at
    panel.change_practitioner(cast.panel, cover="firm", by=cast.ade, at=now)
    assert cast.panel.cover_verified_at is None and cast.panel.verified_at
    with acting_as(principal_of(cast.ade)), pytest.raises(ProgrammingError), transaction.atomic():
        Practitioner.objects.filter(pk=cast.panel.pk).update(cover_verified_at=now)


def test_a_supervisor_verifies_cover_and_credentials_from_the_page(client, cast, now):
    panel.change_practitioner(cast.panel, cover="firm", bar_number="77", by=cast.ade, at=now)
    client.force_login(join(cast.office, "sura", "supervisor"))
    assert client.post(reverse("panel:verify-cover", args=[cast.panel.pk])).status_code == 302
    assert client.post(reverse("panel:verify", args=[cast.panel.pk]), {"expires_on": ""}).status_code == 302
    cast.panel.refresh_from_db()
    assert cast.panel.cover_verified_at and cast.panel.verified_at
    assert "Cover verified by Sura" in shown(client, reverse("panel:practitioner", args=[cast.panel.pk]))


@pytest.mark.parametrize(("days", "is_asked"), [(-1, False), (0, True), (1, True)])
def test_run_out_cover_is_a_limit_only_where_the_office_asks(cast, referral, now, days, is_asked):
    """At its last day, one before, one after; without the setting it is shown, and stops nothing."""
    today = cast.office.today(now)
    covered(cast, now)
    Practitioner.objects.filter(pk=cast.panel.pk).update(cover_until=today + timedelta(days=days))
    Practitioner.objects.filter(pk=cast.panel.pk).update(cover_verified_by=cast.ines, cover_verified_at=now)
    assert cast.panel.may_be_asked(on=today)
    training.set_panel_rules(cast.office, needs_cover=True, by=cast.ines, at=now)
    assert cast.panel.may_be_asked(on=today) is is_asked
    (choice,) = practitioners_for(referral.case)
    assert choice.available is is_asked
    if not is_asked:
        with pytest.raises(actions.NotAvailable):
            actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


def test_the_setting_is_an_administrators_and_the_page_says_what_it_does(client, cast, now):
    client.force_login(cast.ines)
    rules, page = reverse("panel:panel-rules"), reverse("panel:trainings")
    assert "does not ask for it" in shown(client, page)
    assert client.post(rules, {"needs_cover": "on"}).status_code == 302
    assert PanelRules.objects.get().needs_cover
    assert "Not covered" in shown(client, reverse("panel:practitioners"))
    client.post(rules, {})
    assert not PanelRules.objects.get().needs_cover
    client.force_login(join(cast.office, "sura", "supervisor"))
    assert client.post(rules, {"needs_cover": "on"}).status_code == 403


def test_what_runs_out_is_listed(client, cast, now):
    today = cast.office.today(now)
    covered(cast, now, until=today + timedelta(days=400))
    client.force_login(cast.ines)
    due = reverse("panel:practitioners") + "?due=soon"
    assert "Nobody." in shown(client, due)
    Practitioner.objects.filter(pk=cast.panel.pk).update(cover_until=today + timedelta(days=60))
    assert "The malpractice cover runs out soon." in shown(client, due)
    Practitioner.objects.filter(pk=cast.panel.pk).update(cover_until=today - timedelta(days=1))
    assert "The malpractice cover has run out." in shown(client, due)


def test_a_queue_offers_to_the_trained_alone(client, cast, referral, now):
    client.force_login(cast.ines)
    assert client.post(reverse("panel:trainings"), {"name": "Trauma"}).status_code == 302
    assert client.post(reverse("panel:trainings"), {"name": "trauma"}).status_code == 409
    listed = Training.objects.get()
    rules = reverse("panel:queue-rules", args=[referral.queue_id])
    assert client.post(rules, {"trainings": listed.pk, "press": "save"}).status_code == 302
    referral.queue.refresh_from_db()
    assert referral.queue.takes == {"trainings": [listed.pk]}
    with pytest.raises(actions.NotTrained):
        actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
    (choice,) = practitioners_for(referral.case)
    assert not choice.available and "lacks a training that the queue asks for" in choice.stops
    note = reverse("panel:note-training", args=[cast.panel.pk])
    ahead = cast.office.today(now) + timedelta(days=1)
    assert client.post(note, {"training": listed.pk, "taken_on": ahead.isoformat()}).status_code == 422
    assert client.post(note, {"training": listed.pk, "taken_on": "2026-01-05"}).status_code == 302
    assert client.post(note, {"training": listed.pk, "taken_on": "2026-01-06"}).status_code == 422
    assert actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


def test_a_training_is_taken_back_and_off_the_list(client, cast, now):
    listed = training.list_training(cast.office, name="Trauma", by=cast.ines, at=now)
    noted = training.note_training(
        cast.panel, training=listed, taken_on=now.date(), by=cast.ines, at=now + timedelta(days=1)
    )
    client.force_login(cast.ade)
    assert "Trauma" in shown(client, reverse("panel:profile"))
    client.force_login(cast.ines)
    client.post(reverse("panel:drop-training", args=[noted.pk]))
    assert Trained.objects.get().dropped_at
    client.post(reverse("panel:end-training", args=[listed.pk]))
    listed.refresh_from_db()
    with pytest.raises(training.TrainingOver):
        training.note_training(cast.panel, training=listed, taken_on=now.date(), by=cast.ines, at=now)
    client.post(reverse("panel:relist-training", args=[listed.pk]))
    assert Training.objects.get().ended_at is None


def test_a_longer_panel_asks_no_more_of_the_database(cast, now):
    """Who is away, what was learned and in which firm: each asked once for all."""
    today = cast.office.today(now)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            panel_rows(cast.office, on=today)
        return len(queries)

    one = asked()
    for name in ("dan", "eve", "flo"):
        user = join(cast.office, name, "attorney")
        Practitioner.objects.create(user=user, office=cast.office)
        say_away(user, starts_on=today, ends_on=today, cover=None, by=cast.ines, at=now)
    assert asked() == one
