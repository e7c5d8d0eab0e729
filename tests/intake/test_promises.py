"""Sentences that promise something: shown in production only once a lawyer approved exactly these words."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from config.checks import promises_are_approved
from intake import promises
from tests.support.answers import address_of


@pytest.fixture
def record(tmp_path, settings):
    settings.INTAKE_APPROVALS = str(tmp_path / "approvals.toml")
    return tmp_path / "approvals.toml"


def approve(**options):
    out = StringIO()
    call_command("approve_words", stdout=out, **{"yes": True, **options})
    return out.getvalue()


def reach_consent(client):
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    client.post(address_of("who_fills"), {"who_fills": "me"})
    return client.get(address_of("consent"))


def test_production_refuses_to_show_words_nobody_approved(client, office, settings, record):
    assert reach_consent(client).status_code == 200
    settings.PRODUCTION = True
    page = reach_consent(client)
    assert page.status_code == 503 and "not open yet" in page.content.decode()
    assert client.get(reverse("landing")).status_code == 503
    approve(by="Ada Counsel, NY 123", language="en")
    assert reach_consent(client).status_code == 200


def test_an_approval_is_of_these_words_alone(client, office, settings, record, monkeypatch):
    approve(by="Ada Counsel, NY 123", language="en")
    settings.PRODUCTION = True
    monkeypatch.setitem(promises.PROMISES, "consent", "Something else?")
    assert reach_consent(client).status_code == 503


def test_an_approval_in_one_language_is_none_in_another(client, office, settings, record):
    approve(by="Ada Counsel, NY 123", language="en")
    settings.PRODUCTION = True
    client.post(reverse("set_language"), {"language": "ar", "next": "/"})
    assert reach_consent(client).status_code == 503


def test_the_check_before_production_names_what_is_missing(settings, record):
    assert "consent (ar)" in " ".join(error.msg for error in promises_are_approved(None))
    for language in ("en", "ar"):
        approve(by="Ada Counsel, NY 123", language=language)
    assert promises_are_approved(None) == []


def test_the_command_shows_the_words_and_who_approved_them(record):
    listed = approve()
    assert "We are not your lawyers yet" in listed and "not approved" in listed
    assert not record.exists()
    approve(by="Ada Counsel, NY 123", language="en")
    assert "Ada Counsel, NY 123" in approve()
    assert 'name = "outcome-CONFLICT_HOLD"' in record.read_text()


@pytest.mark.parametrize(("typed", "is_approved"), [("yes", True), ("no", False), ("", False), (None, False)])
def test_the_words_are_shown_before_anything_is_approved(record, monkeypatch, typed, is_approved):
    shown = StringIO()

    def answer(_asked):
        assert "We are not your lawyers yet" in shown.getvalue() and not record.exists()
        if typed is None:
            raise EOFError
        return typed

    monkeypatch.setattr("builtins.input", answer)
    try:
        call_command("approve_words", stdout=shown, by="Ada Counsel, NY 123", language="en")
    except CommandError:
        assert not is_approved
    assert record.exists() == is_approved


def test_an_approval_needs_a_name_and_a_language(record):
    for options in ({"by": "  ", "language": "en"}, {"by": "Ada"}, {"by": "Ada", "language": "xx"}):
        with pytest.raises(CommandError):
            approve(**options)
    assert not record.exists()


def test_a_broken_record_is_named(client, office, settings, record):
    record.write_text("[[approval]]\nname = 5")
    with pytest.raises(CommandError, match=r"approvals\.toml"):
        approve()
