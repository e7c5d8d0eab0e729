"""Whoever calls an action learns from its docstring which refusals to expect."""

import ast

import pytest

from foundation.refused import Refused
from tests.support.reading import Source, sources

# Views answer refusals and forms collect them; a class that refuses is no action.
NO_ACTIONS = ("views", "forms", "urls", "middleware")


def refusals(kind=Refused):
    """Return the names of every class of refusal the product has."""
    below = [name for sub in kind.__subclasses__() for name in refusals(sub)]
    return {kind.__name__, *below}


def functions(tree):
    """Return {name: function} of what stands at the top of a file."""
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def raised(function, beside, seen=()):
    """Return the names a function raises, itself or in a helper of the same file."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and node.exc is not None:
            thrown = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            found.add(getattr(thrown, "id", getattr(thrown, "attr", "")))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name.startswith("_") and name in beside and name not in seen:
                found |= raised(beside[name], beside, (*seen, name))
    return found


def unnamed(source, known):
    """Return "function: class" for each refusal that a public function raises and does not name."""
    beside = functions(source.tree)
    return [
        f"{source.module}.{name}: {refusal}"
        for name, function in beside.items()
        if not name.startswith("_")
        for refusal in sorted(raised(function, beside) & known)
        if refusal not in (ast.get_docstring(function) or "")
    ]


@pytest.fixture(scope="module")
def known():
    return refusals()


def test_every_refusal_is_named_where_it_is_raised(known):
    of_actions = [
        source
        for source in sources()
        if not source.is_in(*NO_ACTIONS) and not source.path.endswith("_views.py")
    ]
    assert [line for source in of_actions for line in unnamed(source, known)] == []


@pytest.mark.parametrize(
    ("docstring", "missing"),
    [("Do it.", ["x.act: Forbidden"]), ("Do it. Raises Forbidden for a stranger.", [])],
)
def test_a_refusal_left_out_is_found_in_a_helper_too(docstring, missing, known):
    text = f'def act():\n    """{docstring}"""\n    _check()\n\n\ndef _check():\n    raise Forbidden\n'
    assert unnamed(Source("x.py", text, ast.parse(text)), known) == missing
