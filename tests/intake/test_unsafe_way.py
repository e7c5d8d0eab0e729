""" "My old number is not safe any more" takes effect at once, in one direction only."""

import re

import pytest
from django.urls import reverse

from cases import actions as cases
from cases.models import Case
from foundation.refused import Refused
from intake import actions
from intake.models import Intake, Wish
from notifications.actions import notify_applicant
from notifications.models import Message, Reach, Stop
from notifications.work import line
from tests.support.relay import deliver_due

NEW = {"channels": ["call"], "phone": "+12125550177", "email": "", "safe_times": "", "through_name": ""}


@pytest.fixture
def intake(case):
    return Intake.objects.get(pk=case.intake_id)


def unsafe(intake, now, **value):
    return actions.note_wish(intake, kind=Wish.Kind.UNSAFE, value=value, at=now)


def reach(case):
    return Reach.objects.get(matter_id=case.matter_id)


def decide(case, cast, now, wish, *, confirmed, how="in_person"):
    cases.decide_wish(case, wish_id=wish.pk, confirmed=confirmed, how=how, by=cast.cora, at=now)


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def seen(visitor):
    """Return what the return page shows, without the token that is new each time."""
    return TOKEN.sub("", visitor.get(reverse("intake:mine")).content.decode())


def test_from_that_moment_nothing_goes_out_the_old_way_not_even_what_waits(case, intake, cast, now):
    notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en")
    unsafe(intake, now)
    line().work_off()
    assert reach(case).stopped == Stop.UNSAFE
    mail = Message.objects.filter(user=None, channel="email")
    assert set(mail.values_list("status", "reason")) == {("suppressed", "stopped")}


def test_staff_are_told_at_once_and_it_is_the_next_thing(case, intake, cast, now, client):
    unsafe(intake, now, **NEW)
    deliver_due()
    assert Message.objects.filter(kind="way_not_safe", user=cast.cora, channel="in_app").count() == 1
    assert Case.objects.get(pk=case.pk).next_code == "REACH"
    client.force_login(cast.cora)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Do not use these ways" in page and "+12125550177" in page
    assert "Today: reach the person in person or by another way" in page


def test_the_new_way_counts_once_staff_checked_it(case, intake, cast, now):
    wish = unsafe(intake, now, **NEW)
    assert reach(case).stopped == Stop.UNSAFE
    with pytest.raises(Refused, match="Not by the way that is not safe"):
        decide(case, cast, now, wish, confirmed=True, how="contact")
    decide(case, cast, now, wish, confirmed=True)
    deliver_due()
    assert reach(case).stopped == ""
    assert Case.objects.get(pk=case.pk).next_code != "REACH"


def test_confirmed_without_a_new_way_stays_stopped(case, intake, cast, now):
    decide(case, cast, now, unsafe(intake, now), confirmed=True)
    assert reach(case).stopped == Stop.UNSAFE


def test_a_false_alarm_lets_messages_out_again(case, intake, cast, now):
    decide(case, cast, now, unsafe(intake, now, **NEW), confirmed=False)
    assert reach(case).stopped == ""


def test_a_helpers_receipt_stops_what_we_send_by_ourselves_and_cuts_nobody_off(
    case, intake, cast, now, client
):
    Intake.objects.filter(pk=intake.pk).update(helped=True)
    intake.refresh_from_db()
    assert not intake.may_wish
    unsafe(intake, now)
    assert reach(case).stopped == Stop.DOUBTED
    client.force_login(cast.cora)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Do not use these ways" not in page and "ask the person" in page


def test_who_does_not_want_help_any_more_stays_stopped(case, intake, cast, now):
    from notifications.actions import resume_reach, stop_reach

    stop_reach(case.matter, why=Stop.WITHDRAWN, by=cast.cora, at=now)
    unsafe(intake, now)
    resume_reach(case.matter, by=cast.cora, at=now)
    assert reach(case).stopped == Stop.WITHDRAWN


def test_the_return_page_takes_it_and_never_shows_that_it_was_taken(back, now):
    """The receipt may be in other hands: what it shows is the same before and after."""
    before = seen(back)
    address = reverse("intake:wish", args=["unsafe"])
    assert "not safe any more" in back.get(address).content.decode()
    assert back.post(address, {"channels": "call"}).status_code == 422, "a way needs its number"
    assert back.post(address, {}).url == reverse("intake:mine")
    assert Wish.objects.get(kind="unsafe").status == "open"
    back.get(reverse("intake:mine"))  # the words that were said once
    assert seen(back) == before
