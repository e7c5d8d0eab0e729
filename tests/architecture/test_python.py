"""The Python that Debian 12 ships is enough: 3.11.2, while a developer's is often a later 3.11."""

import ast

import pytest

from tests.support.reading import sources

# What came with 3.11.4: these take `filter=`. https://docs.python.org/3.11/library/tarfile.html#extraction-filters
UNPACK = ("extract", "extractall", "unpack_archive")


def asks_for_more(node):
    """Tell whether a call gives what an early 3.11 refuses with a TypeError."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in UNPACK and any(one.arg == "filter" for one in node.keywords)


def test_nothing_asks_for_a_later_python_than_debian_12_has():
    assert {one.path for one in sources() if any(map(asks_for_more, ast.walk(one.tree)))} == set()


@pytest.mark.parametrize("name", UNPACK)
def test_each_such_call_is_seen(name):
    assert asks_for_more(ast.parse(f'tar.{name}(entry, filter="data")', mode="eval").body)
    assert not asks_for_more(ast.parse(f"tar.{name}(entry)", mode="eval").body)
