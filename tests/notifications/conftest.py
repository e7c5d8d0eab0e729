import pytest

from notifications.actions import SafeWays, change_reach
from tests.notifications.texting import OLD, SECRET


@pytest.fixture
def gateway_key(monkeypatch):
    """The key that the gateway signs with."""
    monkeypatch.setattr("notifications.gateway.read_key", lambda name: SECRET)


@pytest.fixture
def texted(case, cast, now):
    """Amina called texts to her old number safe."""
    change_reach(case.matter, SafeWays(["text"], phone=OLD), by=cast.cora, at=now)
    return case
