"""A part that fails is found, said to those inside, and told to named people; nobody outside learns of it."""

import http.server
import io
import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from foundation.events import checkpoints
from foundation.work.line import lines
from operations import doctor, probes, probes_inside, tasks
from operations.findings import BAD, OK, TITLES, WORDS, Finding
from operations.ledger import note_restored
from operations.models import Kind, Run
from operations.signs import edge_notes, kept_figures, tell
from operations.watching import Watcher
from tests.events.test_checkpoints import checkpoint_everything
from tests.work.rows import MAKERS

OUTSIDE = {"HTTP_X_FORWARDED_PROTO": "https"}


def state_of(findings, key):
    return next((one.code or one.state) for one in findings if one.key == key)


def test_a_server_near_its_last_connection_is_said_before_it_is_away(db, monkeypatch):
    assert probes.connections().state == OK
    monkeypatch.setattr(probes, "NEARLY_ALL", 0.001)
    found = probes.connections()
    assert found.code == "scarce" and 0 < found.data["used"] < found.data["most"]
    assert str(found.data["most"]) in found.words and "max_connections" in found.todo


@pytest.mark.parametrize("address", ["/health/ready", "/metrics"])
def test_who_comes_through_the_proxy_finds_nothing_there(client, office, address):
    assert client.get(address).status_code == 200
    assert client.get(address, **OUTSIDE).status_code == 404


def test_inside_no_name_is_needed_and_a_wrong_one_is_said_to_doctor(client, office, caplog):
    assert client.get("/health/ready", HTTP_HOST="10.0.0.7:8000").status_code == 200
    assert edge_notes() == []
    assert client.get("/", HTTP_HOST="stranger.example").status_code == 400
    assert edge_notes() == ["host"]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("operations")]
    assert ours == ["refused code=wrong_host setting=ALLOWED_HOSTS"]


def test_a_form_from_another_address_is_not_said_to_be_too_old(office):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/start/", {}, HTTP_ORIGIN="https://stranger.example")
    assert page.status_code == 403 and "another address" in page.content.decode()
    assert edge_notes() == ["origin"]


def test_a_silent_process_is_named_and_stops_nobody(client, office):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["worker"], answer.json()["beat"]) == (200, "silent", "silent")
    assert client.get("/health/ready?all").status_code == 503
    tell("worker")
    assert client.get("/health/ready").json()["worker"] == "ok"


def test_a_mistyped_office_and_missing_static_files_are_found(client, office, settings, tmp_path):
    settings.INTAKE_OFFICE, settings.STATIC_ROOT = "rivver", tmp_path
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert (answer.json()["office"], answer.json()["static"]) == ("missing", "missing")


def test_a_database_ahead_of_the_program_or_behind_it_is_found(office, tamper):
    assert probes.migrations().state == OK
    tamper("insert into django_migrations (app, name, applied) values ('cases', '9999_later', now())")
    assert probes.migrations().code == "ahead"
    tamper("delete from django_migrations where app = 'cases'")
    assert probes.migrations().code == "behind"


def test_work_that_is_late_or_stuck_is_found(cast, now):
    assert state_of(doctor.inside(at=timezone.now())[0], "queues") == "ok"
    MAKERS["mail"](cast, now - timedelta(hours=1))
    assert state_of(doctor.inside(at=timezone.now())[0], "queues") == "late"
    for line in lines():
        line.waiting().update(stuck_at=now)
    assert state_of(doctor.inside(at=timezone.now())[0], "queues") == "stuck"


def test_rows_nobody_signs_are_found(case, now):
    assert probes_inside.sealing(probes_inside.seconds_unsigned(at=now + timedelta(hours=1))).code == "late"
    checkpoint_everything()
    assert probes_inside.seconds_unsigned(at=now + timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    ("hours", "error", "code"), [(1, "", "ok"), (26, "", "ok"), (27, "", "late"), (1, "OSError", "failed")]
)
def test_a_backup_that_is_late_or_failed_is_found(office, now, hours, error, code):
    ended = now - timedelta(hours=hours)
    Run.objects.create(kind=Kind.BACKUP, begun_at=ended, ended_at=ended, error=error)
    assert state_of(list(probes_inside.backups(at=now)), "backups") == code


@pytest.mark.parametrize(("days", "is_said"), [(0, True), (29, True), (30, False)])
def test_a_restore_is_said_to_those_inside_for_a_month(client, cast, now, days, is_said):
    assert probes_inside.restored(at=now).state == OK
    checkpoint_everything()
    anchors = [replace(one, number=one.number + 1, total=one.total + 7) for one in checkpoints.anchors()]
    signed = [replace(one, chain="a" * 64, signature=sign("a" * 64)) for one in anchors]
    note_restored(signed, by="system:test", at=now)
    found = probes_inside.restored(at=now + timedelta(days=days))
    assert (found.code == "done") == is_said
    if is_said:
        assert found.data["lost"] == 7 * len(signed) and "are not there: " in found.words
    tasks.look()
    assert client.get("/health/ready").json()["restore"] == "done"


def sign(chain):
    return checkpoints.signing_key().sign(chain.encode()).hex()


def test_what_the_worker_saw_is_read_by_the_web_process_and_measured(client, office):
    tasks.look()
    assert kept_figures()["lines"]["mail"]["waiting"] == 0
    assert client.get("/health/ready").json()["queues"] == "ok"
    text = client.get("/metrics").content.decode()
    for name in ("intake_requests_total", "intake_part_state", "intake_line_age", "intake_disk_free_bytes"):
        assert name in text
    assert 'intake_part_state{part="worker"} 2.0' in text


def test_no_label_holds_anything_but_codes(client, case):
    tasks.look()
    client.get(f"/cases/{case.pk}/")
    text = client.get("/metrics").content.decode()
    assert str(case.pk) not in text and "Amina" not in text and "@" not in text


def test_every_code_has_words_and_something_to_do():
    assert {key for key, _code in WORDS} == set(TITLES)
    assert all(str(words) and str(todo) for words, todo in WORDS.values())


def test_the_administrator_sees_what_doctor_says(client, cast):
    client.force_login(cast.ines)
    page = client.get(reverse("operations:installation")).content.decode()
    assert "nothing happens by the clock" in page and "Look at its log" in page
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1 and "nothing happens by the clock" in out.getvalue()


@pytest.fixture
def outside():
    """A monitor outside: what it was asked, and what it was sent."""
    heard = []

    class Hears(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append((self.path, None))
            self.send_response(200)
            self.end_headers()

        def do_POST(self):
            size = int(self.headers["Content-Length"])
            heard.append((self.path, json.loads(self.rfile.read(size))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hears) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()


def test_people_are_told_once_when_a_part_fails_and_once_when_it_is_well(settings, outside, now):
    address, heard = outside
    settings.ALERT_MAILS, settings.ALERT_WEBHOOK = ["ops@river.example"], f"{address}/alert"
    settings.HEARTBEAT_URL = f"{address}/alive"
    watcher, dead, minute = Watcher(), [Finding("worker", BAD, "silent")], timedelta(minutes=1)
    watcher.see([Finding("worker")], at=now)
    watcher.see(dead, at=now)
    assert [path for path, _said in heard] == ["/alive"]
    watcher.see(dead, at=now + minute)
    watcher.see(dead, at=now + 2 * minute)
    assert [path for path, _said in heard] == ["/alive", "/alert"]
    assert (heard[1][1]["part"], heard[1][1]["state"]) == ("worker", "failed")
    watcher.see([Finding("worker")], at=now + 3 * minute)
    assert [path for path, _said in heard] == ["/alive", "/alert", "/alert", "/alive"]
    assert [one.subject for one in mail.outbox] == ["[intake] Worker: failed", "[intake] Worker: over"]


def test_who_could_not_be_told_is_told_at_the_next_look(settings, now):
    settings.ALERT_WEBHOOK, settings.ALERT_MAILS = "http://127.0.0.1:9/nobody", []
    watcher = Watcher()
    for n in range(3):
        watcher.see([Finding("beat", BAD, "silent")], at=now + timedelta(minutes=n))
    assert watcher.troubles["beat"].told_at is None


def test_watching_needs_neither_worker_nor_schedule(office, settings):
    settings.ALERT_MAILS = ["ops@river.example"]
    call_command("watch", "--every", "0", "--looks", "2")
    assert any("Worker" in one.subject for one in mail.outbox)


def test_retention_lets_go_of_what_is_over_and_says_how_much(office, now):
    from foundation.accounts.models import Session
    from operations.retention import classes, sweep

    kept = classes()["sessions"].days
    for days, key in ((kept + 1, "old"), (kept - 1, "new")):
        times = {"started_at": now, "seen_at": now, "expire_date": now - timedelta(days=days)}
        Session.objects.create(session_key=key, session_data="", **times)
    assert sweep(at=now)["sessions"] == {"gone": 1, "left": 0}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    sweep(at=now)  # nothing is due any more, and nothing is said
    assert Run.objects.get(kind=Kind.RETENTION).figures["sessions"]["gone"] == 1


def test_the_signed_record_is_not_among_what_goes(db):
    from operations.retention import classes

    assert not {"events", "access"} & set(classes())
    assert all(not one.days or one.least <= one.days <= one.most for one in classes().values())
