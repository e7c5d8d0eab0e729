"""What people write to us: taken once, to their matter, obeyed where it asks for an end, answered."""

import time
from datetime import timedelta
from email.message import EmailMessage
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from foundation.events.models import Event
from intake.models import Wish
from notifications.actions import SafeWays, change_reach, notify_applicant
from notifications.arrivals import LINE, asked_in
from notifications.channels.carrier import NoSuchAddress, NullClient, Outgoing
from notifications.channels.mail import DjangoMail
from notifications.data import keywords
from notifications.inbound_models import Arrival, Reply
from notifications.models import Fate, Message, Reach
from notifications.queries import reach_of
from notifications.work import line
from tests.conftest import opened
from tests.notifications.texting import HOOK, NEW, OLD, say, text, words_of
from tests.support.relay import deliver_due

pytestmark = pytest.mark.usefixtures("gateway_key")


# --- the door -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", [{"secret": b"another"}, {"signed": b"{}"}, {"at": 0}, {"at": int(time.time()) - 400}]
)
def test_what_the_gateway_did_not_sign_just_now_is_not_taken(client, texted, wrong):
    assert say(client, kind="text", id="a", **{"from": OLD, "text": "x", **wrong}).status_code == 403
    assert not Arrival.objects.exists()


def test_what_no_text_can_hold_is_taken_without_it(client, texted):
    """Half a letter at the end of a text that was cut, and NUL bytes, in every part of what is said."""
    assert text(client, "I moved \ud83d\x00", id="a\ud83d\x00").status_code == 204
    assert words_of(Reply.objects.get()) == "I moved ?"
    for about in ("\x00", "\ud83d"):
        said = {"id": about, "about": about, "fate": about}
        assert say(client, kind="report", **said).status_code == 204
    LINE.work_off()
    assert not Arrival.objects.filter(stuck_at__isnull=False).exists()


def test_an_unsigned_request_is_refused_and_one_that_cannot_be_read_has_words(client, office):
    assert client.post(HOOK, b"{}", content_type="application/json").status_code == 403
    for said in ({}, {"kind": "call", "id": "a"}, {"kind": "text", "id": "a"}, {"kind": "report", "id": "a"}):
        assert say(client, **said).status_code == 400
    large = client.post(HOOK, b"x" * 300_000, content_type="application/json")
    assert large.status_code == 413


def test_without_a_key_nothing_is_taken(client, texted, monkeypatch):
    monkeypatch.setattr("notifications.gateway.read_key", lambda name: None)
    assert say(client, kind="text", id="a", **{"from": OLD, "text": "x"}).status_code == 403


def test_a_copy_is_taken_once_also_after_the_first_was_worked_on(client, texted):
    for _copy in range(3):
        assert text(client, "Hello").status_code == 204
    (reply,) = Reply.objects.all()
    assert (words_of(reply), reply.matter_id) == ("Hello", texted.matter_id)
    assert Event.objects.filter(name="notifications.reply_received").count() == 1


def test_what_waits_at_the_door_is_sealed_and_then_empty(client, texted):
    say(client, kind="text", id="a", **{"from": OLD, "text": "Canary-Text"})
    assert "Canary" not in Arrival.objects.get().content
    LINE.work_off()
    assert Arrival.objects.get().content == ""


# --- whose it is ----------------------------------------------------------------------------------


def test_the_caseworker_hears_and_reads_it_beside_its_translation(client, texted, cast):
    text(client, "رقمي تغير", id="b", media=1)
    deliver_due()
    assert Message.objects.filter(kind="person_wrote", user=cast.cora, channel="in_app").count() == 1
    client.force_login(cast.cora)
    page = reverse("workspace:messages", args=[texted.pk])
    shown = client.get(page).content.decode()
    assert "رقمي تغير" in shown and "waits for an answer" in shown and "A picture or a file" in shown
    reply = Reply.objects.get()
    sent = {"translation": "My number changed"}
    assert (
        client.post(reverse("workspace:talk-translate", args=[texted.pk, reply.pk]), sent).status_code == 302
    )
    shown = client.get(page).content.decode()
    assert "رقمي تغير" in shown and "My number changed" in shown


def test_what_nobody_knows_waits_for_a_person_who_puts_it_on_a_case(client, texted, cast):
    text(client, "It is me", sender=NEW)
    deliver_due()
    assert Message.objects.filter(kind="reply_unplaced", user=cast.cora, channel="in_app").exists()
    client.force_login(cast.cora)
    lost = f'href="{reverse("workspace:unplaced")}"'
    assert lost in client.get(reverse("home")).content.decode()
    shown = client.get(reverse("workspace:unplaced")).content.decode()
    assert "It is me" in shown and NEW in shown
    place = reverse("workspace:unplaced-place", args=[Reply.objects.get().pk])
    refused = client.post(place, {"reference": "NONE-SUCH"})
    assert refused.status_code == 422 and "NONE-SUCH" in refused.content.decode()
    assert client.post(place, {"reference": texted.reference.lower()}).status_code == 302
    (reply,) = Reply.objects.all()
    assert (reply.matter_id, words_of(reply)) == (texted.matter_id, "It is me")
    assert client.post(place, {"reference": texted.reference}).status_code == 404
    assert "It is me" not in client.get(reverse("workspace:unplaced")).content.decode()
    assert lost not in client.get(reverse("home")).content.decode()


def test_a_number_of_two_people_is_on_neither_case(client, texted, make_case, cast, now):
    other = make_case()
    change_reach(other.matter, SafeWays(["text"], phone=OLD), by=cast.cora, at=now)
    text(client, "Hello")
    reply = Reply.objects.get()
    assert reply.placed == "several" and reply.matter_id not in (texted.matter_id, other.matter_id)


def test_another_office_reads_nothing_of_it(client, texted, cast):
    text(client, "Hello", sender=NEW)
    client.force_login(cast.otto)
    assert "Hello" not in client.get(reverse("workspace:unplaced")).content.decode()


# --- stop, and not safe ---------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["STOP", " Stop. ", "stop!", "توقف", "إيقاف", "ايقاف", "قِف", "إلغاء"])
def test_an_answer_of_stop_is_obeyed_in_every_language_on_offer(client, texted, word, now):
    text(client, word)
    assert reach_of(texted.matter_id).stopped == "opted_out"
    notify_applicant(texted.applicant_id, matter=texted.matter, kind="news", language="en", at=now)
    post = NullClient()
    line(post).work_off()
    assert "+1" not in "".join(sent.to for sent in post.sent)


def test_every_language_on_offer_has_its_words(settings):
    assert {"stop", "unsafe"} == set(keywords().values())
    for code, _name in settings.LANGUAGES:
        assert any(asked_in(word) == "stop" for word in keywords() if word.isascii() == (code == "en"))


@pytest.mark.parametrize("words", ["Please do not stop", "stop calling my brother", "", "…", "توقفت السيارة"])
def test_a_sentence_with_such_a_word_is_read_by_a_person_instead(client, texted, words):
    text(client, words)
    assert reach_of(texted.matter_id).stopped == "" and Reply.objects.count() == 1


def test_not_safe_stops_at_once_and_is_the_step_of_the_same_day(client, texted):
    text(client, "UNSAFE")
    assert reach_of(texted.matter_id).stopped == "unsafe"
    deliver_due()
    assert Wish.objects.get().kind == "unsafe"


def test_of_a_number_of_two_people_a_stop_counts_for_both(client, texted, make_case, cast, now):
    other = make_case()
    change_reach(other.matter, SafeWays(["text"], phone=OLD), by=cast.cora, at=now)
    text(client, "STOP")
    assert set(Reach.objects.values_list("stopped", flat=True)) == {"opted_out"}


# --- what became of a message ---------------------------------------------------------------------


@pytest.fixture
def gone(texted, now, time_machine):
    """A text that went to Amina by day."""
    Message.objects.all().delete()
    day = now.replace(hour=17) + timedelta(days=1)
    notify_applicant(texted.applicant_id, matter=texted.matter, kind="news", language="en", at=now)
    time_machine.move_to(day)
    line().work_off()
    message = Message.objects.get(channel="text")
    assert message.status == "sent" and message.gateway_key
    return message


def report(client, message, fate, id="r"):
    assert say(client, kind="report", id=id, about=message.gateway_key, fate=fate).status_code == 204
    LINE.work_off()
    message.refresh_from_db()
    return message.fate


def test_what_is_said_first_of_a_message_stays_in_whatever_order_it_comes(client, gone):
    assert report(client, gone, "sending") == ""
    assert report(client, gone, "delivered", id="s") == "delivered"
    assert report(client, gone, "lost", id="t") == "delivered"
    assert not Event.objects.filter(name="notifications.message_returned").exists()


@pytest.mark.parametrize("fate", [fate for fate in Fate.values if fate != "delivered"])
def test_a_number_that_takes_nothing_is_written_to_no_more_and_a_person_asks(
    client, gone, texted, cast, now, fate
):
    report(client, gone, fate)
    deliver_due()
    assert texted.tasks.get().code == "unsent_otherwise"
    notify_applicant(texted.applicant_id, matter=texted.matter, kind="news", language="en", at=now)
    line().work_off()
    assert Message.objects.get(status="suppressed", kind="news").reason == "bounced"
    change_reach(texted.matter, SafeWays(["text"], phone=NEW), by=cast.cora, at=now)
    notify_applicant(texted.applicant_id, matter=texted.matter, kind="news", language="en", at=now)
    assert line().work_off() and Message.objects.filter(channel="text", status="sent").count() == 2


def test_a_report_before_its_message_waits_and_one_of_nobodys_ends(client, office):
    say(client, kind="report", id="r", about="nobody's", fate="lost")
    LINE.work_off()
    assert Arrival.objects.get().error == "NotSentYet"
    for _try in range(LINE.tries):
        Arrival.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now())
        LINE.work_off()
    assert Arrival.objects.get().next_try_at is None


def test_an_address_refused_for_good_is_a_clear_state_and_one_refused_for_now_is_tried_again(
    case, monkeypatch, now
):
    from smtplib import SMTPRecipientsRefused

    from django.core.mail import EmailMessage as DjangoMessage

    def refuse(code):
        def send(self):
            raise SMTPRecipientsRefused({"a@test.example": (code, b"no")})

        monkeypatch.setattr(DjangoMessage, "send", send)

    outgoing = Outgoing("a@test.example", "s", "b", "key", alias=True)
    refuse(550)
    with pytest.raises(NoSuchAddress):
        DjangoMail().send(outgoing)
    refuse(451)
    with pytest.raises(SMTPRecipientsRefused):
        DjangoMail().send(outgoing)
    refuse(550)
    Message.objects.all().delete()
    notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en", at=now)
    line().work_off()
    assert Message.objects.get(channel="email").reason == "bounced"
    assert opened(reach_of(case.matter_id), "terms").terms["dead"] == ["email"]


# --- mails ----------------------------------------------------------------------------------------


def mail_file(folder, *, picture=0, sender="Amina <amina@test.example>"):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"], mail["Subject"] = (
        sender,
        "m@x.example",
        "<1@x>",
        "Re: hello",
    )
    mail.set_content("My number changed\n\n> You have a message\n")
    if picture:
        mail.add_attachment(b"\xff" * picture, maintype="image", subtype="jpeg", filename="a.jpg")
    path = folder / "a.eml"
    path.write_bytes(mail.as_bytes())
    return path


def test_a_mail_is_taken_without_what_it_quotes_and_its_picture_is_said_to_be_left_out(case, tmp_path):
    path = mail_file(tmp_path, picture=10_000_000)
    for _copy in range(2):
        call_command("receive", str(path), stdout=StringIO())
    LINE.work_off()
    (reply,) = Reply.objects.all()
    assert (words_of(reply), reply.left_out, reply.matter_id) == ("My number changed", True, case.matter_id)


def test_a_file_that_is_no_mail_is_named_and_the_others_are_taken(case, tmp_path):
    bad = tmp_path / "bad.eml"
    bad.write_bytes(b"\xff\x00 nothing")
    with pytest.raises(CommandError, match=r"bad\.eml"):
        call_command("receive", str(bad), str(mail_file(tmp_path)))
    assert Arrival.objects.count() == 1
