import pytest

from foundation.work.line import lines
from tests.work.rows import MAKERS


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(params=[line.key for line in lines()])
def line(request):
    """Every line there is, one after the other."""
    return next(line for line in lines() if line.key == request.param)


@pytest.fixture
def due(line, cast, now):
    """Return a function that makes so many due rows of the line, and returns their keys in their order."""

    def make(count=1):
        for _ in range(count):
            MAKERS[line.key](cast, now)
        keys = list(line.due(now).values_list("pk", flat=True))
        assert len(keys) == count
        return keys

    return make
