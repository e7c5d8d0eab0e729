"""The person writes by receipt, staff draft and send, and a number that changed is used no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import talking
from cases.models import Case
from foundation.database.principal import applicant
from foundation.refused import Refused
from intake.actions import give_receipt
from intake.models import Intake, Posting
from notifications import arrivals, talk
from notifications.actions import notify_applicant
from notifications.channels.carrier import NullClient
from notifications.inbound_models import Draft, Reply
from notifications.queries import reach_of
from notifications.work import line
from tests.abuse.test_rows import As
from tests.conftest import opened
from tests.intake.conftest import open_with
from tests.notifications.texting import NEW, OLD, text, words_of

pytestmark = pytest.mark.usefixtures("gateway_key")


# --- by receipt -----------------------------------------------------------------------------------


def test_the_person_writes_on_the_return_page_which_never_shows_it(client, case, now):
    intake = Intake.objects.get(pk=case.intake_id)
    open_with(client, give_receipt(intake, at=now))
    client.post(reverse("intake:write"), {"words": "Canary-Words"})
    page = client.get(reverse("intake:mine")).content.decode()
    assert "We have your message" in page and "Canary-Words" not in page
    assert words_of(Reply.objects.get()) == "Canary-Words"
    with As(applicant(case.matter_id)), pytest.raises(Exception, match="permission denied"):
        list(Reply.objects.all())


def test_a_message_that_is_refused_is_given_back(client, case, now):
    intake = Intake.objects.get(pk=case.intake_id)
    open_with(client, give_receipt(intake, at=now))
    assert client.post(reverse("intake:write"), {"words": "  "}).status_code == 422
    for n in range(talk.WAITING):
        talk.write_by_receipt(case.matter, words=str(n), at=now)
    refused = client.post(reverse("intake:write"), {"words": "One more"})
    assert refused.status_code == 429 and "One more" in refused.content.decode()


# --- answering ------------------------------------------------------------------------------------


def waits_since(case):
    """Return since when the person of a case waits for an answer, as a list of cases asks it."""
    return Case.objects.annotate(since=talk.first_unanswered()).get(pk=case.pk).since


def test_a_draft_is_edited_by_one_after_the_other_and_then_sent_once(client, case, cast, now):
    talk.write_by_receipt(case.matter, words="When?", at=now)
    assert waits_since(case) == now
    client.force_login(cast.cora)
    draft, page = (
        reverse("workspace:talk-draft", args=[case.pk]),
        reverse("workspace:messages", args=[case.pk]),
    )
    client.post(draft, {"press": "keep", "words": "الجمعة", "original": "Friday"})
    assert not Posting.objects.exists()
    assert "الجمعة" in client.get(page, {"do": "draft"}).content.decode()
    old = client.post(draft, {"press": "keep", "words": "Mine", "seen": "0"})
    assert old.status_code == 409
    assert "Mine" in old.content.decode() and "الجمعة" in old.content.decode(), "the second sees both"
    unsafe = client.post(draft, {"press": "send", "words": "Friday at 10", "seen": "1"})
    assert unsafe.status_code == 422 and not Posting.objects.exists() and Draft.objects.get().sent_at is None
    sent = {"press": "send", "words": "Friday at 10", "original": "Friday", "seen": "1", "is_safe": "on"}
    assert client.post(draft, sent).status_code == 302
    assert opened(Posting.objects.get(), "words").words == "Friday at 10"
    assert client.post(draft, sent).status_code == 409
    assert Posting.objects.count() == 1 and waits_since(case) is None
    assert "Friday at 10" in client.get(page).content.decode()


def test_what_needs_no_answer_waits_no_more(client, case, cast, now):
    talk.write_by_receipt(case.matter, words="Thank you", at=now)
    client.force_login(cast.cora)
    settle = reverse("workspace:talk-settle", args=[case.pk, Reply.objects.get().pk])
    assert client.post(settle).status_code == 302
    assert waits_since(case) is None
    with pytest.raises(Refused):
        talk.settle_reply(Reply.objects.get(), by=cast.cora, at=now)


def test_nobody_else_writes_to_the_person(case, cast, now):
    for other in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Refused):
            talking.draft_to_person(case, words="Hello", by=other, at=now)
        with pytest.raises(Refused):
            talking.take_new_way(case, value={"channels": ["text"]}, how="in_person", by=other, at=now)


# --- the number that changed ----------------------------------------------------------------------


def test_once_staff_confirmed_a_new_number_the_old_one_is_never_used_again(
    client, texted, cast, now, time_machine
):
    text(client, "My number changed: 212 555 0177")
    client.force_login(cast.cora)
    way = reverse("workspace:talk-way", args=[texted.pk])
    unsure = client.post(way, {"channels": ["text"], "phone": NEW})
    assert unsure.status_code == 422 and reach_of(texted.matter_id).phone_index
    for _again in range(2):  # read back, then confirmed, where the form asks
        done = client.post(way, {"channels": ["text"], "phone": NEW, "how": "other_way"})
        if done.status_code == 302:
            break
    assert done.status_code == 302, done.content.decode()[-3000:]
    assert opened(reach_of(texted.matter_id), "phone").phone == NEW
    time_machine.move_to(now.replace(hour=17) + timedelta(days=1))
    notify_applicant(texted.applicant_id, matter=texted.matter, kind="news", language="en", at=now)
    post = NullClient()
    line(post).work_off()
    to = [sent.to for sent in post.sent]
    assert NEW in to and OLD not in to
    text(client, "Who is this?", sender=OLD, id="later")
    assert Reply.objects.get(pk=arrivals.uuid.uuid5(arrivals.NAMESPACE, "text:later")).placed == "unknown"
