from datetime import timedelta

import pytest

from foundation.events.models import Event
from foundation.events.stuck import NotStuck, give_up_work, retry_work
from notifications.actions import notify_user
from notifications.channels.carrier import NullClient
from notifications.channels.mail import DjangoMail
from notifications.kinds import KINDS, UnknownMessage
from notifications.models import Message
from notifications.work import line


class Broken:
    def send(self, outgoing):
        raise ConnectionRefusedError("smtp.example: amina@test.example refused")


def send_due(*, client, at, limit=100):
    return line(client).work_off(at=at, limit=limit)


@pytest.fixture
def mail(cast, now):
    notify_user(cast.ade, kind="offer_received", link="/offers/1/", at=now)
    return Message.objects.get(channel="email")


def test_a_message_is_sent_once(mail, now):
    client = NullClient()
    assert send_due(client=client, at=now) == 1
    assert send_due(client=client, at=now + timedelta(days=1)) == 0
    assert [(sent.to, sent.key) for sent in client.sent] == [("ade@test.example", str(mail.pk))]
    mail.refresh_from_db()
    assert mail.status == "sent" and mail.sent_at


def test_a_message_waits_until_it_is_due(mail, now):
    assert send_due(client=NullClient(), at=now - timedelta(seconds=1)) == 0


def test_a_worker_that_died_while_sending_leaves_a_lease(mail, now):
    assert line(NullClient()).claim(at=now) == mail
    assert send_due(client=NullClient(), at=now + timedelta(seconds=119)) == 0
    again = NullClient()
    assert send_due(client=again, at=now + timedelta(seconds=121)) == 1
    assert again.sent[0].key == str(mail.pk)


def test_failures_back_off_then_a_person_decides(mail, cast, now):
    at = now
    for attempt in range(1, line(NullClient()).tries + 1):
        assert send_due(client=Broken(), at=at, limit=1) == 1
        mail.refresh_from_db()
        assert mail.attempts == attempt
        assert "amina" not in mail.error
        waited, at = mail.next_try_at - at, mail.next_try_at
        assert waited >= min(timedelta(minutes=2) * 2 ** (attempt - 1), timedelta(hours=1))
    assert mail.status == "queued" and mail.stuck_at
    assert send_due(client=NullClient(), at=at + timedelta(days=9)) == 0
    retry_work(mail, line=line(NullClient()), by=cast.ines, at=at)
    assert send_due(client=NullClient(), at=at) == 1


def test_what_a_person_gives_up_has_failed_and_is_on_record(mail, cast, now):
    Message.objects.filter(pk=mail.pk).update(stuck_at=now, error="TimeoutError")
    give_up_work(mail, line=line(NullClient()), why="done", by=cast.ines, at=now)
    mail.refresh_from_db()
    assert (mail.status, mail.next_try_at, mail.stuck_at) == ("failed", None, None)
    assert Event.objects.get(name="work.given_up").data == {"line": "mail", "why": "done"}
    assert send_due(client=NullClient(), at=now + timedelta(days=9)) == 0


def test_a_sent_message_cannot_be_sent_again(mail, cast, now):
    send_due(client=NullClient(), at=now)
    mail.refresh_from_db()
    with pytest.raises(NotStuck):
        retry_work(mail, line=line(NullClient()), by=cast.ines, at=now)


def test_one_bad_address_does_not_hold_up_the_others(cast, now):
    for user in (cast.ade, cast.cora):
        notify_user(user, kind="offer_received", at=now)

    class Picky(NullClient):
        def send(self, outgoing):
            if outgoing.to.startswith("ade"):
                raise ValueError
            super().send(outgoing)

    client = Picky()
    assert send_due(client=client, at=now) == 2
    assert [sent.to for sent in client.sent] == ["cora@test.example"]


def test_the_person_reads_it_in_their_language(cast, now):
    cast.ade.language = "ar"
    notify_user(cast.ade, kind="offer_received", at=now)
    client = NullClient()
    send_due(client=client, at=now)
    assert client.sent[0].subject != "You have a new offer"


def test_in_development_mails_are_written_to_a_folder(mail, now, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    send_due(client=DjangoMail(), at=now)
    (written,) = tmp_path.iterdir()
    assert f"Message-ID: <{mail.pk}@intake>" in written.read_text()


@pytest.mark.parametrize("kind", KINDS)
def test_no_message_says_what_this_is_about(kind):
    words = f"{KINDS[kind].title} {KINDS[kind].body}".lower()
    for never in ("asylum", "immigration", "refugee", "deport", "{", "%("):
        assert never not in words


def test_a_message_without_words_is_not_written(cast, now):
    with pytest.raises(UnknownMessage):
        notify_user(cast.ade, kind="offer_recieved", at=now)
    assert not Message.objects.exists()
