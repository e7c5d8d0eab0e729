import pytest

from cases.models import Case
from packets import actions

COVER = {"title": "RESPONDENT'S EXHIBITS", "respondents": "Amina X | A 123-456-789"}


@pytest.fixture
def held(accepted):
    """The case, as whoever accepted it holds it."""
    return Case.objects.get()


@pytest.fixture
def packet(held, cast, now):
    return actions.begin_packet(held, cover=COVER, by=cast.ade, at=now)
