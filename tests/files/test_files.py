"""Files: sealed in chunks, whole or not at all."""

import itertools

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.events.models import AccessRecord
from foundation.files import stream
from foundation.files.actions import open_file, path_of, remove_file, store_file
from foundation.files.models import StoredFile
from foundation.vault.keys import VaultError
from tests.conftest import opened

KEY = AESGCM(b"k" * 32)
SIZES = [0, 1, stream.CHUNK - 1, stream.CHUNK, stream.CHUNK + 1, 3 * stream.CHUNK, 3 * stream.CHUNK + 7]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def stored(case, now):
    pieces = itertools.repeat(b"Amina's letter. ", 20_000)
    day = case.office.today(now)
    return store_file(
        pieces, matter=case.matter, name="letter-from-Amina.pdf", content_type="application/pdf", on=day
    )


@pytest.mark.parametrize("size", SIZES)
def test_what_is_written_reads_again(tmp_path, size):
    content = bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    stream.write([content[:100], content[100:]], tmp_path / "f", key=KEY, place=b"here")
    assert b"".join(stream.read(tmp_path / "f", key=KEY, place=b"here")) == content


def test_sizes_on_disk_are_full_chunks(tmp_path):
    for size in (1, 5000, stream.CHUNK - 1):
        stream.write([b"x" * size], tmp_path / str(size), key=KEY, place=b"here")
    assert {path.stat().st_size for path in tmp_path.iterdir()} == {10 + stream.SEALED}


@settings(max_examples=40, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_yields_nothing(tmp_path_factory, at, bit):
    path = tmp_path_factory.mktemp("bits") / "f"
    stream.write([b"Amina" * 40_000], path, key=KEY, place=b"here")
    content = bytearray(path.read_bytes())
    content[int(at * len(content))] ^= 1 << bit
    path.write_bytes(content)
    seen = []
    with pytest.raises(VaultError):
        seen.extend(stream.read(path, key=KEY, place=b"here"))
    assert seen == []


def chunks_of(path):
    content = path.read_bytes()
    body = content[10:]
    return content[:10], [body[i : i + stream.SEALED] for i in range(0, len(body), stream.SEALED)]


DAMAGE = {
    "a chunk cut short": lambda head, c: head + b"".join(c)[:-1],
    "the last chunk missing": lambda head, c: head + b"".join(c[:-1]),
    "a chunk in the middle missing": lambda head, c: head + b"".join(c[:1] + c[2:]),
    "two chunks swapped": lambda head, c: head + b"".join([c[1], c[0], *c[2:]]),
    "a chunk twice": lambda head, c: head + b"".join([c[0], *c]),
    "only the header": lambda head, c: head,
    "not a file of ours": lambda head, c: b"%PDF-1.4",
    "empty": lambda head, c: b"",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_yields_nothing_and_is_on_record(stored, damage):
    path = path_of(stored.pk)
    path.write_bytes(DAMAGE[damage](*chunks_of(path)))
    seen = []
    with pytest.raises(VaultError):
        seen.extend(open_file(stored, purpose="test"))
    assert seen == []
    assert AccessRecord.objects.filter(action="broken", subject_id=str(stored.pk)).exists()


def test_a_file_put_in_anothers_place_does_not_open(stored, make_case, now):
    other = make_case()
    day = other.office.today(now)
    theirs = store_file([b"theirs"], matter=other.matter, name="x", content_type="x", on=day)
    path_of(theirs.pk).write_bytes(path_of(stored.pk).read_bytes())
    with pytest.raises(VaultError):
        list(open_file(theirs, purpose="test"))


def test_neither_disk_nor_database_tells_name_size_or_words(stored, media, tamper, db):
    for path in media.rglob("*"):
        assert "Amina" not in path.name
        assert path.is_dir() or b"Amina" not in path.read_bytes()
    known = opened(StoredFile.objects.get(pk=stored.pk))
    assert (known.name, known.size) == ("letter-from-Amina.pdf", 320_000)
    assert b"".join(open_file(stored, purpose="test")) == b"Amina's letter. " * 20_000


def test_a_failed_upload_leaves_nothing(case, media, now):
    def broken():
        yield b"x" * 100_000
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store_file(broken(), matter=case.matter, name="x", content_type="x", on=case.office.today(now))
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


def test_a_removed_file_is_gone_from_disk_and_database(stored):
    path = path_of(stored.pk)
    remove_file(stored)
    assert not path.exists() and not StoredFile.objects.exists()
