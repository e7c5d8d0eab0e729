"""Every address declares who may open it; strangers and other offices get nowhere."""

import uuid

import pytest
from django.urls import URLPattern, get_resolver, reverse


def patterns(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)


ALL = dict(patterns())
STAFF = sorted(
    name for name, entry in ALL.items() if getattr(entry.callback, "access", "").startswith("staff")
)


def address(name):
    converters = ALL[name].pattern.converters
    filled = {
        key: uuid.uuid4() if type(converter).__name__ == "UUIDConverter" else 1
        for key, converter in converters.items()
    }
    return reverse(name, kwargs=filled)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_url_is_classified(name):
    assert getattr(ALL[name].callback, "access", None), f"{name} declares nobody"


@pytest.mark.parametrize("name", STAFF)
@pytest.mark.usefixtures("db")
def test_a_stranger_is_sent_to_sign_in(client, name):
    for method in (client.get, client.post):
        response = method(address(name))
        assert response.status_code == 302
        assert response.url.startswith("/sign-in/")


WRONG = [
    ("cora", "referrals:offer-detail"),
    ("cora", "evidence:cite"),
    ("ade", "workspace:queue"),
    ("ade", "workspace:triage"),
    ("ines", "workspace:triage"),
    ("cora", "workspace:stuck-retry"),
]


@pytest.mark.parametrize(("who", "name"), WRONG)
def test_another_role_is_refused(client, cast, who, name):
    client.force_login(getattr(cast, who))
    response = (
        client.post(address(name)) if name.split(":")[1] not in ("queue",) else client.get(address(name))
    )
    assert response.status_code == 403


def test_another_office_and_an_attorney_without_access_find_no_case(client, cast, case):
    for user in (cast.otto, cast.ade):
        client.force_login(user)
        assert client.get(case.get_absolute_url()).status_code == 404
        assert client.post(reverse("workspace:note", args=[case.pk]), {"text": "x"}).status_code == 404


def test_another_offices_source_is_not_found(client, cast, now):
    from evidence.actions.library import add_document

    document = add_document("A title\n\nA paragraph.", capture="paste", by=cast.ade, at=now)
    client.force_login(cast.otto)
    assert client.get(reverse("evidence:document", args=[document.pk])).status_code == 404
