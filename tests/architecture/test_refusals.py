"""Whoever calls an action learns from its docstring which refusals to expect."""

import ast

import pytest

from foundation.refused import Refused
from tests.support.reading import Source, sources

# These answer refusals: views, their door, the case page, forms, and what the worker calls.
ANSWER = ("views", "forms", "urls", "middleware", "door", "case", "tasks", "handlers", "work", "commands")
# Whatever opens what a person said may raise it: `open_many` says so for all.
SAID_ONCE = {"TooManyMatters"}


def refusals(kind=Refused):
    """Return the names of every class of refusal the product has."""
    below = [name for sub in kind.__subclasses__() for name in refusals(sub)]
    return {kind.__name__, *below}


def functions(source):
    """Return {name: function} of what stands at the top of a file."""
    return {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}


class Reading:
    """Which function raises what, itself or through those of ours it calls, whatever file they are in."""

    def __init__(self, read):
        self.read = {source.module: source for source in read}
        self.functions = {name: functions(source) for name, source in self.read.items()}
        self.imports = {name: dict(_imported(source.tree)) for name, source in self.read.items()}

    def raised(self, module, name, seen=frozenset()):
        """Return the names of what a function lets out; what it catches some of is not followed."""
        found, seen = set(), seen | {(module, name)}
        for node in _let_out(self.functions[module][name]):
            if isinstance(node, ast.Raise):
                thrown = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
                found.add(getattr(thrown, "id", getattr(thrown, "attr", "")))
            elif (called := self._called(module, node.func)) and called not in seen:
                found |= self.raised(*called, seen)
        return found

    def _called(self, module, func):
        if isinstance(func, ast.Name):
            return self._found(module, func.id)
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
            package, name = self.imports[module].get(func.value.id, (None, None))
            return self._found(f"{package}.{name}", func.attr) if package else None
        return None

    def _found(self, module, name):
        if name in self.functions.get(module, {}):
            return module, name
        package, original = self.imports.get(module, {}).get(name, (None, None))
        return self._found(package, original) if package else None

    def unnamed(self, module, known):
        """Return "function: class" for each refusal that a public function lets out and does not name."""
        return [
            f"{module}.{name}: {refusal}"
            for name, function in self.functions[module].items()
            if not name.startswith("_")
            for refusal in sorted(self.raised(module, name) & known)
            if refusal not in (ast.get_docstring(function) or "")
        ]


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, (node.module, alias.name)


def _let_out(node):
    """Yield what a function raises and calls, but inside a `try` that catches refusals."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Try) and _catches(child):
            yield from _let_out(ast.Module([*child.handlers, *child.orelse, *child.finalbody], []))
            continue
        if isinstance(child, ast.Call) or (isinstance(child, ast.Raise) and child.exc is not None):
            yield child
        yield from _let_out(child)


def _catches(attempt):
    caught = {name for handler in attempt.handlers for name in _types(handler.type)}
    return not caught.isdisjoint(refusals() | {"Exception", "BaseException"})


def _types(node):
    return {child.id for child in ast.walk(node) if isinstance(child, ast.Name)} if node else {"Exception"}


@pytest.fixture(scope="module")
def known():
    return refusals() - SAID_ONCE


def test_every_refusal_is_named_where_it_is_let_out(known):
    reading = Reading(sources())
    callers = [source for source in sources() if not source.is_in(*ANSWER)]
    callers = [source for source in callers if not source.path.endswith("_views.py")]
    assert [line for source in callers for line in reading.unnamed(source.module, known)] == []


ACT = 'from y import check\n\n\ndef act():\n    """{docstring}"""\n    check()\n'
CHECK = 'def check():\n    """Raises Forbidden."""\n    _check()\n\n\ndef _check():\n    raise Forbidden\n'


@pytest.mark.parametrize(
    ("docstring", "missing"),
    [("Do it.", ["x.act: Forbidden"]), ("Do it. Raises Forbidden for a stranger.", [])],
)
def test_a_refusal_left_out_is_found_through_another_file(docstring, missing, known):
    texts = {"x.py": ACT.format(docstring=docstring), "y.py": CHECK}
    reading = Reading([Source(path, text, ast.parse(text)) for path, text in texts.items()])
    assert reading.unnamed("x", known) == missing
    assert reading.unnamed("y", known) == []
