"""What a gateway of texts says to us, signed as it would be."""

import json
import time

from django.urls import reverse

from notifications.arrivals import LINE
from notifications.gateway import signature
from tests.conftest import opened

HOOK = reverse("notifications:sms-hook")
SECRET = b"of-the-tests"
OLD, NEW = "+12125550142", "+12125550177"


def say(client, at=None, secret=SECRET, signed=None, **said):
    """Send what a gateway says, signed as it would be."""
    body = json.dumps(said).encode()
    header = signature(secret, signed or body, at=int(time.time()) if at is None else at)
    return client.post(HOOK, body, content_type="application/json", headers={"X-Signature": header})


def text(client, words, *, sender=OLD, id="a", **more):
    answer = say(client, kind="text", id=id, **{"from": sender, "text": words, **more})
    LINE.work_off()
    return answer


def words_of(reply):
    return opened(reply, "words").words
