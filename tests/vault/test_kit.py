"""The key-recovery kit: any two of its people open it with nothing else, and one alone does not."""

import json
import shutil
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.accounts.kits import has_kit
from foundation.database.keyfolder import key_folder, make_keys
from foundation.events.models import Event
from foundation.house import ROOT
from foundation.vault.kit import BadKit, open_kit, write_keys


@pytest.fixture
def made(office, tmp_path):
    """Return a new kit and its three codes, as the command prints them."""
    file, out = tmp_path / "kit.json", StringIO()
    call_command("recovery_kit", str(file), stdout=out)
    codes = [line.split()[-1] for line in out.getvalue().splitlines() if line.startswith("  person")]
    return file, codes


def by_hand(file, *codes, folder=None):
    """Open a kit as somebody does on a machine that has nothing: no environment at all."""
    command = [sys.executable, "-m", "foundation.vault.kit", str(file)]
    command += ["--to", str(folder)] if folder else []
    return subprocess.run(command, cwd=ROOT, env={}, input="\n".join(codes), capture_output=True, text=True)


def test_any_two_codes_open_it_in_any_order_and_it_opens_what_the_office_sealed(made, office):
    file, codes = made
    for one, other in ((0, 1), (1, 2), (0, 2), (2, 0)):
        done = by_hand(file, codes[one], codes[other])
        assert done.returncode == 0 and f"sealed by {office.name}" in done.stdout
    assert "kek-1" in done.stdout and "receipt-pepper" in done.stdout and "db-" not in done.stdout


def test_the_keys_come_out_as_they_went_in(made, tmp_path):
    file, codes = made
    assert by_hand(file, codes[0], codes[1], folder=tmp_path / "keys").returncode == 0
    for path in (tmp_path / "keys").iterdir():
        assert path.read_bytes() == (key_folder() / path.name).read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
    again = by_hand(file, codes[0], codes[1], folder=tmp_path / "keys")
    assert again.returncode == 1 and "there already" in again.stderr


def test_a_code_is_read_as_people_write_it(made):
    file, codes = made
    written = codes[0].lower().replace("-", " ").replace("o", "0").replace("i", "1")
    assert open_kit(file.read_text(), [written, codes[1]]).proof


@pytest.mark.parametrize("pick", [(0, 0), (0, None), (None, None)])
def test_one_code_is_not_enough(made, pick):
    file, codes = made
    typed = ["AAAA-AAAA-AAAA-AAAA-AAAA-AAAA" if place is None else codes[place] for place in pick]
    with pytest.raises(BadKit):
        open_kit(file.read_text(), typed)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": 2}', "%PDF"])
def test_what_is_no_kit_says_so(text):
    with pytest.raises(BadKit):
        open_kit(text, ["A", "B"])


def test_a_kit_that_was_changed_does_not_open(made):
    file, codes = made
    kit = json.loads(file.read_text())
    kit["keys"] = kit["keys"][:40] + ("A" if kit["keys"][40] != "A" else "B") + kit["keys"][41:]
    with pytest.raises(BadKit, match="changed"):
        open_kit(json.dumps(kit), codes[:2])


def test_the_file_holds_no_key_and_no_code(made):
    file, codes = made
    text = file.read_text()
    keys = [path.read_text().split()[0] for path in key_folder().iterdir()]
    assert not any(secret in text for secret in (*keys, *codes, *(code.replace("-", "") for code in codes)))


def test_nothing_is_written_over(made):
    with pytest.raises(CommandError, match="there already"):
        call_command("recovery_kit", str(made[0]))
    with pytest.raises(BadKit, match="there already"):
        write_keys({}, made[0].parent)


def test_getting_ready_knows_of_a_kit_of_the_newest_key_alone(office, made, tmp_path, monkeypatch):
    assert has_kit(office)
    assert Event.objects.get(name="vault.kit_made").data == {"people": 3, "epoch": 1}
    shutil.copytree(key_folder(), tmp_path / "keys")
    monkeypatch.setenv("INTAKE_KEYS", str(tmp_path / "keys"))
    make_keys(tmp_path / "keys", ["kek-2"])
    assert not has_kit(office)
