"""What a colleague chose of their mail is kept to; what must be answered is never kept from them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.accounts.away import say_away
from notifications.actions import mark_read, notify_user
from notifications.channels.carrier import NullClient
from notifications.data import groups, told_kinds
from notifications.digests import write_digests
from notifications.kinds import KINDS, OF_ONESELF
from notifications.models import Channel, Message, Preference
from notifications.preferences import GROUPS, HalfQuiet, TooQuiet, choosable, choose_mails
from notifications.queries import inbox_of
from notifications.work import line

# A Tuesday; the office of the tests lives in New York, five hours behind.
NOON = datetime(2026, 12, 1, 17, tzinfo=UTC)
PLAIN = {"hows": {}, "quiet_from": None, "quiet_until": None, "zone": "", "wants_week": True}


@pytest.fixture
def choose(cast, now):
    """Return a function that lets Ade choose."""
    Message.objects.all().delete()
    return lambda **chosen: choose_mails(cast.ade, **{**PLAIN, **chosen}, by=cast.ade, at=now)


@pytest.fixture
def mails(time_machine):
    """Return a function that works the line off at a moment and returns all that was mailed so far."""
    client = NullClient()

    def work(at):
        time_machine.move_to(at, tick=False)
        line(client).work_off(at=at)
        return client.sent

    return work


def test_every_kind_for_colleagues_stands_in_one_group_with_words():
    staff = {kind for kind, one in KINDS.items() if not one.for_applicants and not one.carries_link}
    assert set(told_kinds()) == staff
    assert set(GROUPS) == set(groups())


def test_what_must_be_answered_can_be_turned_off_by_nobody(cast, choose, mails):
    choose(hows=dict.fromkeys(groups(), "not"), quiet_from=20, quiet_until=8)
    must = [kind for kind, told in told_kinds().items() if told.group not in choosable()]
    for kind in must:
        notify_user(cast.ade, kind=kind, at=NOON)
    mails(NOON)
    mails(NOON + timedelta(minutes=11))
    assert must and not Message.objects.filter(status="queued").exists()
    assert set(Message.objects.filter(reason="unwanted")) == set()
    assert {"offer_received", "hearing_near", "deadline_near", "way_not_safe", "tries_slowed"} <= set(must)


def test_a_group_that_is_not_mailed_still_stands_in_the_app(cast, choose, mails):
    choose(hows={"colleagues": "not"})
    notify_user(cast.ade, kind="mentioned", at=NOON)
    assert mails(NOON) == []
    assert [one.kind for one in inbox_of(cast.ade)] == ["mentioned"]
    assert Message.objects.get(kind="mentioned", channel="email").reason == "unwanted"


def test_a_group_nobody_knows_and_a_way_nobody_knows_count_as_at_once(choose):
    assert choose(hows={"nothing": "not", "panel": "sometimes", "offers": "not"}).hows == {}


@pytest.mark.parametrize(
    ("hour", "waits_until"), [(3, 13), (12, 13), (13, None), (0, None), (1, 13)], ids=str
)
def test_mail_waits_for_the_end_of_quiet_hours_by_the_colleagues_own_clock(
    cast, choose, mails, hour, waits_until
):
    choose(quiet_from=20, quiet_until=8)  # 1:00 to 13:00 UTC
    at = datetime(2026, 12, 2, hour, 30 if hour != 13 else 0, tzinfo=UTC)
    notify_user(cast.ade, kind="mentioned", at=at)
    assert len(mails(at)) == (waits_until is None)
    if waits_until:
        assert Message.objects.get(channel="email").held_until == at.replace(hour=waits_until, minute=0)
        assert len(mails(at.replace(hour=waits_until, minute=0))) == 1


def test_another_zone_moves_the_quiet_hours(cast, choose, mails):
    choose(quiet_from=20, quiet_until=8, zone="America/Los_Angeles")
    at = datetime(2026, 12, 2, 14, tzinfo=UTC)  # 9:00 in New York, 6:00 in Los Angeles
    notify_user(cast.ade, kind="mentioned", at=at)
    assert mails(at) == []


@pytest.mark.parametrize("kind", ["offer_received", "case_urgent", "tries_slowed", "hearing_unconfirmed"])
def test_what_is_urgent_or_runs_out_goes_in_quiet_hours_too(cast, choose, mails, kind):
    choose(quiet_from=20, quiet_until=8)
    at = datetime(2026, 12, 2, 3, tzinfo=UTC)
    notify_user(cast.ade, kind=kind, at=at)
    assert len(mails(at)) == 1


def test_what_was_read_in_the_app_during_quiet_hours_is_not_mailed_after(cast, choose, mails):
    choose(quiet_from=20, quiet_until=8)
    at = datetime(2026, 12, 2, 3, tzinfo=UTC)
    for kind in ("mentioned", "papers_added"):
        notify_user(cast.ade, kind=kind, at=at)
    assert mails(at) == []
    mark_read(inbox_of(cast.ade).get(kind="mentioned"), at=at)
    (mail,) = mails(at.replace(hour=13))
    assert "mentioned" not in mail.body and "Papers were added" in mail.subject


def test_an_urgent_message_that_was_read_is_not_mailed_but_one_of_the_own_sign_in_is(cast, choose, mails):
    for kind in ("case_urgent", "tries_slowed"):
        notify_user(cast.ade, kind=kind, at=NOON)
    for one in inbox_of(cast.ade):
        mark_read(one, at=NOON)
    (mail,) = mails(NOON)
    assert "sign in as you" in mail.subject
    assert "tries_slowed" in OF_ONESELF


def test_a_cover_hears_what_the_away_colleague_would_however_they_chose_their_own_mail(
    cast, choose, mails, now
):
    choose(hows={"colleagues": "not"})
    today = cast.ade.office.today(NOON)
    say_away(cast.ade, starts_on=today, ends_on=today, cover=cast.bea, by=cast.ade, at=now)
    notify_user(cast.ade, kind="mentioned", at=NOON)
    assert [mail.to for mail in mails(NOON)] == [cast.bea.email]


@pytest.mark.parametrize(
    ("start", "end", "refusal"),
    [(20, None, HalfQuiet), (None, 8, HalfQuiet), (8, 1, TooQuiet), (8, 8, TooQuiet)],
)
def test_quiet_hours_that_leave_no_day_are_refused(choose, start, end, refusal):
    with pytest.raises(refusal):
        choose(quiet_from=start, quiet_until=end)
    assert not Preference.objects.exists()


def test_sixteen_quiet_hours_are_the_most(choose):
    assert choose(quiet_from=16, quiet_until=8).quiet_from == 16


# --- the digest of a day --------------------------------------------------------------------------


@pytest.fixture
def digest(cast, choose, mails):
    """Ade wants what colleagues do in the digest; two such things happened yesterday."""
    choose(hows={"colleagues": "digest", "work": "not"}, wants_week=False)
    for kind in ("mentioned", "papers_added"):
        notify_user(cast.ade, kind=kind, link="/cases/x/", at=NOON)
    assert mails(NOON) == []
    assert set(Message.objects.filter(channel="email").values_list("reason", flat=True)) == {"digest"}
    return NOON + timedelta(hours=20)  # 8:00 the next morning


def test_the_digest_counts_and_names_nothing(cast, digest, mails):
    write_digests(at=digest)
    (mail,) = mails(digest)
    assert "What colleagues did or ask of you: 2" in mail.body and "/inbox/" in mail.body
    assert "mentioned" not in mail.body


def test_two_clocks_write_one_digest_and_the_next_day_counts_anew(digest, mails):
    assert [write_digests(at=digest), write_digests(at=digest)] == [1, 0]
    assert len(mails(digest)) == 1
    tomorrow = digest + timedelta(days=1)
    write_digests(at=tomorrow)
    assert len(mails(tomorrow)) == 1


def test_there_is_no_digest_before_the_morning_nor_on_a_holiday(digest):
    assert write_digests(at=digest - timedelta(minutes=1)) == 0
    assert write_digests(at=datetime(2026, 12, 5, 17, tzinfo=UTC)) == 0


def test_what_was_read_before_the_digest_goes_is_not_in_it(cast, digest, mails):
    write_digests(at=digest)
    for one in inbox_of(cast.ade):
        mark_read(one, at=digest)
    assert mails(digest) == []
    assert Message.objects.get(kind="day_digest").reason == "late"


def test_the_week_begins_to_count_with_the_next_one(cast, now):
    Preference.objects.all().delete()
    write_digests(at=NOON)
    assert set(Preference.objects.values_list("week_told_on", flat=True)) == {date(2026, 12, 1)}
    assert not Message.objects.filter(kind="week_digest").exists()


# --- pages ----------------------------------------------------------------------------------------


def test_the_page_keeps_what_was_chosen_and_shows_it(client, cast):
    client.force_login(cast.cora)
    hows = {f"how_{group}": "digest" for group in choosable()}
    page = client.post("/my/mails/", {**hows, "quiet_from": "21", "quiet_until": "7", "zone": ""})
    assert page.status_code == 302
    kept = Preference.objects.get(user=cast.cora)
    assert set(kept.hows) == set(choosable()) and (kept.quiet_from, kept.wants_week) == (21, False)
    assert 'value="21" selected' in client.get("/my/mails/").text


def test_half_of_quiet_hours_is_answered_in_words_and_nothing_typed_is_lost(client, cast):
    hows = {f"how_{group}": "digest" for group in choosable()}
    client.force_login(cast.cora)
    page = client.post("/my/mails/", {**hows, "quiet_from": "21"})
    assert page.status_code == 422 and str(HalfQuiet.message) in page.text
    assert 'value="21" selected' in page.text


def test_opening_a_message_reads_it_and_goes_where_it_leads(client, cast, now):
    Message.objects.all().delete()
    notify_user(cast.cora, kind="mentioned", link="/queue/", at=now)
    one = inbox_of(cast.cora).get()
    client.force_login(cast.cora)
    assert client.get(f"/inbox/{one.pk}/")["Location"] == "/queue/"
    one.refresh_from_db()
    assert one.read_at and one.channel == Channel.IN_APP
