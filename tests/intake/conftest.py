import pytest
from django.urls import reverse

from tests.support.answers import address_of, answers, typed


def begin(client, *, shared="no", who="me", **helper):
    """Answer what comes before consent, and say yes."""
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": shared})
    client.post(address_of("who_fills"), {"who_fills": who})
    if who != "me":
        client.post(
            address_of("helper"), {"helper_name": "Hana Helper", "helper_relation": "friend", **helper}
        )
    return client.post(address_of("consent"), {"consent": "yes"})


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
                response = client.post(address_of(key), typed(key, values))
            assert response.status_code == 302, (key, response.context["form"].errors)

    return answer_all


def open_with(client, numbers):
    typed = {"locator": numbers.locator, "secret": numbers.secret}
    return client.post(reverse("intake:return"), typed, follow=True)


@pytest.fixture
def sent(make_draft, now):
    """Return a draft that was sent, and the two numbers of its receipt."""
    from intake.actions import submit_intake

    draft = make_draft()
    return draft, submit_intake(draft, at=now)


@pytest.fixture
def back(client, sent):
    """A visitor who opened what was sent with its receipt."""
    open_with(client, sent[1])
    return client
