"""Keys: rotation that can be stopped and gone on with, other sources, blind indexes."""

import io
import uuid

import pytest
from django.core.management import call_command
from django.db import connection

from foundation.database.keyfolder import make_keys
from foundation.vault import keys
from foundation.vault.blind import blind_index
from foundation.vault.keys import KmsKeys, VaultError, Wrapped, unwrap, use_source, wrap
from foundation.vault.opening import open_one


def epochs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient_id, count(*) FROM keys.case_key_wrap GROUP BY 1")
        return dict(cursor.fetchall())


def test_rotation_wraps_again_and_everything_still_opens(folder, case):
    before = sum(epochs().values())
    call_command("rotate_keys", "--new", stdout=io.StringIO(), stderr=io.StringIO())
    assert epochs() == {"2": before}
    with keys.opening_keys():
        assert open_one(case.applicant, "given_names", purpose="test").given_names == "Amina"


def test_a_rotation_stopped_midway_goes_on(folder, case, make_case):
    make_case()
    make_keys(folder, ["kek-2"])
    assert keys.rewrap_some(1) == 1
    assert set(epochs()) == {"1", "2"}
    with keys.opening_keys():
        assert open_one(case.applicant, "given_names", purpose="test").given_names == "Amina"
    call_command("rotate_keys", stdout=io.StringIO(), stderr=io.StringIO())
    assert set(epochs()) == {"2"}


def test_after_rotation_the_old_key_is_not_needed(folder, case):
    call_command("rotate_keys", "--new", stdout=io.StringIO(), stderr=io.StringIO())
    (folder / "kek-1").unlink()
    keys.cipher_of.cache_clear()
    with keys.opening_keys():
        assert open_one(case.applicant, "given_names", purpose="test").given_names == "Amina"


def test_a_wrapped_key_opens_for_its_matter_alone(folder):
    matter_id = uuid.uuid4()
    wrapped = wrap(b"k" * 32, matter_id=matter_id)
    assert unwrap(wrapped, matter_id=matter_id) == b"k" * 32
    flipped = Wrapped(wrapped.epoch, wrapped.blob[:-1] + bytes([wrapped.blob[-1] ^ 1]))
    for other, key in ((uuid.uuid4(), wrapped), (matter_id, flipped), (matter_id, Wrapped(1, b"short"))):
        with pytest.raises(VaultError):
            unwrap(key, matter_id=other)


class FolderKms:
    """A key management service's twin: it keeps what it wrapped in memory."""

    def __init__(self):
        self.asked = 0

    def decrypt(self, blob):
        self.asked += 1
        return bytes(byte ^ 0x5A for byte in blob)[:32]


def test_a_key_management_service_is_asked_once_for_each_key(folder):
    service = FolderKms()
    before = use_source(KmsKeys(service))
    try:
        matter_id = uuid.uuid4()
        for _n in range(3):
            assert unwrap(wrap(b"k" * 32, matter_id=matter_id), matter_id=matter_id) == b"k" * 32
        assert service.asked == 1
    finally:
        use_source(before)


SAME = [
    ("a_number", "A012-345-678", "12345678"),
    ("a_number", "a 12 345 678", "A12345678"),
    ("phone", "+1 (212) 555-0142", "+12125550142"),
    ("phone", "+١٢١٢٥٥٥٠١٤٢", "+12125550142"),
    ("email", " Amina@Example.org", "amina@example.org"),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_the_same_value_written_otherwise_has_the_same_index(kind, one, other):
    assert blind_index(kind, one) == blind_index(kind, other)
    assert len(blind_index(kind, one)) == 16


def test_columns_and_empty_values_do_not_share_an_index():
    assert blind_index("phone", "12345678") != blind_index("a_number", "12345678")
    assert blind_index("phone", "") is blind_index("email", "  ") is None


def test_there_is_no_index_of_names():
    with pytest.raises(KeyError):
        blind_index("name", "Amina")
