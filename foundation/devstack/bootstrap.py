"""Make .venv from the lock files and run again inside it. Standard library only.

Needs Python 3.11 and pip; not python3-venv (uv makes the environment), not a writable system Python.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

SYSTEM_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"  # of Debian; pip reads it too


def say(text: str) -> None:
    """Print a progress line on standard error; standard output belongs to the command."""
    print(f"[setup] {text}", file=sys.stderr, flush=True)


def ensure_environment(root: Path, *, for_tests: bool) -> None:
    """Return inside a .venv that matches the lock file, re-executing this process once if need be."""
    if os.environ.get("INTAKE_NO_BOOTSTRAP"):
        return
    if sys.version_info < (3, 11):
        sys.exit("Python 3.11 or newer is needed.")
    if not os.access(root, os.W_OK):
        sys.exit(f"{root} cannot be written by user {os.geteuid()}: put the project where it can be.")
    venv = root / ".venv"
    mark = venv / ".lock-installed"
    lock = wanted_lock(root, mark, for_tests=for_tests)
    inside = Path(sys.prefix).resolve() == venv.resolve()
    if fingerprint(lock) != read(mark).partition(" ")[2]:
        install(root, venv, lock)
        mark.write_text(f"{lock.stem} {fingerprint(lock)}")
    if not inside:
        python = str(venv / "bin" / "python")
        os.execv(python, [python, *sys.argv])


def wanted_lock(root: Path, mark: Path, *, for_tests: bool) -> Path:
    """Return the lock file to install: what tests need stays once it is there."""
    has_tests = read(mark).startswith("dev ")
    return root / "requirements" / ("dev.txt" if for_tests or has_tests else "local.txt")


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def install(root: Path, venv: Path, lock: Path) -> None:
    """Bring .venv to exactly what the lock file says."""
    uv = private_uv(root)
    if not (venv / "bin" / "python").exists():
        run([uv, "venv", "-q", "--clear", "--no-python-downloads", "--python", sys.executable, str(venv)])
    say(f"installing the locked dependencies ({lock.name})")
    python = str(venv / "bin" / "python")
    run([uv, "pip", "sync", "-q", "--require-hashes", "--python", python, str(lock)], as_pip_does())


def private_uv(root: Path) -> str:
    """Return a uv of our own, put beside the checkout with pip from a hash-pinned file."""
    home = root / ".local" / "uv"
    uv = home / "bin" / "uv"
    if not uv.exists():
        say("fetching the installer")
        if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
            sys.exit("pip is missing. Please run: sudo apt-get install -y python3-pip   and then this again.")
        pins = str(root / "requirements" / "bootstrap.txt")
        quiet = [
            "-q",
            "--disable-pip-version-check",
            "--root-user-action=ignore",
            "--no-warn-script-location",
        ]
        pip = [sys.executable, "-m", "pip", "install", *quiet]
        run([*pip, "--require-hashes", "--target", str(home), "-r", pins])
    return str(uv)


def as_pip_does() -> dict[str, str]:
    """Return what makes uv ask the index that pip is set to, and trust the certificates that pip trusts."""
    return {**index_of_pip(), **certificates_of_pip()}


def index_of_pip() -> dict[str, str]:
    """Return uv's setting for the package index pip is set to use, since uv does not read pip's."""
    if os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL"):
        return {}
    index = os.environ.get("PIP_INDEX_URL") or pip_setting("index-url")
    return {"UV_DEFAULT_INDEX": index} if index else {}


def certificates_of_pip() -> dict[str, str]:
    """Return uv's setting for the certificates, as behind a proxy that looks into TLS."""
    if os.environ.get("SSL_CERT_FILE"):
        return {}
    named = os.environ.get("PIP_CERT") or os.environ.get("REQUESTS_CA_BUNDLE") or pip_setting("cert")
    for path in (named, SYSTEM_CERTIFICATES):
        if path and os.path.isfile(path):
            return {"SSL_CERT_FILE": path}
    return {}


def pip_setting(name: str) -> str:
    """Return what pip is set to, or ""."""
    command = [sys.executable, "-m", "pip", "config", "get", f"global.{name}"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def run(command: Sequence[str], extra: Mapping[str, str] | None = None) -> None:
    """Run a set-up step; on failure say which, with what it printed, and stop."""
    clean = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(command, env={**clean, **(extra or {})}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"Setting up failed at: {' '.join(command[:4])} …\n{done.stderr.strip()[-2000:]}")


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages as root or through sudo; False where that is not possible."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ]
    try:
        codes = [subprocess.run([*prefix, *step], env=env, capture_output=True).returncode for step in steps]
    except FileNotFoundError:
        return False
    return codes[-1] == 0
