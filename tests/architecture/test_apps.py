"""One list of apps: one more in the settings is found by everything that looks at apps."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from textwrap import dedent

import pytest

from foundation.house import ROOT, our_packages

# One thing wrong in each way that a test of the house looks for.
FILES = {
    "__init__.py": "",
    "apps.py": """
        from django.apps import AppConfig


        class ImaginaryConfig(AppConfig):
            name = "imaginary"
        """,
    "events.py": """
        from django.utils.translation import gettext_lazy as _

        EVENTS = {"imaginary.happened": _("Something imaginary happened")}
        """,
    "handlers.py": """
        from foundation.events.ledger import on


        @on("imaginary.happened", key="imaginary.hear")
        def hear(event):
            event.status = "heard"
        """,
    "models.py": """
        from django.db import models


        class Loose(models.Model):
            secret = models.TextField()
        """,
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the house with one app more, which stands in the settings and nowhere else."""
    folder = tmp_path_factory.mktemp("house")
    for name in (*our_packages(), "templates", "static", "locale", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    (folder / "imaginary").mkdir()
    for name, text in FILES.items():
        (folder / "imaginary" / name).write_text(dedent(text).lstrip())
    settings = folder / "config" / "settings.py"
    settings.write_text(
        settings.read_text().replace('    "workspace",\n', '    "workspace",\n    "imaginary",\n')
    )
    return folder


def run(folder, *command):
    env = {**os.environ, "PYTHONPATH": str(folder), "INTAKE_NO_BOOTSTRAP": "1"}
    return subprocess.run([sys.executable, *command], cwd=folder, env=env, capture_output=True, text=True)


def test_its_log_is_written_and_its_events_and_listeners_are_known(copy):
    code = """
    import logging, django
    from django.core.management import call_command
    django.setup()
    logging.getLogger("imaginary.hear").error("check=%s", 7)
    call_command("check")
    """
    said = run(copy, "-c", dedent(code)).stderr
    assert "check=7" in said
    assert "imaginary.hear: nothing in our code records 'imaginary.happened'" in said


def test_the_tests_of_the_house_look_at_it_and_name_the_layer_it_lacks(copy):
    files = [
        f"tests/architecture/test_{name}.py" for name in ("status_gate", "privacy", "translations", "layers")
    ]
    said = run(
        copy, "-m", "pytest", "-vvv", *files, "-k", "settings_give or declares or by_hand or translated"
    ).stdout
    faults = ("imaginary/handlers.py:6", "'secret'", "Something imaginary happened", "'imaginary'")
    assert [fault for fault in faults if fault not in said] == []


def test_types_are_checked_wherever_there_is_code():
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert checked["files"] == ["."]
    for package in (*our_packages(), "imaginary"):
        assert not any(re.search(pattern, f"{package}/models.py") for pattern in checked["exclude"])
