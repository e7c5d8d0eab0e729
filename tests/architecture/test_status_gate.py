"""Nothing moves a status except the gate."""

import ast

from foundation.house import ROOT, our_sources

SIGN_IN = "foundation/events/lifecycle.py"


def sources():
    return (path for path in our_sources() if str(path.relative_to(ROOT)) != SIGN_IN)


def assigns_status(tree):
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr == "status":
                yield node.lineno


def updates_status(tree):
    for node in ast.walk(tree):
        is_write = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("update", "save")
        if is_write and any(keyword.arg == "status" for keyword in node.keywords):
            yield node.lineno


def test_nothing_assigns_or_updates_a_status_by_hand():
    found = []
    for path in sources():
        tree = ast.parse(path.read_text())
        lines = [*assigns_status(tree), *updates_status(tree)]
        found += [f"{path.relative_to(ROOT)}:{line}" for line in lines]
    assert found == []


def test_the_search_would_find_one():
    assert list(assigns_status(ast.parse("offer.status = 'accepted'")))
    assert list(updates_status(ast.parse("Offer.objects.update(status='accepted')")))
