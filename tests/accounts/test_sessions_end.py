"""A session nobody uses ends by itself, and so does one that is old."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import Session


@pytest.mark.parametrize(
    ("column", "minutes", "code"),
    [
        ("seen_at", 14, 200),
        ("seen_at", 16, 302),
        ("started_at", 7 * 60 + 59, 200),
        ("started_at", 8 * 60 + 1, 302),
    ],
)
def test_an_idle_or_old_session_is_over(client, cast, column, minutes, code):
    client.force_login(cast.cora)
    past = timezone.now() - timedelta(minutes=minutes)
    assert Session.objects.filter(user=cast.cora).update(**{column: past}) == 1
    assert client.get(reverse("notifications:inbox")).status_code == code
    assert Session.objects.filter(user=cast.cora).exists() == (code == 200)
