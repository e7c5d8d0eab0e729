"""The deployment checks name what is not fit."""

import psycopg
import pytest

from config import checks
from foundation.devstack.template import url_of


def test_a_sound_database_passes(db):
    assert checks.the_database_is_as_declared(None, databases=["default"]) == []


def test_a_loose_table_is_named(db):
    with psycopg.connect(url_of(db), autocommit=True) as owner:
        owner.execute("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY")
    (error,) = checks.the_database_is_as_declared(None, databases=["default"])
    assert "cases_case" in error.msg


def test_without_asking_for_it_no_database_is_asked():
    assert checks.the_database_is_as_declared(None) == []


def test_debug_a_development_environment_and_texts_into_a_folder_are_errors(settings):
    settings.DEBUG = True
    found = [error.id for error in checks.nothing_is_for_development(None)]
    assert found == ["intake.E002", "intake.E003", "intake.E016"]
    settings.SMS_GATEWAY = ""
    assert len(checks.nothing_is_for_development(None)) == 2


@pytest.mark.parametrize("name", ["kek-1", "django-secret-key"])
def test_a_missing_key_is_an_error(tmp_path, monkeypatch, name):
    from foundation.database.keyfolder import make_keys

    make_keys(tmp_path)
    (tmp_path / name).unlink()
    monkeypatch.setenv("INTAKE_KEYS", str(tmp_path))
    assert [name in error.msg for error in checks.keys_are_fit(None)] == [True]
