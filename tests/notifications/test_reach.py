"""Who may be told what by which way is asked when a message is sent, not when it was written."""

import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import actions as cases
from config.middleware import principal_of
from foundation.events.models import Event
from foundation.vault.fields import sealed_fields
from intake.actions import note_wish
from intake.models import Intake
from intake.words import WAYS
from notifications.actions import (
    SafeWays,
    change_reach,
    notify_applicant,
    notify_invited,
    notify_user,
    set_reach,
    stop_reach,
)
from notifications.channels import CARRIERS
from notifications.channels.carrier import NullClient
from notifications.kinds import KINDS
from notifications.models import Channel, Message, Reach, Stop
from notifications.queries import reach_of
from notifications.reach import Safe, may_tell
from notifications.work import line
from tests.abuse.test_rows import As
from tests.conftest import opened
from tests.support.relay import deliver_due

MAIL = CARRIERS[Channel.EMAIL]


def send_all(client=None):
    """Send whatever waits, and return whom it went to."""
    client = client or NullClient()
    line(client).work_off(at=timezone.now() + timedelta(seconds=1))
    return [sent.to for sent in client.sent]


@pytest.fixture
def news(case, now):
    """Return a mail to Amina that waits, with nothing else in line."""
    Message.objects.all().delete()
    notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en", at=now)
    return Message.objects.get(channel="email")


def outcome(message):
    message.refresh_from_db()
    return message.status, message.reason, message.next_try_at, message.attempts, message.error


def suppressed(reason):
    return "suppressed", reason, None, 1, ""


def decide(case, kind, by, now, **value):
    wish = note_wish(Intake.objects.get(pk=case.intake_id), kind=kind, value=value, at=now)
    cases.decide_wish(case, wish_id=wish.pk, confirmed=True, how="in_person", by=by, at=now)


# --- at the moment of sending ---------------------------------------------------------------------


def test_a_mail_goes_to_the_address_that_is_safe(news):
    assert send_all() == ["amina@test.example"]
    assert outcome(news)[:2] == ("sent", "")


def test_a_new_contact_is_obeyed_by_what_waits(news, case, cast, now):
    decide(case, "contact", cast.cora, now, channels=["email"], email="new@test.example")
    assert "amina@test.example" not in (told := send_all()) and "new@test.example" in told


def test_whoever_no_longer_calls_mail_safe_gets_none(news, case, cast, now):
    decide(case, "contact", cast.cora, now, channels=["call"], phone="+12125550142")
    assert not {"amina@test.example", ""} & set(send_all())
    assert outcome(news) == suppressed("by_call")


def test_whoever_withdrew_gets_nothing_and_nobody_is_sent_after_them(news, case, cast, client, now):
    decide(case, "withdraw", cast.cora, now)
    assert "amina@test.example" not in send_all()
    assert outcome(news) == suppressed("stopped")
    deliver_due()
    assert Event.objects.get(name="cases.person_not_told").data == {"reason": "stopped"}
    assert not Message.objects.filter(kind="person_not_told").exists()
    client.force_login(cast.cora)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Nothing is sent" in page and "They do not want our help any more" in page


def test_whoever_asked_for_deletion_gets_nothing_before_it_is_done(news, case, cast, now):
    decide(case, "delete", cast.cora, now)
    assert "amina@test.example" not in send_all()
    assert outcome(news) == suppressed("stopped")


def test_a_stop_outlives_a_new_contact(news, case, cast, now):
    stop_reach(case.matter, why=Stop.WITHDRAWN, by=cast.cora, at=now)
    change_reach(case.matter, SafeWays(["email"], email="new@test.example"), by=cast.cora, at=now)
    assert send_all() == []
    assert outcome(news) == suppressed("stopped")


def test_who_is_stopped_is_not_opened(news, case, cast, now):
    from foundation.events.models import AccessRecord

    stop_reach(case.matter, why=Stop.WITHDRAWN, by=cast.cora, at=now)
    send_all()
    assert not AccessRecord.objects.filter(purpose="send").exists()


def test_without_a_row_nothing_goes_out(news, case):
    Reach.objects.all().delete()
    assert send_all() == []
    assert outcome(news) == suppressed("no_way")


def test_what_could_not_be_sent_obeys_a_change_before_the_next_try(news, case, cast, now):
    class Broken:
        def send(self, outgoing):
            raise ConnectionRefusedError

    line(Broken()).work_off(at=now)
    assert outcome(news)[0] == "queued"
    change_reach(case.matter, SafeWays(["call"]), by=cast.cora, at=now)
    post = NullClient()
    line(post).work_off(at=now + timedelta(hours=1))
    assert post.sent == []
    news.refresh_from_db()
    assert (news.status, news.reason) == ("suppressed", "by_call")


def test_what_was_not_sent_is_on_the_case_and_its_caseworkers_hear_of_it(news, case, cast, client, now):
    change_reach(case.matter, SafeWays(["call"]), by=cast.cora, at=now)
    send_all()
    deliver_due()
    assert Event.objects.get(name="notifications.message_suppressed").data["reason"] == "by_call"
    told = Message.objects.filter(kind="person_not_told", channel="in_app")
    assert set(told.values_list("user__name", flat=True)) == {"Cora"}
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:history", args=[case.pk])).content.decode()
    assert "A message to the person was not sent: They want a call: a person has to call." in page


def test_the_page_they_come_back_to_says_so_whatever_way_is_safe(news, case):
    assert Message.objects.get(channel="in_app").status == "sent"


# --- colleagues and the invited -------------------------------------------------------------------


def test_what_a_person_called_safe_changes_nothing_for_colleagues(case, cast, now):
    stop_reach(case.matter, why=Stop.WITHDRAWN, by=cast.cora, at=now)
    Message.objects.all().delete()
    notify_user(cast.ade, kind="offer_received", at=now)
    assert send_all() == ["ade@test.example"]


def test_a_colleague_is_mailed_where_they_are_now(cast, now):
    notify_user(cast.ade, kind="offer_received", at=now)
    cast.ade.email = "ade.new@test.example"
    cast.ade.save()
    assert send_all() == ["ade.new@test.example"]


def test_who_was_shut_out_meanwhile_is_not_mailed_and_no_case_notes_it(case, cast, now):
    Message.objects.all().delete()
    notify_user(cast.ade, kind="offer_received", at=now)
    type(cast.ade).objects.filter(pk=cast.ade.pk).update(is_active=False)
    assert send_all() == []
    assert outcome(Message.objects.get(channel="email")) == suppressed("left")
    deliver_due()
    assert not Event.objects.filter(name="cases.person_not_told").exists()


@pytest.mark.parametrize("over", ["accepted_at", "expires_at"])
def test_an_invitation_that_is_over_meanwhile_is_not_mailed(cast, over):
    from foundation.accounts.actions import invite_person

    now = timezone.now()
    whom = {"name": "Zeynep", "email": "zeynep@test.example", "roles": ["caseworker"]}
    invitation = invite_person(office=cast.office, **whom, by=cast.ines, at=now)
    notify_invited(invitation)
    type(invitation).objects.filter(pk=invitation.pk).update(**{over: now})
    assert send_all() == []
    assert outcome(Message.objects.get(invitation=invitation)) == suppressed("late")


# --- the rule -------------------------------------------------------------------------------------

SAFE = Safe(ways=["call", "email"], address="amina@test.example")


def test_only_what_is_written_for_people_seeking_help_goes_to_them():
    allowed = {kind for kind in KINDS if may_tell(SAFE, kind=kind, carrier=MAIL).allowed}
    assert allowed == {
        *("news", "papers_asked", "posted", "appointment_soon", "hearing_soon"),
        *("received", "went_on", "ended"),
    }


@pytest.mark.parametrize("ways", [c for n in range(3) for c in itertools.combinations(WAYS, n)])
def test_mail_needs_that_mail_was_called_safe(ways):
    verdict = may_tell(Safe(ways, "a@test.example"), kind="news", carrier=MAIL)
    assert verdict.allowed == ("email" in ways) == bool(verdict.address)


@pytest.mark.parametrize(
    ("safe", "reason"),
    [
        (None, "no_way"),
        (Safe(["email"], "a@test.example", "withdrawn"), "stopped"),
        (Safe([], "a@test.example"), "not_safe"),
        (Safe(["email"], ""), "no_address"),
    ],
)
def test_what_may_not_go_has_a_reason_and_no_address(safe, reason):
    verdict = may_tell(safe, kind="news", carrier=MAIL)
    assert (verdict.reason, verdict.address) == (reason, "")


# --- the row --------------------------------------------------------------------------------------


def test_a_matter_has_one_row(case, cast, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        set_reach(case.matter, SafeWays(["email"]), by=cast.cora, at=now)


def test_a_number_that_no_way_uses_is_not_kept(make_case):
    case = make_case(reach={"channels": ["none"], "email": "old@test.example"})
    reach = reach_of(case.matter_id)
    assert (opened(reach).ways, opened(reach).email, reach.email_index) == (["none"], "", None)


def test_an_applicant_writes_their_row_and_reads_none(case):
    from foundation.database.principal import applicant

    with As(applicant(case.matter_id)), pytest.raises(Exception, match="permission denied"):
        reach_of(case.matter_id)


def test_a_stop_by_a_caseworker_of_another_office_reaches_nobody(case, cast, now):
    with As(principal_of(cast.otto)):
        stop_reach(case.matter, why=Stop.WITHDRAWN, by=cast.otto, at=now)
    assert reach_of(case.matter_id).stopped == ""


def test_what_was_sealed_while_intake_kept_it_still_opens(case):
    reach = reach_of(case.matter_id)
    places = {name: field.place(reach).decode() for name, field in sealed_fields(Reach).items()}
    start = f"{case.matter_id}|intake_safecontact."
    columns = {name: name for name in places} | {"ways": "channels", "hours": "safe_times"}
    assert places == {name: f"{start}{column}|{reach.pk}" for name, column in columns.items()}
