"""What the image is built from, looked at without a container engine: none runs here."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from foundation.house import ROOT

DOCKER = ROOT / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text()
PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)==[^\s;]+(?: ; (.*?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)
LOCK = (ROOT / "requirements" / "runtime.txt").read_text()
USER = re.search(r"useradd --uid (\d+)", DOCKERFILE)[1]


def locked():
    """Return {name: applies here} of everything in the lock that has hashes."""
    found = {}
    for name, marker, _hashes in PINNED.findall(LOCK):
        asked = Requirement(f"{name}; {marker}") if marker else Requirement(name)
        found[canonicalize_name(name)] = asked.marker is None or asked.marker.evaluate({"extra": ""})
    return found


def left_out():
    """Return what the lock leaves out on purpose."""
    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["override-dependencies"]
    return {canonicalize_name(Requirement(one).name) for one in overrides if "'never'" in one}


def test_every_line_of_the_lock_has_its_hash():
    names = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", LOCK, re.M)
    assert len(names) > 50
    assert sorted(canonicalize_name(name) for name in names) == sorted(locked())


def test_the_image_takes_the_lock_as_it_stands():
    (line,) = (line for line in DOCKERFILE.splitlines() if "pip install" in line)
    assert "pip install -q --no-cache-dir --no-deps --require-hashes -r requirements/runtime.txt" in line


def test_the_lock_names_all_that_its_packages_need_but_what_is_left_out_on_purpose():
    """Pip is told to look for nothing else, so that nothing else may be missing."""
    here = {name for name, applies in locked().items() if applies}
    missing = {}
    for name in here:
        try:
            asked = [Requirement(one) for one in requires(name) or []]
        except PackageNotFoundError:
            continue  # of another platform than this one
        needed = {
            canonicalize_name(one.name)
            for one in asked
            if not one.marker or one.marker.evaluate({"extra": ""})
        }
        missing |= {one: name for one in needed - here}
    assert set(missing) <= left_out(), missing


def test_the_keys_are_made_for_the_user_the_image_runs_as():
    assert f"make_keys keys --owner {USER}" in (DOCKER / "README.md").read_text()
    assert re.search(r"^USER app$", DOCKERFILE, re.M)


def entry(keys, **how):
    command = ["sh", str(DOCKER / "entrypoint"), "true"]
    return subprocess.run(
        command, env={**os.environ, "INTAKE_KEYS": str(keys)}, capture_output=True, text=True, **how
    )


def make_keys(folder, *more):
    command = [sys.executable, "-m", "foundation.database.make_keys", str(folder), *more]
    subprocess.run(command, cwd=ROOT, check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_container_starts_with_its_keys_and_says_so_when_it_cannot_read_them():
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are shut to other users
        Path(folder).chmod(0o755)
        keys = Path(folder) / "keys"
        as_app = {"user": int(USER), "group": int(USER), "extra_groups": [], "cwd": "/"}
        make_keys(keys)
        refused = entry(keys, **as_app)
        assert refused.returncode == 78
        assert "cannot read the keys" in refused.stderr
        make_keys(keys, "--owner", USER)
        assert entry(keys, **as_app).returncode == 0
        modes = {path.stat().st_mode & 0o777 for path in keys.iterdir()}
        assert modes == {0o600}
