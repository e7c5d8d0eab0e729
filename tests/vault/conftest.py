import shutil

import pytest

from foundation.database.keyfolder import key_folder
from foundation.vault import keys


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A key folder of the test's own, beginning with the keys the database was made with."""
    shutil.copytree(key_folder(), tmp_path / "keys")
    monkeypatch.setenv("INTAKE_KEYS", str(tmp_path / "keys"))
    keys.cipher_of.cache_clear()
    yield tmp_path / "keys"
    keys.cipher_of.cache_clear()
