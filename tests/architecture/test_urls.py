"""Every address declares who may open it."""

import ast
import re

import pytest
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from foundation.house import ROOT, our_sources


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


# Who walks in from outside, as a stranger types addresses; what a proxy or a container asks.
OUTSIDE = ("benchmarks/", "demo/drill/", "foundation/devstack/")


def written_out(text):
    """Tell whether a text is the address of one of our pages."""
    if not text.startswith("/") or text == "/":
        return False
    try:
        resolve(text)
    except Resolver404:
        return False
    return True


def addresses_in(code):
    """Return the addresses of ours that some Python writes out, each with its line."""
    nodes = list(ast.walk(ast.parse(code)))
    parts = {part for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in parts:
            text = node.value
        else:
            continue
        if written_out(text):
            yield node.lineno, text


def test_no_address_of_ours_is_written_out():
    """A page that moves takes its links along: a message led to "/queue/", where no page was."""
    found = [
        f"{path.relative_to(ROOT)}:{line} {address}"
        for path in our_sources()
        if path.name != "urls.py" and not str(path.relative_to(ROOT)).startswith(OUTSIDE)
        for line, address in addresses_in(path.read_text())
    ]
    for page in (ROOT / "templates").rglob("*.html"):
        written = re.findall(r'(?:href|action|src)="(/[^"{?#]+)', page.read_text())
        found += [f"{page.relative_to(ROOT)} {address}" for address in written]
    assert found == []


def test_an_address_that_is_written_out_would_be_seen():
    code = 'a = "/sign-in/"\nb = f"/readings/{a}/"\nc = "/usr/sbin/nginx"\n'
    assert sorted(addresses_in(code)) == [(1, "/sign-in/"), (2, "/readings/1/")]


def test_where_a_request_wants_to_go_is_judged_in_one_place():
    """`next=abc` is no page: a second place that looked at hosts alone answered it with a 500."""
    judges = [path for path in our_sources() if "url_has_allowed_host_and_scheme" in path.read_text()]
    assert [str(path.relative_to(ROOT)) for path in judges] == ["foundation/accounts/addresses.py"]
