"""How long a process waits for a connection depends on who waits behind it."""

import ast
import os
import subprocess
import sys

import pytest

from foundation.house import ROOT

ASK = "from django.conf import settings; print(settings.DATABASE['OPTIONS']['pool'])"


def pool_of(login, **more):
    env = {**os.environ, "INTAKE_ENV": "development", "INTAKE_LOGIN": login, **more}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return ast.literal_eval(done.stdout)


@pytest.mark.parametrize("login", ["web", "public", "staff"])
def test_a_page_waits_no_longer_than_somebody_looks_at_it(login):
    assert pool_of(login)["timeout"] < 2


@pytest.mark.parametrize("login", ["worker", "names"])
def test_who_works_behind_takes_slow_for_slow(login):
    pool = pool_of(login)
    assert pool["timeout"] >= 5 and pool["reconnect_timeout"] >= pool["timeout"]


def test_an_office_may_say_otherwise():
    assert pool_of("web", DATABASE_WAIT_SECONDS="3.5")["timeout"] == 3.5
