"""The drill would notice: a mail that never came, a copy that nothing explains, and what each mood does."""

import smtplib
import threading
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, get_connection

from demo.drill.deeds import Done
from demo.drill.faults import Fault
from demo.drill.twins import DIES, HANGS, LATER, MOODS, REFUSES, UNSAID, WELL, MailServer, SlowTwice
from demo.drill.verdict import messages_lost, messages_twice, replies_lost, replies_twice
from notifications.actions import notify_applicant
from notifications.channels.carrier import Outgoing
from notifications.models import Message
from tests.notifications.texting import OLD


@pytest.fixture
def texts(settings, tmp_path):
    settings.SMS_PATH = tmp_path
    return tmp_path


def deliver(server, port, mood, key):
    server.mood = mood
    mailer = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port, timeout=1
    )
    headers = {"Message-ID": f"<{key}@messages>"}
    EmailMessage("s", "b", "a@x.example", ["b@x.example"], headers=headers, connection=mailer).send()


@pytest.mark.parametrize(
    ("mood", "error", "taken"),
    [
        (REFUSES, smtplib.SMTPException, 0),
        (LATER, smtplib.SMTPRecipientsRefused, 0),
        (HANGS, (TimeoutError, smtplib.SMTPServerDisconnected), 0),  # smtplib says the one or the other
        (DIES, smtplib.SMTPServerDisconnected, 1),
    ],
)
def test_each_mood_fails_in_its_own_way_and_what_it_took_is_known(mood, error, taken):
    server, key = MailServer(), str(uuid4())
    port = server.start()
    with pytest.raises(error):
        deliver(server, port, mood, key)
    assert (server.taken[key], server.died[key]) == (taken, taken)
    deliver(server, port, WELL, key)
    assert (server.taken[key], server.died[key]) == (taken + 1, taken)


def test_the_moods_follow_one_another_and_end_well(monkeypatch):
    monkeypatch.setattr("demo.drill.twins.LEAST", 0.2)
    server, stop, seen = MailServer(), threading.Event(), set()
    port = server.start()
    swinging = threading.Thread(target=server.swing, args=(stop,))
    swinging.start()
    while not seen >= set(MOODS):
        seen.add(server.mood)
        try:
            deliver(server, port, server.mood, "k")
        except (OSError, smtplib.SMTPException):
            continue
    stop.set()
    swinging.join()
    assert server.mood == WELL


def a_drill(mail, *faults):
    return SimpleNamespace(mail=mail, faults=[Fault(what, 0) for what in faults])


def test_a_copy_is_one_too_many_unless_the_server_was_silent_or_a_worker_died(texts):
    mail = MailServer()
    mail.taken["a"], mail.died["a"] = 2, 1
    assert not [*messages_twice(a_drill(mail))]
    mail.taken["a"] = 3
    assert [*messages_twice(a_drill(mail))]
    assert not [*messages_twice(a_drill(mail, "worker killed"))]
    mail.taken["a"] = 4
    assert [*messages_twice(a_drill(mail, "worker killed", "names killed"))]
    mail.taken.update({name: 2 for name in "bcd"})
    assert [*messages_twice(a_drill(mail, "worker killed"))]


def test_a_text_that_the_gateway_never_confirmed_may_come_once_more(texts):
    text = Outgoing(to=OLD, subject="", body="x", key="07800000-0000-4000-8000-000000000000")
    with pytest.raises(TimeoutError):
        SlowTwice().send(text)
    SlowTwice().send(text)
    assert sum(path.name.endswith(UNSAID) for path in texts.iterdir()) == 1
    assert not [*messages_twice(a_drill(MailServer()))]
    SlowTwice().send(text)
    assert [*messages_twice(a_drill(MailServer()))]


def test_what_is_called_sent_and_came_nowhere_is_lost(texts, case, now):
    notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en", at=now)
    Message.objects.filter(channel="email").update(status="sent", next_try_at=None, sent_at=now)
    mail = MailServer()
    keys = Message.objects.filter(channel="email").values_list("pk", flat=True)
    assert len([*messages_lost(mail)]) == len(keys) > 0
    mail.taken.update({str(key): 1 for key in keys})
    assert not [*messages_lost(mail)]


def test_a_text_of_a_person_that_stands_nowhere_is_lost(db):
    done = Done()
    done.hook.said.add("t1")
    done.hook.texts = 1
    assert [*replies_lost(done)] and not [*replies_twice(done)]
