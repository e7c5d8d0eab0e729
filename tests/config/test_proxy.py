"""The proxy we ship settings for keeps nothing on its disk: neither what is on its way nor an address."""

import re
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from foundation.devstack.app import free_port
from foundation.devstack.verify import NGINX
from tests.files import corpus

SHIPPED = Path(__file__).resolve().parents[2] / "docker" / "nginx.conf"
AROUND = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{shipped}
}}
"""


def settings_for(folder, *, port, behind, shipped):
    """Return the shipped settings with this test's ports, without TLS, which is not what is tested."""
    text = re.sub(r"\n +ssl_certificate.*", "", shipped.replace("443 ssl", f"127.0.0.1:{port}"))
    return AROUND.format(folder=folder, shipped=text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}"))


@pytest.fixture
def slow_site():
    """A site that reads all it is sent, slowly, and keeps it in memory."""
    server = socket.create_server(("127.0.0.1", 0))
    got = []

    def serve():
        connection, _ = server.accept()
        with connection:
            while piece := connection.recv(65_536):
                got.append(piece)
                time.sleep(0.02)

    threading.Thread(target=serve, daemon=True).start()
    yield server.getsockname()[1], got
    server.close()


def send_through(tmp_path, slow_site, shipped):
    """Send half an upload through nginx; return what it wrote to disk meanwhile, and what came through."""
    if not NGINX.exists():
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    behind, got = slow_site
    port = free_port(8650)
    (tmp_path / "nginx.conf").write_text(settings_for(tmp_path, port=port, behind=behind, shipped=shipped))
    tmp_path.chmod(0o777)
    with subprocess.Popen([str(NGINX), "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)]) as nginx:
        try:
            with connected(port, nginx) as sender:
                head = (
                    "POST /form/58/ HTTP/1.1\r\nHost: intake.example.org\r\nContent-Length: 9000000\r\n\r\n"
                )
                sender.sendall(head.encode() + corpus.CANARY * 40_000)
                time.sleep(1)
                written = [
                    path for path in tmp_path.rglob("*") if path.is_file() and path.name != "nginx.conf"
                ]
                held = [path for path in written if corpus.CANARY in path.read_bytes()]
                held += list(deleted_files(nginx.pid))
        finally:
            nginx.terminate()
    return held, b"".join(got), tmp_path


def connected(port, nginx):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=20)
        except OSError:
            assert nginx.poll() is None
            time.sleep(0.05)
    raise AssertionError("nginx did not start")


def deleted_files(pid):
    """Yield the files a process holds open that have no name any more: nginx unlinks what it buffers."""
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target, size = str(link.readlink()), link.stat().st_size
        except OSError:
            continue
        if target.endswith("(deleted)") and size > 100_000:
            yield target


def test_what_is_on_its_way_is_passed_on_and_written_nowhere(tmp_path, slow_site):
    held, got, _folder = send_through(tmp_path, slow_site, SHIPPED.read_text())
    assert held == []
    assert corpus.CANARY in got and b"X-Forwarded-Proto: https" in got
    assert b"X-Forwarded-For" not in got and b"X-Real-IP" not in got


def test_the_test_would_see_a_proxy_that_keeps_it(tmp_path, slow_site):
    buffering = SHIPPED.read_text().replace("proxy_request_buffering off;", "proxy_request_buffering on;")
    held, got, _folder = send_through(tmp_path, slow_site, buffering)
    assert held != [] and corpus.CANARY not in got


def test_its_limit_fits_what_the_site_takes():
    from foundation.files.receiving import MAX_REQUEST

    megabytes = int(re.search(r"client_max_body_size (\d+)m", SHIPPED.read_text())[1])
    assert megabytes * 1024 * 1024 == MAX_REQUEST + 1024 * 1024
