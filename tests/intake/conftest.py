import pytest
from django.urls import reverse

from tests.support.answers import answers, number_of, typed


def begin(client, *, shared="no", who="me", **helper):
    """Answer what comes before consent, and say yes."""
    step = lambda number: reverse("intake:step", args=[number])  # noqa: E731
    client.post(step(1), {"language": "en"})
    client.post(step(2), {"safe_now": "yes", "shared": shared})
    client.post(step(3), {"who_fills": who})
    if who != "me":
        client.post(step(4), {"helper_name": "Hana Helper", "helper_relation": "friend", **helper})
    return client.post(step(5), {"consent": "yes"})


@pytest.fixture
def started(client, office):
    begin(client)
    return client


@pytest.fixture
def fill(office, now):
    """Return a function that answers every page over HTTP, as a browser would."""

    def answer_all(client, **changes):
        for key, values in answers(office.today(now), **changes).items():
            if key == "documents":
                response = client.post(reverse("intake:documents"))
            else:
                response = client.post(reverse("intake:step", args=[number_of(key)]), typed(key, values))
            assert response.status_code == 302, (key, response.context["form"].errors)

    return answer_all
