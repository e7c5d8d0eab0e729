"""What is shipped for a machine without containers is taken by the programs it is for."""

import os
import re
import shutil
import subprocess
import time
from contextlib import nullcontext

import pytest

from foundation.database.prepare import LEAST_POSTGRES, check_server
from foundation.devstack.app import free_port
from foundation.devstack.services import services
from foundation.house import ROOT
from tests.config.test_proxy import connected, deleted_files, slow_site  # noqa: F401  a fixture
from tests.files import corpus

BARE = ROOT / "docker" / "bare"
PARTS = ("web", "worker", "names", "beat", "watch")


def needs(program, package):
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if not path:
        pytest.skip(f"{program} is not installed: apt-get install {package}")
    return path


def test_systemd_takes_every_unit(tmp_path):
    """With the checkout in the place of /opt/intake: systemd looks whether what it shall start is there."""
    verify = needs("systemd-analyze", "systemd")
    units = [path for path in BARE.iterdir() if path.suffix in (".service", ".timer", ".target")]
    assert len(units) == 4
    for unit in units:
        text = unit.read_text().replace("/opt/intake", str(ROOT))
        for name in [f"intake@{part}.service" for part in PARTS] if "@" in unit.name else [unit.name]:
            (tmp_path / name).write_text(text)
    env = {**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
    names = sorted(path.name for path in tmp_path.iterdir())
    looked = subprocess.run(
        [verify, "verify", "--man=no", *names], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert (looked.returncode, looked.stderr) == (0, "")
    (tmp_path / names[0]).write_text("[Service]\nExecStart=/nowhere/at/all\n")
    wrong = subprocess.run(
        [verify, "verify", "--man=no", names[0]], cwd=tmp_path, env=env, capture_output=True
    )
    assert wrong.returncode != 0  # it looks


def test_what_units_start_is_known_to_the_entrypoint_and_sees_its_own_keys():
    entrypoint = (ROOT / "docker" / "entrypoint").read_text()
    for unit in BARE.glob("*.service"):
        text = unit.read_text()
        started = re.search(r"ExecStart=/opt/intake/docker/entrypoint (\S+)", text)[1]
        for part in PARTS if started == "%i" else [started]:
            assert re.search(rf"^  (?:[\w -]+ \| )*{part}(?: \| [\w -]+)*\)", entrypoint, re.MULTILINE), part
        keys = re.search(r"INTAKE_KEYS=(\S+)", text)[1]
        assert f"BindReadOnlyPaths={keys}\n" in text and "TemporaryFileSystem=/etc/intake:ro" in text
        assert "NoNewPrivileges=yes" in text and "ProtectSystem=strict" in text


def test_a_command_beside_somebody_elses_servers_leaves_no_lock(tmp_path, monkeypatch):
    """An administrator's command must not leave what the user of the units could not open."""
    monkeypatch.setenv("INTAKE_STATE", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/intake")
    monkeypatch.setenv("REDIS_URL", "redis://valkey.example/0")
    with services() as started:
        assert started == []
    assert list(tmp_path.iterdir()) == []


def test_no_process_prints_a_banner_into_the_log():
    """Each line of the log is one of ours; celery greets with thirty that are none."""
    entrypoint = (ROOT / "docker" / "entrypoint").read_text()
    celery = [line for line in entrypoint.splitlines() if "celery -A config" in line]
    assert len(celery) == 3 and all("celery -A config --quiet" in line for line in celery)


def test_logrotate_takes_its_file():
    looked = subprocess.run(
        [needs("logrotate", "logrotate"), "-d", str(BARE / "logrotate")], capture_output=True, text=True
    )
    assert looked.returncode == 0 and "error" not in looked.stderr.lower()


@pytest.fixture
def caddy(tmp_path, slow_site):  # noqa: F811
    """Caddy with the shipped file, in front of a slow site, without TLS, which is not what is tested."""
    program = needs("caddy", "caddy")
    behind, got = slow_site
    port = free_port(8700)
    shipped = (BARE / "Caddyfile").read_text()
    text = shipped.replace("intake.example.org {", f"http://127.0.0.1:{port} {{")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}").replace(
        "{\n\tservers", "{\n\tadmin off\n\tservers"
    )
    (tmp_path / "Caddyfile").write_text(text)
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"), str(tmp_path))
    command = [program, "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    with subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, **places}, stderr=subprocess.PIPE
    ) as running:
        try:
            yield port, got, running
        finally:
            running.terminate()


def test_caddy_passes_on_what_is_on_its_way_and_writes_it_nowhere(tmp_path, caddy):
    port, got, running = caddy
    with connected(port, running) as sender:
        head = f"POST /form/58/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 9000000\r\n\r\n"
        sender.sendall(head.encode() + corpus.CANARY * 40_000)
        for _ in range(200):
            if corpus.CANARY in b"".join(got):
                break
            time.sleep(0.05)
        written = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "Caddyfile"]
        held = [path for path in written if corpus.CANARY in path.read_bytes()]
        held += list(deleted_files(running.pid))
    through = b"".join(got)
    assert held == [] and corpus.CANARY in through and b"X-Forwarded-Proto: https" in through
    assert b"X-Forwarded-For" not in through and b"X-Real-Ip" not in through


@pytest.mark.parametrize("address", ["/health/ready", "/metrics"])
def test_caddy_shuts_off_what_is_for_those_inside(caddy, address):
    port, got, running = caddy
    with connected(port, running) as sender:
        sender.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert b" 404 " in sender.recv(200)
    assert got == []


@pytest.mark.parametrize(("number", "is_enough"), [(150_009, False), (179_999, False), (180_000, True)])
def test_an_older_postgresql_is_named_before_anything_is_asked_of_it(number, is_enough):
    assert LEAST_POSTGRES == 18
    words = rf"PostgreSQL {number // 10_000}; PostgreSQL 18 or newer is needed"
    with nullcontext() if is_enough else pytest.raises(SystemExit, match=words):
        check_server(number)
