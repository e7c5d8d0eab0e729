"""Texts through Twilio: sent with the account's key, read where it signed them, deleted there afterwards."""

from urllib.parse import urlencode

import pytest

from config import checks
from foundation.work.words import ERRORS, OTHER, error_words, to_do_words
from notifications.actions import SafeWays, change_reach, notify_applicant
from notifications.arrivals import LINE
from notifications.channels import CARRIERS, sms, twilio
from notifications.channels.carrier import Forgetful, NoSuchAddress, Outgoing
from notifications.channels.twilio import GatewayRefused, Twilio, TwilioHook, signed
from notifications.gateway import BadBody, BadSignature
from notifications.inbound_models import Arrival, Reply
from notifications.models import Message
from notifications.reach import outward
from notifications.work import line
from tests.notifications.texting import HOOK, OLD, words_of
from tests.notifications.twilio_twin import ACCOUNT, CUT, TOKEN, twin

SITE = "https://help.test.example"
TEXT = Outgoing(to=OLD, subject="news", body="You have a message.", key="7", alias=True)
NAME = "SM" + "a" * 32


@pytest.fixture
def gateway(settings, monkeypatch):
    """Twilio's twin, with the settings and the key that an office would have."""
    monkeypatch.setattr(twilio, "read_key", lambda name: TOKEN if name == twilio.TOKEN else None)
    settings.SMS_ACCOUNT, settings.SMS_SENDER, settings.SITE_URL = ACCOUNT, "+12125550100", SITE
    settings.SMS_HOOK = "notifications.channels.twilio.TwilioHook"
    settings.EMAIL_TIMEOUT = 2
    with twin() as server:
        settings.SMS_URL = server.url
        yield server


def said_by(client, token=TOKEN, **fields):
    """Send what Twilio says, signed as it would be."""
    header = signed(token, SITE + HOOK, list(fields.items()))
    kind = "application/x-www-form-urlencoded"
    return client.post(HOOK, urlencode(fields), content_type=kind, headers={"X-Twilio-Signature": header})


# --- what goes out --------------------------------------------------------------------------------


def test_a_text_goes_with_the_sender_and_the_address_for_reports(gateway):
    name = Twilio().send(TEXT)
    kept = gateway.texts[name]
    assert kept == {"To": OLD, "Body": TEXT.body, "From": "+12125550100", "StatusCallback": SITE + HOOK}


def test_the_gateway_of_the_settings_carries_texts_and_can_delete(settings):
    settings.SMS_GATEWAY = "notifications.channels.twilio.Twilio"
    assert isinstance(sms._gateway(), Twilio) and isinstance(sms._gateway(), Forgetful)


def test_a_messaging_service_chooses_the_number_itself(gateway, settings):
    settings.SMS_SENDER = "MG" + "2" * 32
    kept = gateway.texts[Twilio().send(TEXT)]
    assert kept["MessagingServiceSid"] == settings.SMS_SENDER and "From" not in kept


@pytest.mark.parametrize("code", sorted(twilio.DEAD))
def test_a_number_that_takes_no_texts_is_not_tried_again(gateway, code):
    gateway.answers = [(400, code)]
    with pytest.raises(NoSuchAddress):
        Twilio().send(TEXT)


@pytest.mark.parametrize("status", [429, 500, 503, CUT])
def test_a_gateway_that_is_busy_or_dies_is_asked_again_later(gateway, status):
    gateway.answers = [(status, 0)]
    with pytest.raises(ConnectionError):
        Twilio().send(TEXT)
    assert Twilio().send(TEXT)


def test_a_gateway_that_is_not_there_is_asked_again_later(gateway, settings):
    settings.SMS_URL = "http://127.0.0.1:1"
    with pytest.raises(ConnectionError):
        Twilio().send(TEXT)


def test_a_gateway_that_does_not_let_us_in_has_words(gateway, settings, monkeypatch):
    settings.SMS_ACCOUNT = "AC" + "9" * 32
    with pytest.raises(GatewayRefused):
        Twilio().send(TEXT)
    monkeypatch.setattr(twilio, "read_key", lambda name: None)
    with pytest.raises(GatewayRefused):
        Twilio().send(TEXT)
    assert GatewayRefused.__name__ in ERRORS
    assert error_words("GatewayRefused") != str(OTHER) and "account" in to_do_words("GatewayRefused")


def test_a_refusal_with_a_code_nobody_knows_is_no_dead_number(gateway):
    gateway.answers = [(400, 99999)]
    with pytest.raises(GatewayRefused):
        Twilio().send(TEXT)


def test_a_text_waits_while_the_gateway_fails_and_goes_once(case, cast, now, gateway, time_machine):
    time_machine.move_to(now.replace(hour=16), tick=False)  # noon in New York
    Message.objects.all().delete()
    change_reach(case.matter, SafeWays(["text"], phone=OLD), by=cast.cora, at=now)
    notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en", at=now)
    gateway.answers = [(503, 0)]
    line(Twilio()).work_off()
    message = Message.objects.get(channel="email")
    assert (message.status, message.error) == ("queued", "ConnectionError")
    line(Twilio()).work_off(at=message.next_try_at)
    message.refresh_from_db()
    assert message.status == "sent" and message.gateway_key in gateway.texts
    assert outward()[0].channel == "text"


# --- what comes in --------------------------------------------------------------------------------


def test_the_signature_is_that_of_twilios_own_example():
    fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+12349013030", "Digits": "1234"}
    fields |= {"From": "+12349013030", "To": "+18005551212"}
    address = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signed(b"12345", address, list(fields.items())) == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


def test_what_twilio_did_not_sign_is_refused_before_it_is_read(client, office, gateway, monkeypatch):
    fields = {"MessageSid": NAME, "From": OLD, "Body": "hello"}
    assert said_by(client, token=b"another", **fields).status_code == 403
    kind = "application/x-www-form-urlencoded"
    assert client.post(HOOK, urlencode(fields), content_type=kind).status_code == 403
    good = signed(TOKEN, SITE + HOOK, list(fields.items()))
    changed = urlencode({**fields, "Body": "STOP"})
    answer = client.post(HOOK, changed, content_type=kind, headers={"X-Twilio-Signature": good})
    assert answer.status_code == 403
    for body in (b"\xff\xfe", b"&".join(b"a%d=1" % n for n in range(200))):
        with pytest.raises(BadSignature):
            TwilioHook().read(body, {}, SITE + HOOK)
    monkeypatch.setattr(twilio, "read_key", lambda name: None)
    assert said_by(client, **fields).status_code == 403
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    "fields", [{}, {"MessageSid": "../x"}, {"MessageSid": NAME}, {"MessageSid": NAME, "Body": "no sender"}]
)
def test_what_twilio_signed_and_nobody_can_read_is_told_so(client, office, gateway, fields):
    assert said_by(client, **fields).status_code == 400
    with pytest.raises(BadBody):
        body, header = urlencode(fields).encode(), signed(TOKEN, SITE, list(fields.items()))
        TwilioHook().read(body, {"X-Twilio-Signature": header}, SITE)


@pytest.fixture
def through_twilio(monkeypatch):
    """The line of what came in, asking Twilio."""
    carrier = CARRIERS["text"]
    monkeypatch.setitem(CARRIERS, "text", type(carrier)(**{**vars(carrier), "client": Twilio()}))


def test_a_text_of_a_person_is_kept_and_then_deleted_there(client, texted, gateway, through_twilio):
    gateway.texts[NAME] = {"Body": "My number changed"}
    fields = {"MessageSid": NAME, "From": OLD, "Body": "My number changed", "NumMedia": "1"}
    assert said_by(client, **fields).status_code == 204
    LINE.work_off()
    reply = Reply.objects.get()
    assert (words_of(reply), reply.left_out, reply.placed) == ("My number changed", True, "yes")
    assert gateway.texts == {} and gateway.deleted == [NAME]
    assert said_by(client, **fields).status_code == 204
    LINE.work_off()
    assert Reply.objects.count() == 1 and gateway.deleted == [NAME]
    assert not LINE.waiting().exists() and Arrival.objects.get().to_forget == ""


def test_while_it_cannot_be_deleted_there_the_words_are_here_once(client, texted, gateway, through_twilio):
    gateway.texts[NAME] = {"Body": "STOP"}
    gateway.answers = [(503, 0), (409, 20009)]
    said_by(client, MessageSid=NAME, From=OLD, Body="STOP")
    LINE.work_off()
    for tries in (1, 2):
        waiting = LINE.waiting().get()
        assert (waiting.attempts, waiting.content, Reply.objects.count()) == (tries, "", 1)
        assert "gateway" in LINE.detail(waiting)
        LINE.work_off(at=waiting.next_try_at)
    assert gateway.texts == {} and not LINE.waiting().exists() and Reply.objects.count() == 1


def test_a_gateway_that_keeps_nothing_is_asked_for_no_deletion(client, texted, gateway):
    said_by(client, MessageSid=NAME, From=OLD, Body="hello")
    LINE.work_off()
    assert Reply.objects.count() == 1 and gateway.asked == 0 and not LINE.waiting().exists()


def reported(client, message, status, **more):
    answer = said_by(client, MessageSid=message.gateway_key, MessageStatus=status, To=OLD, **more)
    LINE.work_off()
    message.refresh_from_db()
    return answer


@pytest.fixture
def message(texted, cast, now, gateway, through_twilio, time_machine):
    """A text that was sent through Twilio."""
    time_machine.move_to(now.replace(hour=16), tick=True)
    Message.objects.all().delete()
    notify_applicant(texted.applicant_id, matter=texted.matter, kind="news", language="en", at=now)
    line(Twilio()).work_off()
    return Message.objects.get(channel="text")


def test_a_text_is_deleted_there_once_it_arrived_and_not_before(client, message, gateway):
    assert reported(client, message, "sent").status_code == 204
    assert message.fate == "" and message.gateway_key in gateway.texts
    reported(client, message, "delivered")
    assert message.fate == "delivered" and gateway.texts == {}
    reported(client, message, "sent")
    assert message.fate == "delivered"


@pytest.mark.parametrize(
    ("code", "fate"),
    [("30006", "landline"), ("30005", "no_such"), ("30004", "refused"), ("30008", "lost"), ("", "lost")],
)
def test_why_a_text_did_not_arrive_is_known(client, message, gateway, code, fate):
    reported(client, message, "undelivered", ErrorCode=code)
    assert message.fate == fate and gateway.texts == {}


def test_an_installation_that_names_half_of_twilio_does_not_start(settings, monkeypatch):
    assert checks.the_gateway_is_whole(None) == []
    settings.SMS_GATEWAY = "notifications.channels.twilio.Twilio"
    monkeypatch.setattr(checks, "read_key", lambda name: None)
    assert len(checks.the_gateway_is_whole(None)) == 4
    monkeypatch.setattr(checks, "read_key", lambda name: TOKEN)
    settings.SMS_ACCOUNT, settings.SMS_SENDER = ACCOUNT, "+12125550100"
    settings.SMS_HOOK = "notifications.channels.twilio.TwilioHook"
    assert checks.the_gateway_is_whole(None) == []
    settings.SMS_URL = "http://api.twilio.com"
    assert [one.id for one in checks.the_gateway_is_whole(None)] == ["intake.E017"]
