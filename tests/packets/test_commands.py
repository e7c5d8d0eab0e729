"""manage.py packet_check and verify_packet: without servers."""

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from foundation.devstack.commands import NEED_NO_SERVERS
from packets.management.commands.packet_check import Command as PacketCheck
from tests.packets import hostile, reading
from tests.packets.reading import exhibit, made

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object) -> tuple[str, str]:
    """Return what a command printed, and its complaint."""
    out = io.StringIO()
    try:
        call_command(*map(str, arguments), stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_each_file_of_a_folder_is_accepted_or_refused_with_the_reason(tmp_path: Path) -> None:
    for name in ("turned 90", "dark", "more Q than q"):
        (tmp_path / f"{name}.pdf").write_bytes(hostile.ACCEPTED[name])
    for name, (content, _reason) in hostile.REFUSED.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    (tmp_path / "empty.pdf").write_bytes(b"")
    said, complaint = run("packet_check", tmp_path)
    assert not complaint
    assert "dark.pdf: accepted, 1 pages, every number upright at bottom center" in said
    assert "user's lock.pdf: refused (encrypted" in said and "cut off.pdf: refused (broken" in said
    assert "a page of HTML.pdf: refused (not_what_it_says" in said and "empty.pdf: refused" in said
    assert said.splitlines()[-1] == "3 of 7 accepted, 0 pages misplaced, 0 crashed."


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    assert run("packet_check", tmp_path / "none")[1].endswith("is no folder.")
    assert run("packet_check", tmp_path)[1].endswith("has no file.")


def test_a_volume_that_was_changed_says_which_part(tmp_path: Path) -> None:
    volume = tmp_path / "volume-1.pdf"
    volume.write_bytes(
        made(exhibit(0, hostile.ACCEPTED["A4"]), exhibit(1, hostile.ACCEPTED["dark"])).volumes[0]
    )
    assert run("verify_packet", volume)[0].endswith("Unchanged.\n")
    with pikepdf.open(volume, allow_overwriting_input=True) as pdf:
        drawn = pdf.pages[-1].obj["/Resources"]["/XObject"]["/PacketPage"]
        drawn.write(drawn.read_bytes() + b" 1 0 0 rg 0 0 50 50 re f")
        pdf.save(volume, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    said, complaint = run("verify_packet", volume)
    assert complaint and "e1, 6-6: changed" in said and "e0, 4-4: unchanged" in said


@pytest.mark.parametrize("content", [b"", b"no PDF", hostile.ACCEPTED["A4"]])
def test_what_is_no_packet_is_said_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    assert run("verify_packet", tmp_path / "a.pdf")[1]
    assert reading and PacketCheck.help


def test_neither_needs_servers() -> None:
    assert {"packet_check", "verify_packet"} <= NEED_NO_SERVERS


def test_what_parses_pdfs_is_loaded_by_no_process_of_ours() -> None:
    """The worker, the web process and both commands hand files to the sandbox, and load no parser."""
    rooms = "packets.work, workspace.packets.views, packets.management.commands.packet_check"
    parsers = "{'pikepdf', 'pypdfium2', 'PIL'}"
    code = f"import sys, django; django.setup(); import {rooms}; print({parsers} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.strip() == "set()"
