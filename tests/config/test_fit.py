"""In production nothing starts that is not fit for real people's names; it says why and exits."""

import os
import subprocess
import sys

import psycopg
import pytest

from foundation.database.keyfolder import key_folder, make_keys
from foundation.devstack.template import url_of
from foundation.house import ROOT
from tests.support.many import WHOLE

PASSWORD = "3f1c9a0b77d24e5f"


@pytest.fixture
def production(tmp_path):
    """The environment of a server that is set up as docker/README.md says."""
    make_keys(tmp_path / "keys")
    return {
        "PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}",
        "INTAKE_ENV": "production",
        "INTAKE_NO_BOOTSTRAP": "1",
        "INTAKE_KEYS": str(tmp_path / "keys"),
        "INTAKE_STATE": str(tmp_path),
        "DATABASE_URL": f"postgres://intake:{PASSWORD}@postgres:5432/intake",
        "REDIS_URL": "redis://valkey:6379/0",
        "ALLOWED_HOSTS": "forms.legal-aid.test",
        "CSRF_TRUSTED_ORIGINS": "https://forms.legal-aid.test",
        "SITE_URL": "https://forms.legal-aid.test",
        "EMAIL_URL": f"smtp+tls://office:{PASSWORD}@mail.legal-aid.test:587",
        "INTAKE_OFFICE": "river",
        "MEDIA_ROOT": str(tmp_path / "files"),
    }


def run(env, *command):
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120)


def fit(env):
    return run(env, sys.executable, "-m", "config.fit")


def test_a_server_set_up_as_documented_is_fit_and_hears_that_its_public_pages_are_shut(production):
    looked = fit(production)
    assert (looked.returncode, looked.stdout) == (0, "")
    assert "stay shut until a lawyer approved" in looked.stderr


UNFIT = {
    "DEBUG set to True": {"DEBUG": "1"},
    "a printed second factor": {"DEMO_CODE": "246810"},
    "INTAKE_ENV is not production": {"INTAKE_ENV": "development"},
    "SECURE_SSL_REDIRECT": {"SECURE_SSL_REDIRECT": "0"},
    "SITE_URL has an address without https": {"SITE_URL": "http://forms.legal-aid.test"},
    "CSRF_TRUSTED_ORIGINS has an address without": {"CSRF_TRUSTED_ORIGINS": "http://forms.legal-aid.test"},
    "ALLOWED_HOSTS must not be empty": {"ALLOWED_HOSTS": ""},
    "ALLOWED_HOSTS lets every name in": {"ALLOWED_HOSTS": "*"},
    "INTAKE_OFFICE still has <slug": {"INTAKE_OFFICE": "<slug of the office>"},
    "SITE_URL still has example.org": {"SITE_URL": "https://intake.example.org"},
    "Name the office": {"INTAKE_OFFICE": ""},
    "Name the folder": {"MEDIA_ROOT": ""},
    "EMAIL_URL still has <user>": {"EMAIL_URL": "smtp+tls://<user>:<password>@mail.test:587"},
    "password in DATABASE_URL is short": {"DATABASE_URL": "postgres://intake:short@postgres/intake"},
    "password in REDIS_URL": {"REDIS_URL": "redis://:password-password-1@valkey:6379/0"},
    "password in POSTGRES_PASSWORD": {"POSTGRES_PASSWORD": "postgres"},
    "The keys are not fit": {"INTAKE_KEYS": "/nowhere"},
    "DATABASE_URL must be set": {"DATABASE_URL": ""},
}


# Looked at before anything else: who has one of these hears of no other.
FIRST = ("INTAKE_ENV is not production", "The keys are not fit", "DATABASE_URL must be set")


def tried_together():
    """Return the faults in groups, each begun once: one alone in `verify --full`, else those that can be."""
    groups = []
    for words, env in UNFIT.items():
        fitting = (one for one in groups if not any(env.keys() & UNFIT[other].keys() for other in one))
        group = None if WHOLE or words in FIRST else next((g for g in fitting if g[0] not in FIRST), None)
        if group is None:
            groups.append([words])
        else:
            group.append(words)
    return groups


@pytest.mark.parametrize("faults", tried_together(), ids=lambda group: group[0])
def test_what_is_not_fit_is_said_in_a_sentence_and_ends_it(production, faults):
    changed = {name: value for words in faults for name, value in UNFIT[words].items()}
    looked = fit({**production, **changed})
    assert looked.returncode == 78
    for words in faults:
        (said,) = (line for line in looked.stderr.splitlines() if words in line)
        assert said.startswith("- ") and said.rstrip(")").count(" ") > 4
    assert "Traceback" not in looked.stderr


def test_no_password_is_written_where_logs_are_kept(production):
    weak = "hunter2"
    looked = fit({**production, "DATABASE_URL": f"postgres://intake:{weak}@postgres/intake"})
    assert looked.returncode == 78 and weak not in looked.stderr


@pytest.mark.parametrize("part", ["web", "worker", "names", "beat"])
def test_no_container_that_serves_people_starts_with_a_fault(production, part):
    """The sh of the entrypoint ends before the server it would become is even looked for."""
    refused = run({**production, "DEBUG": "1"}, "sh", "docker/entrypoint", part)
    assert refused.returncode == 78
    assert "not fit for real people" in refused.stderr


def test_a_fit_container_goes_on_to_its_server(production, tmp_path):
    server = tmp_path / "bin" / "celery"
    server.parent.mkdir()
    server.write_text("#!/bin/sh\necho serving $1\n")
    server.chmod(0o755)
    env = {**production, "PATH": f"{server.parent}:{production['PATH']}"}
    started = run(env, "sh", "docker/entrypoint", "worker")
    assert (started.returncode, started.stdout) == (0, "serving -A\n"), started.stderr


def test_after_a_migration_the_database_is_looked_at_too(production, db, case):
    """What the container named migrate ends with: owners, policies, and the keys its matters need."""
    here = {"DATABASE_URL": url_of(db), "INTAKE_KEYS": str(key_folder()), "INTAKE_LOGIN": "worker"}
    here["INTAKE_OFFICE"] = "demo"
    with_database = (sys.executable, "-m", "config.fit", "default")
    looked = run({**production, **here}, *with_database)
    assert looked.returncode == 0, looked.stderr
    with psycopg.connect(url_of(db), autocommit=True) as owner:
        owner.execute("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY")
    looked = run({**production, **here}, *with_database)
    assert looked.returncode == 78 and "cases_case: row security is not forced" in looked.stderr


@pytest.mark.parametrize("login", ["web", "worker", "names"])
def test_nothing_starts_on_a_database_of_a_newer_program(production, db, office, login):
    here = {"DATABASE_URL": url_of(db), "INTAKE_KEYS": str(key_folder()), "INTAKE_LOGIN": login}
    here["INTAKE_OFFICE"] = "demo"
    assert fit({**production, **here}).returncode == 0
    with psycopg.connect(url_of(db), autocommit=True) as owner:
        owner.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', now())"
        )
    looked = fit({**production, **here})
    assert looked.returncode == 78
    assert "this program does not know: 1" in looked.stderr


@pytest.mark.parametrize("login", ["web", "worker"])
def test_nothing_starts_for_an_office_that_is_not_there(production, db, office, login):
    here = {"DATABASE_URL": url_of(db), "INTAKE_KEYS": str(key_folder()), "INTAKE_LOGIN": login}
    looked = fit({**production, **here, "INTAKE_OFFICE": "demmo"})
    assert looked.returncode == 78 and "INTAKE_OFFICE names no office: “demmo”" in looked.stderr


def test_before_the_first_run_there_is_no_office_to_name(production, db):
    here = {"DATABASE_URL": url_of(db), "INTAKE_KEYS": str(key_folder()), "INTAKE_LOGIN": "web"}
    looked = fit({**production, **here})
    assert looked.returncode == 0, looked.stderr


def test_up_in_production_says_what_is_not_fit_and_exits(production, tmp_path):
    refused = run({**production, "DEMO_CODE": "246810"}, sys.executable, "manage.py", "up")
    assert refused.returncode == 78
    assert "a printed second factor" in refused.stderr
    assert "preparing the database" not in refused.stdout
