"""The product's own code as syntax trees, for the tests that read it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from foundation.house import ROOT, our_sources

APART = ("demo", "benchmarks")  # they make people and cases up


@dataclass(frozen=True)
class Source:
    """One file of the product: its path from the root, its text, its tree."""

    path: str
    text: str = field(repr=False)
    tree: ast.Module = field(repr=False)

    @property
    def app(self) -> str:
        parts = self.path.split("/")
        return parts[1] if parts[0] == "foundation" and len(parts) > 2 else parts[0]

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    def is_in(self, *names: str) -> bool:
        """Tell whether the file is `name.py`, or lies in a folder of that name."""
        parts = self.path.removesuffix(".py").split("/")
        return any(name in parts for name in names)


@cache
def sources() -> tuple[Source, ...]:
    """Return every file of the product but migrations, the demo and what measures."""
    found = []
    for path in our_sources():
        name = str(path.relative_to(ROOT))
        if name.split("/")[0] not in APART:
            text = path.read_text()
            found.append(Source(name, text, ast.parse(text)))
    return tuple(found)


@cache
def templates() -> dict[str, str]:
    """Return every template's text by its name."""
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.html"))}


def literals(*trees: ast.AST) -> set[str]:
    """Return every text that stands as a literal in these trees, docstrings included."""
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def names(*trees: ast.AST) -> set[str]:
    """Return every name these trees read, and every attribute and import they mention."""
    return {name for tree in trees for name in _names(tree)}


@cache
def _names(tree: ast.AST) -> frozenset[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.add(node.name.rpartition(".")[2])
    return frozenset(found)


def calls(*trees: ast.AST) -> Iterator[ast.Call]:
    """Yield every call in these trees."""
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield node
