import pytest

from foundation.events.registry import Kind, kinds


@pytest.fixture
def listed_events(monkeypatch):
    """Return a function that lists events for the length of a test, as an app's events.py would."""

    def list_them(*names):
        for name in names:
            monkeypatch.setitem(kinds(), name, Kind(name, "A test happened"))

    return list_them
