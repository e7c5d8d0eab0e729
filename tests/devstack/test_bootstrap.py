"""Setting up behind what others put in the way: each thing is one sentence, or is taken along."""

import os
import subprocess
import sys

import pytest

from foundation.devstack import bootstrap
from foundation.house import ROOT


@pytest.fixture
def bare(monkeypatch):
    """An environment in which nobody said which certificates or index to use."""
    for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(bootstrap, "pip_setting", lambda _name: "")


@pytest.mark.parametrize("name", ["PIP_CERT", "REQUESTS_CA_BUNDLE"])
def test_the_certificates_pip_trusts_go_to_uv(bare, monkeypatch, tmp_path, name):
    path = tmp_path / "proxy.pem"
    path.write_text("-")
    monkeypatch.setenv(name, str(path))
    assert bootstrap.as_pip_does() == {"SSL_CERT_FILE": str(path)}


def test_what_pip_was_set_to_goes_to_uv(bare, monkeypatch, tmp_path):
    path = tmp_path / "proxy.pem"
    path.write_text("-")
    asked = {"cert": str(path), "index-url": "https://packages.test/simple"}
    monkeypatch.setattr(bootstrap, "pip_setting", asked.__getitem__)
    assert bootstrap.as_pip_does() == {"SSL_CERT_FILE": str(path), "UV_DEFAULT_INDEX": asked["index-url"]}


def test_who_said_it_for_uv_is_left_alone(bare, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", "/anywhere")
    assert bootstrap.certificates_of_pip() == {}


def test_an_older_python_is_told_so_in_a_sentence():
    code = f"import sys; sys.version_info = (3, 9, 2); sys.argv = ['manage.py', 'up']; {START}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("Python 3.11 or newer is needed")


START = "import runpy; runpy.run_path('manage.py', run_name='__main__')"


def test_a_folder_that_cannot_be_written_is_named_in_a_line():
    env = {**os.environ, "INTAKE_STATE": "/"}
    code = (
        "import os; from foundation.devstack.services import state_folder;"
        " os.getuid() or os.setuid(65534); state_folder()"  # root writes everywhere
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("/ cannot be written by user"), done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_named_in_a_line(tmp_path):
    (tmp_path / "file").write_text("-")
    env = {**os.environ, "INTAKE_STATE": str(tmp_path / "file" / "state")}
    code = "from foundation.devstack.services import state_folder; state_folder()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1 and "INTAKE_STATE" in done.stderr and "Traceback" not in done.stderr
