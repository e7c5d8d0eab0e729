"""How the tests of typed values send a page, and what they look at."""

import re

from intake.models import Answer
from tests.conftest import opened
from tests.support.answers import address_of


def kept(page):
    return opened(Answer.objects.get(page=page), "value").value


def send(client, key, **values):
    return client.post(address_of(key), values)


def is_kept(client, key, **values):
    response = send(client, key, **values)
    assert response.status_code == 302, response.context["form"].errors
    return kept(key)


def is_refused(client, key, **values):
    """Return the page that says why; nothing of it is kept."""
    before = Answer.objects.filter(page=key).count()
    response = send(client, key, **values)
    assert response.status_code == 422
    assert Answer.objects.filter(page=key).count() == before
    return response.content.decode()


def understood(page):
    """Return what the page would send back, of one reading or of the one that is chosen."""
    return re.findall(r'name="understood" value="([^"]+)"', page)
