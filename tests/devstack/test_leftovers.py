"""What a killed `verify` left behind is taken away by the next one; what one that runs uses is left alone."""

import fcntl
import tempfile

from foundation.devstack import verify


def test_the_folder_of_a_dead_run_goes_and_that_of_a_live_one_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("verify-dead", "verify-live", "other-dead"):
        (tmp_path / name).mkdir()
        (tmp_path / name / verify.LOCK).touch()
    with (tmp_path / "verify-live" / verify.LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        verify.remove_left_over()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other-dead", "verify-live"]
