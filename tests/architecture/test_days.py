"""What day it is depends on where the office is: nothing asks the server for it."""

import ast

from tests.support.reading import sources

# A command is run by a person at a terminal, without a database: there it is their day.
COMMANDS = ("management", "devstack")
# The answers' day of asking is to be frozen with the answers; then this line goes.
KNOWN = {"intake/queries.py"}


def asks_the_server(node):
    """Tell whether a call reads the server's own day: localdate(), date.today(), now().date()."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    inner = node.func.value
    of_now = isinstance(inner, ast.Call) and ast.unparse(inner.func).endswith("now")
    whose = ast.unparse(inner)
    return (
        node.func.attr == "localdate"
        or (node.func.attr == "today" and whose.split(".")[-1] in ("date", "datetime"))
        or (node.func.attr == "date" and of_now)
    )


def test_nothing_asks_the_server_what_day_it_is():
    found = {
        one.path
        for one in sources()
        if not one.is_in(*COMMANDS) and any(asks_the_server(node) for node in ast.walk(one.tree))
    }
    assert found - KNOWN == set()


def test_each_way_of_asking_is_seen():
    for text in ("timezone.localdate()", "date.today()", "datetime.date.today()", "timezone.now().date()"):
        assert asks_the_server(ast.parse(text, mode="eval").body), text
    assert not asks_the_server(ast.parse("office.today(at)", mode="eval").body)
