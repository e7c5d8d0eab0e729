"""How much strangers may begin, send and hold: beyond it nobody is turned away and nothing is lost."""

import subprocess
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions import open_case
from foundation.database.principal import applicant
from foundation.events.models import Event
from foundation.files.models import Upload
from intake import room
from intake.actions import note_wish, start_intake, submit_intake
from intake.models import Intake
from intake.room import Room, megabytes, room_for
from notifications.models import Message
from tests.abuse.test_rows import As
from tests.conftest import answer_names
from tests.files import corpus
from tests.intake.conftest import begin, open_with
from tests.intake.test_documents import URL, place, send  # noqa: F401  a fixture
from tests.support.relay import deliver_due


@pytest.fixture
def few(settings):
    """Bounds small enough for a test: two forms an hour; eight megabytes, two of them kept for receipts."""
    settings.FORMS_AN_HOUR, settings.FORMS_UNFINISHED, settings.FORMS_MEGABYTES = 2, 5, 8
    return settings


def text_of(page):
    return " ".join(page.content.decode().split())


def started_anew():
    client = Client()
    begin(client)
    return client


def marks():
    return list(Intake.objects.order_by("created_at").values_list("in_burst", flat=True))


def shortages():
    return [event.data["what"] for event in Event.objects.filter(name="intake.room_short").order_by("at")]


# --- forms -----------------------------------------------------------------------------------------


def test_beyond_a_burst_a_new_form_goes_on_without_files_and_shows_the_phone_line(few, office, fill, place):  # noqa: F811
    clients = [started_anew() for _n in range(3)]
    assert marks() == [
        False,
        False,
        True,
    ]
    late = clients[2]
    page = late.get(URL)
    assert page.status_code == 200 and 'type="file"' not in text_of(page)
    assert "Nothing you wrote is lost" in text_of(page) and "(212) 555-0100" in text_of(page)
    fill(late)
    assert late.post(reverse("intake:review"), follow=True).status_code == 200
    assert Intake.objects.get(in_burst=True).status == "submitted"
    assert 'type="file"' in text_of(clients[0].get(URL))  # who began before is not touched by it


def test_a_file_that_is_sent_all_the_same_is_answered_in_words(few, office, place):  # noqa: F811
    late = [started_anew() for _n in range(3)][2]
    page = send(late, a_pdf=corpus.letter())
    assert page.status_code == 422 and "There is no room for files right now" in text_of(page)
    assert not Upload.objects.exists()


def test_an_hour_later_a_new_form_is_like_any_other(few, office, now, time_machine):
    for _n in range(3):
        started_anew()
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    started_anew()
    assert Intake.objects.order_by("-created_at").first().in_burst is False


def test_very_many_unfinished_forms_count_however_slowly_they_came(few, office, time_machine):
    began = timezone.now()
    for hours in range(6):
        time_machine.move_to(began + timedelta(hours=2 * hours))
        started_anew()
    assert marks() == [False] * 5 + [True]


def test_a_form_by_telephone_is_neither_counted_nor_marked(few, cast, office, now):
    from uuid import uuid4

    for _n in range(4):
        start_intake(office=office, matter_id=uuid4(), language="en", at=now, typed_by=cast.cora)
    assert room_for(office.pk, at=now).begun == 0
    assert not Intake.objects.filter(in_burst=True).exists()


def test_who_sends_while_very_many_send_is_marked_and_taken_in(few, make_draft, now):
    few.FORMS_AN_HOUR = 100
    drafts = [make_draft() for _n in range(3)]
    few.FORMS_AN_HOUR = 2
    receipts = [submit_intake(draft, at=now) for draft in drafts]
    assert all(receipts)
    marked = [Intake.objects.get(pk=draft.pk).in_burst for draft in drafts]
    assert marked == [False, False, True]


# --- files -----------------------------------------------------------------------------------------


def hold(draft, megabytes_held):
    Intake.objects.filter(pk=draft.pk).update(held=megabytes_held)


def test_a_part_of_the_room_is_kept_for_those_with_a_receipt(few, started, make_draft, sent, place):  # noqa: F811
    hold(make_draft(), 6)
    refused = send(started, a_pdf=corpus.letter())
    assert refused.status_code == 422 and "There is no room for files right now" in text_of(refused)
    back = Client()
    open_with(back, sent[1])
    assert "We have it" in text_of(send(back, a_pdf=corpus.letter()))


def test_what_was_taken_counts_and_what_was_not_does_not(few, started, place):  # noqa: F811
    send(started, a_pdf=corpus.letter(), b_exe=b"MZ\x90" * 100)
    assert Intake.objects.get().held == 1
    send(started, c_pdf=corpus.letter())
    assert Intake.objects.get().held == 2


def test_no_room_keeps_the_form_and_all_that_was_told(few, started, make_draft, fill, place):  # noqa: F811
    hold(make_draft(), 8)
    fill(started)
    assert send(started, a_pdf=corpus.letter()).status_code == 422
    assert started.get(reverse("intake:review")).status_code == 200


ROOMY = Room(begun=0, sent=0, unfinished=0, held=0, free=10**6, is_told=False)


@pytest.mark.parametrize(
    ("held", "free", "with_receipt", "fits"),
    [
        (5, 10**6, False, True),
        (6, 10**6, False, False),
        (7, 10**6, True, True),
        (8, 10**6, True, False),
        (0, 2 * room.LEAST_FREE + 1, False, True),
        (0, 2 * room.LEAST_FREE, False, False),
        (0, room.LEAST_FREE + 1, True, True),
        (0, room.LEAST_FREE, True, False),
    ],
)
def test_the_bounds_of_files(few, held, free, with_receipt, fits):
    from dataclasses import replace

    assert replace(ROOMY, held=held, free=free).takes(1, has_receipt=with_receipt) is fits


def test_each_file_counts_in_whole_megabytes():
    assert megabytes([]) == 0 and megabytes([1]) == 1
    assert megabytes([2**20, 2**20 + 1]) == 3


# --- a full disk -----------------------------------------------------------------------------------


@pytest.fixture
def tiny_disk(settings, tmp_path):
    """A file system of a megabyte and a half for the files."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(folder)], capture_output=True
    )
    if mount.returncode:
        pytest.skip(f"nothing may be mounted here: {mount.stderr.decode().strip()}")
    settings.MEDIA_ROOT = str(folder)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # nothing may keep the folder


def test_a_full_disk_is_answered_in_words_and_loses_nothing(tiny_disk, started, fill, monkeypatch):
    monkeypatch.setattr(room, "LEAST_FREE", -100)
    fill(started)
    page = send(started, a_pdf=corpus.letter() + b"%" * 2**21)
    assert page.status_code == 422 and "There is no room for files right now" in text_of(page)
    assert not Upload.objects.exists() and not [path for path in tiny_disk.rglob("*") if path.is_file()]
    assert started.get(reverse("intake:review")).status_code == 200


def test_a_disk_that_fills_up_while_a_file_is_kept_takes_the_others(tiny_disk, started, monkeypatch):
    """What arrived is sealed once more for its matter: there may be room for one and not for the other."""
    monkeypatch.setattr(room, "LEAST_FREE", -100)
    large = corpus.letter() + b"%" * 700_000 + b"\n%%EOF\n"
    page = send(started, a_pdf=corpus.letter(), b_pdf=large, c_pdf=corpus.letter())
    assert page.status_code == 200, text_of(page)
    assert "We have it" in text_of(page) and "There is no room" in text_of(page)
    assert Upload.objects.count() == 2


# --- the office hears ------------------------------------------------------------------------------


def test_the_office_hears_before_it_is_full_and_once(few, cast, now):
    few.FORMS_AN_HOUR, few.FORMS_UNFINISHED = 5, 100
    for _n in range(7):
        started_anew()
    assert shortages() == [["forms"]]
    assert Intake.objects.filter(in_burst=True).count() == 2  # it heard at the fifth, the sixth was marked
    deliver_due()
    told = {message.user.name for message in Message.objects.filter(kind="room_short", channel="in_app")}
    assert told == {"Cora", "Ines"}


def test_six_hours_later_it_hears_again(few, office, time_machine):
    for hours in (0, 7):
        time_machine.move_to(timezone.now() + timedelta(hours=hours))
        for _n in range(3):
            started_anew()
    assert len(shortages()) == 2


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("forms", {"begun": 2}),
        ("forms", {"sent": 2}),
        ("unfinished", {"unfinished": 4}),
        ("files", {"held": 5}),
        ("disk", {"free": 4 * room.LEAST_FREE}),
    ],
)
def test_each_shortage_has_its_name(few, what, values):
    from dataclasses import replace

    assert ROOMY.shortages == []
    assert replace(ROOMY, **values).shortages == [what]


# --- put aside -------------------------------------------------------------------------------------


def test_who_comes_back_with_the_receipt_comes_back_into_the_lists(case, cast, now):
    from intake.bursts import put_aside

    intake = case.intake
    Intake.objects.filter(pk=intake.pk).update(in_burst=True)
    assert put_aside([intake], by=cast.cora, at=now) == 1
    intake.refresh_from_db()
    with As(applicant(intake.matter_id)):
        note_wish(intake, kind="call", at=now)
    assert Intake.objects.get(pk=intake.pk).put_aside_at is None
    assert Event.objects.get(name="intake.brought_back").actor == "applicant"


def test_a_burst_mails_nobody_for_each_form_but_for_what_may_be_urgent(few, cast, make_draft, now):
    for urgent in (False, True):
        draft = make_draft()
        submit_intake(draft, at=now)
        Intake.objects.filter(pk=draft.pk).update(in_burst=True, urgent=urgent)
        answer_names()
        open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=now)
    kinds = set(Message.objects.filter(kind__startswith="case_").values_list("kind", flat=True))
    assert kinds == {"case_urgent"}


def test_the_public_form_learns_counts_of_forms_and_no_form(make_draft, now, office):
    from django.db import connection

    one, other = make_draft(), make_draft()
    with As(applicant(one.matter_id)):
        assert room_for(office.pk, at=now).begun == 2
        assert list(Intake.objects.values_list("pk", flat=True)) == [one.pk]
    assert other and connection
