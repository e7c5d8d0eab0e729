"""Nothing goes out by a way, at an hour or in words that its person did not call safe; the rest is a task."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.actions import finish_task
from casework.models import Task
from foundation.events.models import AccessRecord
from intake.forms import NewContact
from intake.ways import safe_ways
from intake.words import WAYS, WRITE_WHEN, ZONES
from notifications.actions import SafeWays, change_reach, change_terms, notify_applicant, stop_reach
from notifications.channels import CARRIERS
from notifications.channels.carrier import NullClient
from notifications.channels.mail import DjangoMail
from notifications.hours import DECENT, PARTS, Terms, next_hour, terms_of
from notifications.kinds import KINDS
from notifications.models import Channel, Message, Stop
from notifications.particulars import add_particulars
from notifications.queries import reach_of
from notifications.reach import Safe, best_of, may_tell, outward
from notifications.rules import told_in
from notifications.work import line
from tests.conftest import opened
from tests.support.relay import deliver_due

NOON = datetime(2027, 7, 1, 16, tzinfo=UTC)  # noon in New York
TEXT = SafeWays(["text"], phone="+12125550142")


@pytest.fixture
def news(case, now):
    """Return what waits for Amina, with nothing else in line."""
    Message.objects.all().delete()
    notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en", at=now)
    return Message.objects.get(channel="email")


def reached_by(case, cast, now, **how):
    change_reach(case.matter, SafeWays(**how), by=cast.cora, at=now)


def send_at(moment, time_machine):
    """Send whatever waits at a moment, and return what left the house."""
    time_machine.move_to(moment, tick=False)
    client = NullClient()
    line(client).work_off(at=moment)
    return client.sent


# --- the rule, over all that can be set -----------------------------------------------------------

WAYS_SAID = st.lists(st.sampled_from(list(WAYS)), unique=True)
TERMS = st.builds(
    Terms,
    parts=st.lists(st.sampled_from(list(PARTS)), unique=True).map(tuple),
    zone=st.sampled_from(["", *ZONES, "Asia/Kathmandu", "Africa/Cairo", "no such clock"]),
    tells=st.lists(st.sampled_from(["text", "email"]), unique=True).map(tuple),
)
MOMENTS = st.integers(0, 700 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


@given(
    ways=WAYS_SAID,
    terms=TERMS,
    stopped=st.sampled_from(["", *Stop.values]),
    kind=st.sampled_from(list(KINDS)),
    has=st.sets(st.sampled_from(["phone", "email"])),
    zone=st.sampled_from(list(ZONES)),
    at=MOMENTS,
)
def test_no_setting_kind_hour_or_zone_lets_out_what_may_not_go(ways, terms, stopped, kind, has, zone, at):
    verdicts = []
    for carrier in outward():
        address = "there" if carrier.address in has else ""
        safe = Safe(ways, address, stopped, terms, zone)
        verdicts.append(may_tell(safe, kind=kind, carrier=carrier, at=at))
    verdict = best_of(verdicts, ways)
    assert sum([bool(verdict.address), bool(verdict.reason), verdict.later is not None]) == 1
    if verdict.reason:
        return
    carrier = CARRIERS[verdict.channel]
    assert KINDS[kind].for_applicants and not stopped
    assert carrier.ways & set(ways) and carrier.address in has
    when = at if verdict.allowed else verdict.later
    assert when >= at
    clock = ZoneInfo(terms.zone if terms.zone in ZONES or "/" in terms.zone else zone)
    hours = {hour for part in terms.parts for hour in PARTS[part]} or (DECENT if carrier.rings else range(24))
    assert when.astimezone(clock).hour in hours
    if verdict.may_say:
        assert carrier.ways & set(terms.tells)


@given(terms=TERMS, at=MOMENTS, zone=st.sampled_from(list(ZONES)), rings=st.booleans())
def test_whoever_waits_for_an_hour_waits_less_than_two_days(terms, at, zone, rings):
    assert next_hour(terms, at, zone=zone, rings=rings) - at < timedelta(days=2)


@pytest.mark.parametrize(
    ("hour", "waits"), [(8, True), (9, False), (19, False), (20, True)], ids=["8", "9", "19", "20"]
)
def test_where_nobody_named_an_hour_a_text_goes_at_a_decent_one_and_mail_at_any(hour, waits):
    at = datetime(2026, 7, 1, hour, 59, tzinfo=ZoneInfo("America/New_York"))
    assert (next_hour(Terms(), at, zone="America/New_York", rings=True) > at) == waits
    assert next_hour(Terms(), at, zone="America/New_York", rings=False) == at


def test_the_hour_is_the_one_where_the_person_lives():
    at = datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("America/New_York"))
    later = next_hour(Terms(zone="America/Los_Angeles"), at, zone="America/New_York", rings=True)
    assert later == datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo("America/Los_Angeles"))


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01"])
def test_a_day_on_which_the_clocks_change_has_its_hours(day):
    at = datetime.fromisoformat(f"{day}T00:10").replace(tzinfo=ZoneInfo("America/New_York"))
    later = next_hour(Terms(("morning",)), at, zone="America/New_York", rings=True)
    assert later.astimezone(ZoneInfo("America/New_York")).isoformat()[:16] == f"{day}T08:00"


def test_what_was_kept_and_is_unknown_now_counts_as_not_said():
    assert terms_of({"parts": ["midnight"], "zone": None}) == Terms() == terms_of(None)


def test_the_parts_of_a_day_that_are_asked_for_are_those_the_rule_knows():
    assert [code for code, _words in WRITE_WHEN] == list(PARTS)


# --- when it is sent ------------------------------------------------------------------------------


def test_a_text_goes_to_whoever_called_texts_safe_and_says_nothing(news, case, cast, now, time_machine):
    reached_by(case, cast, now, ways=["text", "email"], phone="+12125550142", email="a@test.example")
    (sent,) = send_at(NOON, time_machine)
    assert (sent.to, sent.alias) == ("+12125550142", True)
    assert told_in(sent.body) == []
    news.refresh_from_db()
    assert (news.status, news.channel) == ("sent", "text")


def test_a_text_at_night_waits_for_the_morning_and_keeps_all_its_tries(news, case, cast, now, time_machine):
    reached_by(case, cast, now, ways=["text"], phone="+12125550142")
    night = datetime(2027, 7, 2, 3, 30, tzinfo=UTC)
    assert send_at(night, time_machine) == []
    news.refresh_from_db()
    assert (news.status, news.attempts) == ("queued", 0)
    assert news.next_try_at == datetime(2027, 7, 2, 13, tzinfo=UTC)
    assert line().mend_clock(at=night) == 0, "what waits on purpose is not hurried"
    assert send_at(night + timedelta(hours=9), time_machine) == []
    assert len(send_at(news.next_try_at, time_machine)) == 1


def test_what_was_put_off_by_a_clock_that_ran_ahead_goes_once_it_is_set_right(
    news, case, cast, now, time_machine
):
    reached_by(case, cast, now, ways=["text"], phone="+12125550142")
    evening = datetime(2027, 7, 1, 23, 30, tzinfo=UTC)  # 19:30 in New York: a text may ring for half an hour
    assert send_at(evening + timedelta(hours=1), time_machine) == []
    time_machine.move_to(evening, tick=False)
    assert line().mend_clock(at=evening) == 1
    assert len(send_at(evening, time_machine)) == 1
    news.refresh_from_db()
    assert news.status == "sent"


def test_what_is_put_off_anew_once_the_clock_is_right_waits_for_its_hour(news, case, cast, now, time_machine):
    reached_by(case, cast, now, ways=["text"], phone="+12125550142")
    night = datetime(2027, 7, 2, 3, 30, tzinfo=UTC)
    send_at(night + timedelta(hours=1), time_machine)
    time_machine.move_to(night, tick=False)
    assert line().mend_clock(at=night) == 1
    assert send_at(night, time_machine) == []
    assert line().mend_clock(at=night) == 0
    news.refresh_from_db()
    assert (news.next_try_at, news.attempts) == (datetime(2027, 7, 2, 13, tzinfo=UTC), 0)


def test_whoever_named_their_evenings_gets_nothing_at_noon(news, case, cast, now, time_machine):
    reached_by(case, cast, now, ways=["email"], email="a@test.example")
    change_terms(case.matter, parts=["evening"], zone="America/Chicago", tells=[], by=cast.cora, at=now)
    assert send_at(NOON, time_machine) == []
    news.refresh_from_db()
    assert news.next_try_at == datetime(2027, 7, 1, 22, tzinfo=UTC)


def test_not_safe_any_more_holds_for_what_waits_for_its_hour(news, case, cast, now, time_machine):
    reached_by(case, cast, now, ways=["text"], phone="+12125550142")
    send_at(datetime(2027, 7, 2, 3, 30, tzinfo=UTC), time_machine)
    stop_reach(case.matter, why=Stop.UNSAFE, by="applicant", at=now)
    assert send_at(datetime(2027, 7, 2, 13, tzinfo=UTC), time_machine) == []
    news.refresh_from_db()
    assert (news.status, news.reason) == ("suppressed", "stopped")


def test_a_day_or_a_place_goes_only_by_the_way_for_which_they_said_so(
    case, cast, now, time_machine, monkeypatch
):
    from notifications import particulars

    monkeypatch.setattr(particulars, "_particulars", {})
    add_particulars("news", lambda about, at: "Friday 3 July, 10:00")
    for tells, way in itertools.product([(), ("text",), ("email",), ("text", "email")], ["text", "email"]):
        Message.objects.all().delete()
        reached_by(case, cast, now, ways=[way], phone="+12125550142", email="a@test.example")
        change_terms(case.matter, parts=[], zone="", tells=tells, by=cast.cora, at=now)
        who = {"matter": case.matter, "kind": "news", "language": "en", "about": case.pk, "at": now}
        notify_applicant(case.applicant_id, **who)
        (sent,) = send_at(NOON, time_machine)
        assert ("Friday 3 July" in sent.body) == (way in tells), (tells, way)
        assert "Friday" not in sent.subject
        if way in tells:
            assert sent.body.splitlines()[0] == "Friday 3 July, 10:00"


def test_of_what_is_over_nothing_goes_out_and_nobody_is_sent_after_them(
    case, cast, now, time_machine, monkeypatch
):
    from notifications import particulars

    monkeypatch.setattr(particulars, "_particulars", {})
    add_particulars("news", lambda about, at: "")
    Message.objects.all().delete()
    who = {"matter": case.matter, "kind": "news", "language": "en", "about": case.pk, "at": now}
    notify_applicant(case.applicant_id, **who)
    assert send_at(NOON, time_machine) == []
    assert Message.objects.get(channel="email").reason == "late"
    deliver_due()
    assert not Task.objects.exists() and not Message.objects.filter(kind="person_not_told").exists()


def test_a_mail_to_the_person_bears_a_sender_that_says_nothing(news, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    line(DjangoMail()).work_off()
    (written,) = tmp_path.iterdir()
    mail = written.read_text().lower()
    assert "from: messages <messages@" in mail
    assert told_in(mail) == [] and "intake" not in mail


def test_the_file_twin_keeps_one_text_however_often_it_is_sent(case, settings, tmp_path):
    from notifications.channels.carrier import Outgoing
    from notifications.channels.sms import FileGateway

    settings.SMS_PATH = tmp_path / "sms"
    for _copy in range(2):
        FileGateway().send(Outgoing("+12125550142", "", "You have a message", "a-key"))
    (written,) = settings.SMS_PATH.iterdir()
    assert "You have a message" in written.read_text()


def test_an_installation_without_a_gateway_makes_a_task_of_a_text(news, case, cast, now, monkeypatch):
    from dataclasses import replace

    monkeypatch.setitem(CARRIERS, Channel.TEXT, replace(CARRIERS[Channel.TEXT], client=None))
    reached_by(case, cast, now, ways=["text"], phone="+12125550142")
    line(NullClient()).work_off()
    news.refresh_from_db()
    assert (news.status, news.reason) == ("suppressed", "not_safe")


# --- what is left is a task for a person -----------------------------------------------------------


@pytest.mark.parametrize(
    ("ways", "code"),
    [
        (["call"], "unsent_by_call"),
        (["whatsapp", "through"], "unsent_by_call"),
        (["through"], "unsent_through"),
        (["visit"], "unsent_in_person"),
        (["none"], "unsent_in_person"),
        ([], "unsent_otherwise"),
    ],
)
def test_what_may_not_go_is_a_task_once_while_it_is_open(news, case, cast, now, client, ways, code):
    reached_by(case, cast, now, ways=ways, phone="+12125550142")
    line(NullClient()).work_off()
    deliver_due()
    task = Task.objects.get()
    assert (task.code, task.case_id) == (code, case.pk)
    for _again in range(2):
        notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en")
    line(NullClient()).work_off()
    deliver_due()
    assert Task.objects.count() == 1
    client.force_login(cast.cora)
    assert "could not" in client.get(case.get_absolute_url()).content.decode()
    finish_task(task, by=cast.cora, at=now)
    notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en")
    line(NullClient()).work_off()
    deliver_due()
    assert Task.objects.filter(done_at=None).count() == 1


def test_whoever_answered_stop_gets_nothing_until_they_name_another_way(news, case, cast, now):
    stop_reach(case.matter, why=Stop.OPTED_OUT, by="system:messages", at=now)
    line(NullClient()).work_off()
    news.refresh_from_db()
    assert (news.status, news.reason) == ("suppressed", "opted_out")
    deliver_due()
    assert Task.objects.get().code == "unsent_otherwise"
    change_reach(case.matter, SafeWays(["email"], email="new@test.example"), by=cast.cora, at=now)
    assert reach_of(case.matter_id).stopped == ""


def test_nothing_is_opened_of_whoever_stopped(news, case, cast, now):
    stop_reach(case.matter, why=Stop.OPTED_OUT, by="system:messages", at=now)
    line(NullClient()).work_off()
    assert not AccessRecord.objects.filter(purpose="send").exists()


# --- what the form asks and the case shows --------------------------------------------------------


@pytest.mark.parametrize(("may_tell", "tells"), [("", ()), ("no", ()), ("yes", ("text",))])
def test_what_nobody_said_yes_to_is_not_written(may_tell, tells):
    safe = safe_ways({"channels": ["call", "text"], "phone": "+12125550142", "may_tell": may_tell})
    assert terms_of(safe.terms).tells == tells


def test_a_caseworker_notes_when_we_may_write_and_the_page_says_so(client, case, cast):
    client.force_login(cast.cora)
    page = reverse("workspace:messages", args=[case.pk])
    assert "it is the first line" in client.get(page, {"do": "terms"}).content.decode()
    sent = {"parts": ["evening"], "zone": "America/Chicago", "tells": ["text"]}
    assert client.post(reverse("workspace:terms", args=[case.pk]), sent).status_code == 302
    assert opened(reach_of(case.matter_id), "terms").terms == {**sent, "dead": []}
    shown = client.get(page).content.decode()
    assert "Evening, 5 to 9" in shown and "Central time" in shown


def test_who_is_only_called_has_said_nothing_of_messages():
    said = {"channels": ["call"], "phone": "+12125550142", "may_tell": "yes", "write_when": ["evening"]}
    assert terms_of(safe_ways(said).terms) == Terms()


def test_the_question_says_where_a_day_would_stand():
    text = str(NewContact()["may_tell"].help_text)
    assert "first line of a text" in text
