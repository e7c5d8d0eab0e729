"""Every address declares who may open it."""

import pytest
from django.urls import URLPattern, get_resolver


def patterns(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)


ALL = dict(patterns())


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_url_is_classified(name):
    """What each of them answers to whom: tests/abuse/every_url.txt."""
    assert getattr(ALL[name].callback, "access", None), f"{name} declares nobody"
