"""A rotation of the key-encryption key from its first day to its last, while people are at work."""

import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import checks
from foundation.database.keyfolder import check_keys, make_keys, stale_keys
from foundation.house import ROOT
from foundation.vault import keys
from foundation.vault.box import epoch_of, open_text, seal_text
from foundation.vault.keys import RetiredKey, wrapped_by_epoch
from intake.actions import submit_intake
from intake.models import Intake
from tests.accounts.test_sign_in import code_now, first_step
from tests.intake.conftest import begin, open_with
from tests.support.answers import address_of


def rotate(*options):
    out = StringIO()
    call_command("rotate_keys", *options, stdout=out, stderr=StringIO())
    keys.cipher_of.cache_clear()  # as in a process that starts anew
    return out.getvalue()


def before(client):
    return client.cookies["before"].value


def half_way(client):
    """Answer two of the questions before consent, so that they travel in the cookie."""
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    client.post(address_of("who_fills"), {"who_fills": "me"})


def signs_in_with_a_code(client, user):
    client.logout()
    first_step(client, user.email)
    return client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 302


def test_a_rotation_is_brought_to_its_end_and_nobody_loses_anything(
    folder, client, cast, case, make_draft, now, time_machine
):
    """The drill: a new key, everything sealed again, the old key gone, production started without it."""
    numbers = submit_intake(make_draft(), at=now)
    drafting, deciding, sleeping = Client(), Client(), Client()
    begin(drafting)
    drafting.post(address_of("name"), {"given_names": "Amina"})
    half_way(deciding)
    half_way(sleeping)

    rotate("--new")
    assert set(wrapped_by_epoch()) == {2}
    # A cookie of the old key goes on, and comes back under the new one.
    assert epoch_of(before(deciding)) == 1
    assert deciding.get(address_of("consent")).status_code == 200
    assert epoch_of(before(deciding)) == 2

    assert "kek-1 is retired" in rotate("--retire")
    assert sorted(path.name for path in folder.glob("*kek-*")) == ["kek-2", "retired-kek-1"]
    assert checks.the_keys_fit_the_database(None, databases=["default"]) == []
    assert ["retired-kek-1" in note for note in stale_keys(at=timezone.now())] == [True]
    (folder / "retired-kek-1").unlink()
    assert check_keys() == []
    assert starts_in_production(folder)

    # The draft is open still, and so is the form of somebody who answered a page meanwhile.
    assert "Amina" in drafting.get(address_of("name")).content.decode()
    drafts = Intake.objects.count()
    assert deciding.post(address_of("consent"), {"consent": "yes"}).status_code == 302
    assert Intake.objects.count() == drafts + 1
    # The one who slept through it begins again, and reads why.
    afresh = sleeping.get(address_of("consent"), follow=True)
    assert afresh.status_code == 200 and afresh.redirect_chain[-1][0] == address_of("safe_now")
    assert "our locks were changed" in afresh.content.decode()
    assert before(sleeping) == ""
    assert begin(sleeping).status_code == 302
    # A receipt, a case and a second factor of before open.
    assert open_with(Client(), numbers).redirect_chain[-1][0] == reverse("intake:mine")
    time_machine.move_to(timezone.now() + timedelta(minutes=1))
    assert signs_in_with_a_code(client, cast.cora)
    assert client.get(case.get_absolute_url()).status_code == 200


def starts_in_production(folder):
    env = {
        "PATH": os.environ["PATH"],
        "INTAKE_ENV": "production",
        "INTAKE_KEYS": str(folder),
        "DATABASE_URL": "postgres:///x",
        "REDIS_URL": "redis://valkey/0",
        "ALLOWED_HOSTS": "forms.legal-aid.test",
        "SITE_URL": "https://forms.legal-aid.test",
        "INTAKE_OFFICE": "river",
        "MEDIA_ROOT": str(folder / "media"),
    }
    return not subprocess.run([sys.executable, "-m", "config.fit"], env=env, cwd=ROOT).returncode


def test_a_language_chosen_on_a_page_whose_key_is_gone_is_kept(folder, client, office):
    half_way(client)
    make_keys(folder, ["kek-2"])
    (folder / "kek-1").unlink()
    keys.cipher_of.cache_clear()
    page = client.post(address_of("consent"), {"language": "ar"}, follow=True)
    assert page.status_code == 200 and 'lang="ar"' in page.content.decode()


@pytest.mark.parametrize("cookie", ["7:AAAA", "1:AAAA", "1:é", "nonsense", "0:AAAA", "9" * 5000 + ":AA", ":"])
def test_a_cookie_no_key_of_ours_opens_starts_the_page_afresh(client, office, cookie):
    client.cookies["before"] = cookie
    page = client.post(address_of("who_fills"), {"who_fills": "me"}, follow=True)
    assert page.status_code == 200 and page.redirect_chain[-1][0] == address_of("safe_now")
    assert "cannot be read any more" in page.content.decode()


def test_a_key_is_not_retired_while_anything_needs_it(folder, case, monkeypatch):
    from foundation.accounts.management.commands import rotate_keys

    make_keys(folder, ["kek-2"])
    monkeypatch.setattr(
        rotate_keys.Command, "_rotate", lambda self, batch: None
    )  # as if somebody came in between
    with pytest.raises(CommandError, match="still needed"):
        rotate("--retire")
    assert (folder / "kek-1").exists()


def test_a_second_factor_alone_keeps_its_key(folder, cast, tamper):
    from foundation.accounts.factors import secrets_of_older_keys
    from foundation.vault.keys import rewrap_some

    make_keys(folder, ["kek-2"])
    while rewrap_some():
        pass
    assert secrets_of_older_keys() > 0


def test_a_matter_whose_key_is_gone_is_said_to_be_shut_and_not_a_bug(folder, client, cast, case):
    make_keys(folder, ["kek-2"])
    (folder / "kek-1").unlink()
    keys.cipher_of.cache_clear()
    client.force_login(cast.cora)
    assert client.get(case.get_absolute_url()).status_code == 503
    (problem, *_rest) = checks.the_keys_fit_the_database(None, databases=["default"])
    assert "kek-1 is missing" in problem.msg and problem.id == "intake.E010"


def test_a_rotation_that_was_begun_is_noted_until_it_is_ended(folder, case):
    make_keys(folder, ["kek-2"])
    (note,) = checks.the_keys_fit_the_database(None, databases=["default"])
    assert "not brought to its end" in note.msg and "--retire" in note.hint


def test_a_text_of_a_retired_key_says_so(folder):
    sealed = seal_text("mfa", "canary")
    make_keys(folder, ["kek-2"])
    (folder / "kek-1").unlink()
    with pytest.raises(RetiredKey):
        open_text("mfa", sealed)


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(folder, case, monkeypatch):
    def read_only(*args):
        raise OSError(30, "Read-only file system")

    from foundation.accounts.management.commands import rotate_keys

    monkeypatch.setattr(rotate_keys, "make_keys", read_only)
    with pytest.raises(CommandError, match="Read-only file system"):
        rotate("--new")
