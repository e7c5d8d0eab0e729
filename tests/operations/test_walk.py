"""A person's form through the proxy we ship settings for, over TLS: what docker/try.sh does with containers.

An administrator opens the form by the link of the first run, a person fills it in and comes back with the
receipt. Of a slow sender the proxy keeps nothing on its disk.
"""

import re
import shutil
import subprocess
import sys
import time

import pytest

from foundation.devstack.app import free_port
from foundation.devstack.verify import NGINX
from foundation.house import ROOT
from tests.config.test_proxy import AROUND, SHIPPED, connected, deleted_files
from tests.journeys.test_office_from_nothing import first_run
from tests.running import running_stack, wait_until

CASES = "select count(*) from cases_case"
CANARY = "canary-in-a-body"


@pytest.fixture(scope="module")
def port():
    return free_port(8743)


@pytest.fixture(scope="module")
def stack(tmp_path_factory, port):
    folder = tmp_path_factory.mktemp("walk")
    trusted = {"CSRF_TRUSTED_ORIGINS": f"https://localhost:{port}"}
    with running_stack("walk", folder, INTAKE_OFFICE="harbor", EVENTS_LEASE_SECONDS="2", **trusted) as stack:
        yield stack


@pytest.fixture(scope="module")
def proxy(stack, port, tmp_path_factory):
    """Nginx with the shipped settings and a certificate of a minute; yields its process and its folder."""
    if not NGINX.exists() or not shutil.which("openssl"):
        pytest.skip("nginx or openssl is not installed: apt-get install nginx-light openssl")
    folder = tmp_path_factory.mktemp("proxy")
    folder.chmod(0o777)
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    made += ["-addext", "subjectAltName=DNS:localhost", "-keyout", "intake.key", "-out", "intake.crt"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    text = SHIPPED.read_text().replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    text = text.replace("/etc/ssl/intake", f"{folder}/intake").replace("intake.example.org", "localhost")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{stack.app.port}")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, shipped=text))
    with subprocess.Popen([str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)]) as nginx:
        try:
            connected(port, nginx).close()
            yield nginx, folder
        finally:
            nginx.terminate()


@pytest.fixture
def walk(stack, proxy, port):
    """Return a function that starts somebody at a browser, who trusts the certificate."""
    env = {**stack.app.env, "INTAKE_NO_BOOTSTRAP": "1", "SSL_CERT_FILE": str(proxy[1] / "intake.crt")}
    command = [sys.executable, "-m", "demo.drill.walk", f"https://localhost:{port}"]

    def start(*arguments):
        return subprocess.Popen(
            [*command, *arguments],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def ended(walking):
    out, said = walking.communicate(timeout=300)
    return walking.returncode, out, said


def test_a_form_goes_from_the_first_page_to_a_receipt_that_opens_it(stack, walk):
    link, before = first_run(stack), stack.ask(CASES)[0][0]
    code, _out, said = ended(walk())
    assert code == 1 and "does not lead to the form" in said
    code, _out, said = ended(walk("--first", link))
    assert code == 0, said
    code, out, said = ended(walk())
    assert code == 0, said
    locator, secret = out.split()
    wait_until(lambda: stack.ask(CASES)[0][0] == before + 1)
    assert ended(walk("--receipt", locator, secret))[0] == 0
    code, _out, said = ended(walk("--receipt", locator, "1" * len(secret)))
    assert code == 1 and "does not open" in said


def test_half_a_paper_of_a_slow_sender_lies_nowhere_on_the_proxys_disk(walk, proxy):
    nginx, folder = proxy

    def held():
        files = [path for path in folder.rglob("*") if path.is_file()]
        found = [path.name for path in files if CANARY.encode() in path.read_bytes()]
        return found + list(deleted_files(nginx.pid))

    (folder / "seen").write_text(CANARY)
    assert held() == ["seen"]  # this look would find it
    (folder / "seen").unlink()
    walking = walk("--half", CANARY)
    assert re.match("half is sent", walking.stderr.readline())
    time.sleep(1)
    assert held() == []
    walking.kill()
    walking.communicate()
