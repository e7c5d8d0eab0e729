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

from foundation.devstack import verify
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
    (line,) = (line for line in DOCKERFILE.splitlines() if "-r requirements/runtime.txt" in line)
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
    assert f"make_keys keys --owner {USER} --split" in (DOCKER / "README.md").read_text()
    assert re.search(rf"^USER {USER}$", DOCKERFILE, re.M)


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


# --- without an engine: what can be read off the files --------------------------------------------

COMPOSE = (DOCKER / "compose.yaml").read_text()


def services():
    """Return {name: its lines} of the compose file."""
    body = COMPOSE.split("\nservices:\n")[1].split("\nvolumes:\n")[0]
    parts = re.split(r"^  ([a-z]+):.*$", body, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_process_of_ours_has_a_container_that_runs_it():
    entered = re.findall(r"^  ([a-z_ |]+)\)", (DOCKER / "entrypoint").read_text(), re.M)
    known = {word for words in entered for word in words.split(" | ")}
    ours = {name: lines for name, lines in services().items() if "<<: *app" in lines}
    assert {"web", "worker", "names", "beat", "watch", "backup", "migrate", "restore"} == set(ours)
    assert set(ours) <= known


def test_no_container_is_given_more_keys_than_it_needs():
    mounted = {name: re.findall(r"\./(keys[a-z-]*):/keys:ro", lines) for name, lines in services().items()}
    whole = {name for name, keys in mounted.items() if keys == ["keys"]}
    assert whole == {"migrate", "restore"}
    administrators = {name for name, lines in services().items() if "secrets: [postgres]" in lines}
    assert administrators == {"postgres", "migrate", "restore"}
    assert mounted["web"] == ["keys-web"] and mounted["backup"] == ["keys-backup"]
    assert "PASSWORD}" not in COMPOSE  # no secret in a container's environment


def test_the_keys_of_a_process_are_its_own_passwords_and_no_others(tmp_path):
    make_keys(tmp_path / "keys", "--split")
    for name, logins in {
        "web": {"db-public", "db-staff", "db-audit"},
        "backup": {"db-worker", "db-audit", "db-backup", "db-key_backup"},
    }.items():
        there = {path.name for path in (tmp_path / f"keys-{name}").iterdir()}
        assert {one for one in there if one.startswith("db-")} == logins
        assert "kek-1" in there


def test_the_image_runs_as_nobody_special_and_leaves_no_key_in_a_layer():
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert "USER 10001" in last and "pip" not in last
    made = DOCKERFILE.index("make_keys /tmp/build-keys")
    assert DOCKERFILE.index("rm -rf /tmp/build-keys") > made
    for name in ("keys*", "app.env", "postgres-password", "backups"):
        assert f"docker/{name}" in (ROOT / ".dockerignore").read_text()


def test_verify_lints_every_dockerfile_and_would_see_a_fault(tmp_path):
    lint = verify.static_checks()["Dockerfiles"]
    assert [name for name in lint if name.endswith("Dockerfile")] == verify.dockerfiles() != []
    assert subprocess.run(lint, cwd=ROOT, capture_output=True).returncode == 0
    (tmp_path / "Dockerfile").write_text("FROM debian:latest\nRUN cd /tmp && sudo true\nUSER root\n")
    wrong = [*lint[:3], str(tmp_path / "Dockerfile")]
    assert subprocess.run(wrong, cwd=ROOT, capture_output=True).returncode != 0


@pytest.mark.skipif(
    not os.environ.get("VERIFY_FULL"), reason="minutes: verify --full builds and runs the containers"
)
def test_an_operator_s_whole_way_from_the_build_to_a_restore():
    """Where podman is there, and can have a base image: TRY_BASE names one that is here already."""
    import shutil

    if not shutil.which("podman"):
        pytest.skip("podman is not installed: apt-get install podman runc netavark aardvark-dns iptables")
    env = {**os.environ, "BASE": os.environ.get("TRY_BASE", "debian:bookworm-slim")}
    done = subprocess.run(
        ["bash", str(DOCKER / "try.sh")], env=env, capture_output=True, text=True, timeout=1800
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
