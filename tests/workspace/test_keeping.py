"""How long things are kept: one table of what deletes them; what an office chooses holds from its day on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config.celery import app
from foundation.accounts.models import Office
from foundation.accounts.office_changes import apply_due_changes, change_office, mark_of
from intake.actions import delete_expired_drafts, save_answers
from intake.models import Intake
from tests.support.answers import address_of, answers
from workspace.keeping.queries import kept_lines, spoken

URL = reverse("workspace:keeping")
DRAFTS = "intake.tasks.delete_expired_drafts"


def again(office):
    return Office.objects.get(pk=office.pk)


def answer_again(draft, now):
    """Answer one more page of a draft, as of its newest row."""
    draft = Intake.objects.select_related("office").get(pk=draft.pk)
    values = answers(draft.office.today(now))["where_now"]
    save_answers(draft, page="where_now", values=values, at=now)
    return Intake.objects.get(pk=draft.pk)


def test_every_sweep_of_the_table_is_run_and_every_deleting_task_stands_in_it(office):
    named = {line.sweep for line in kept_lines(office) if line.sweep}
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    deleting = {
        task for task in scheduled if any(word in task for word in ("delete", "forget", "tidy", "incoming"))
    }
    assert named <= scheduled and deleting <= named


def test_a_form_is_kept_as_long_as_the_office_says_from_its_next_answer_on(cast, make_draft, now):
    draft = make_draft()
    told = draft.expires_at
    change_office(cast.office, draft_days=30, by=cast.ines, at=now)
    assert Intake.objects.get(pk=draft.pk).expires_at == told
    assert answer_again(draft, now).expires_at == now + timedelta(days=30)


def test_a_shorter_time_takes_no_day_from_a_form_that_was_told_one(cast, make_draft, now):
    draft = make_draft()
    change_office(cast.office, draft_days=7, by=cast.ines, at=now)
    assert delete_expired_drafts(at=now + timedelta(days=8)) == 0
    answer_again(draft, now)
    assert delete_expired_drafts(at=now + timedelta(days=6)) == 0
    assert delete_expired_drafts(at=now + timedelta(days=7)) == 1


def test_it_holds_from_its_day_on(cast, make_draft, now):
    day = cast.office.today(now) + timedelta(days=2)
    change_office(cast.office, draft_days=30, starts_on=day, by=cast.ines, at=now)
    assert again(cast.office).keeps_drafts == timedelta(days=14)
    apply_due_changes(at=now + timedelta(days=2))
    assert again(cast.office).keeps_drafts == timedelta(days=30)


@pytest.mark.parametrize(("days", "status"), [(6, 422), (7, 302), (60, 302), (61, 422), ("", 422)])
def test_the_office_chooses_within_bounds(client, cast, days, status):
    client.force_login(cast.ines)
    assert client.post(URL, {"draft_days": days}).status_code == status


def test_the_second_of_two_sees_what_the_first_chose(client, cast, now):
    client.force_login(cast.ines)
    opened = mark_of(cast.office, ["draft_days"])
    change_office(cast.office, draft_days=30, by=cast.ines, at=now)
    page = client.post(URL, {"draft_days": "20", "seen": opened})
    assert page.status_code == 409 and "Now: 30" in page.content.decode()
    client.post(URL, {"draft_days": "20", "seen": page.context["form"]["seen"].value()})
    assert again(cast.office).draft_days == 20


def test_the_page_says_what_nothing_deletes_and_what_a_hold_keeps(client, cast, case):
    client.force_login(cast.ines)
    page = client.get(URL).content.decode()
    assert "Nothing deletes a case by itself" in page and "never under a legal hold" in page
    assert "Days: 14" in page and "Minutes: 5" in page
    assert spoken(timedelta(days=1)) == "Days: 1"


def test_the_table_says_the_offices_own_days(cast, now):
    change_office(cast.office, draft_days=21, by=cast.ines, at=now)
    lines = {line.sweep: line.how_long for line in kept_lines(again(cast.office))}
    assert lines[DRAFTS] == "Days: 21"


def test_the_form_says_the_offices_own_days_before_anything_is_kept(client, cast, now):
    change_office(cast.office, draft_days=21, by=cast.ines, at=now)
    shown = [client.get(address_of(key)) for key in ("safe_now", "consent")]
    assert any(page.context and page.context.get("days") == 21 for page in shown)
