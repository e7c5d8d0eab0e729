"""What a template keeps in the process depends on nothing but what it names (config/templatetags/kept.py)."""

import pytest
from django.template import Context, Engine, Variable
from django.template.base import FilterExpression, Node
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, IncludeNode
from django.template.smartif import TokenBase

from config.templatetags.kept import MOST, Kept
from foundation.house import ROOT

FILES = sorted(
    str(path.relative_to(ROOT / "templates"))
    for path in (ROOT / "templates").rglob("*.html")
    if "{% kept " in path.read_text()
)
# What belongs to nobody: the office's, the program's, an element of a page.
MAY_DEPEND_ON = {
    "LANGUAGE_CODE",
    "offered",
    "form_id",
    "our_office.is_draft_language",
    "office.phone",
    "office.phone_uri",
}


def of_kind(nodes, kind):
    """Yield the nodes of a kind, those within others and in what is included too."""
    for node in nodes:
        if isinstance(node, kind):
            yield node
        for name in getattr(node, "child_nodelists", ()):
            yield from of_kind(getattr(node, name, None) or (), kind)
        for _condition, inner in getattr(node, "conditions_nodelists", ()):
            yield from of_kind(inner, kind)


def names_in(value, own):
    """Return the names that a part of a template looks up, less those it gives itself."""
    if isinstance(value, FilterExpression):
        looked = {value.var.var} if isinstance(value.var, Variable) and value.var.lookups else set()
        looked |= {arg.var for _f, args in value.filters for is_name, arg in args if is_name and arg.lookups}
        return {name for name in looked if name.split(".")[0] not in {*own, "True", "False", "None"}}
    if isinstance(value, IncludeNode):
        inner = get_template(value.template.var).template.nodelist
        said = {name for one in value.extra_context.values() for name in names_in(one, own)}
        given = {*own, *value.extra_context, "forloop"}
        seen = {name for node in inner for name in names_in(node, given)}
        return said if value.isolated_context else said | seen
    if isinstance(value, Node):
        own = {*own, *getattr(value, "loopvars", ())}
        return {name for one in vars(value).values() for name in names_in(one, own)}
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return {name for one in value for name in names_in(one, own)}
    if isinstance(value, TokenBase):  # a part of a condition
        return {name for one in (value.first, value.second, value.value) for name in names_in(one, own)}
    return set()


def test_there_are_some():
    assert len(FILES) >= 4


@pytest.mark.parametrize("file", FILES)
def test_what_is_kept_depends_on_what_it_names_and_that_is_nobodys(file):
    for part in of_kind(get_template(file).template.nodelist, Kept):
        named = {name for one in part.on for name in names_in(one, set())}
        assert named <= MAY_DEPEND_ON
        assert {name for node in part.nodelist for name in names_in(node, set())} <= named
        assert not list(of_kind(part.nodelist, BlockNode))
        assert not [node for node in of_kind(part.nodelist, Node) if "csrf" in type(node).__name__.lower()]


def test_what_depends_on_something_else_is_found():
    inside = "{% if b.c %}{{ a }}{% for d in a %}{{ d }}{{ e|default:f }}{% endfor %}{% endif %}"
    source = f"{{% load kept %}}{{% kept a %}}{inside}{{% endkept %}}"
    (part,) = of_kind(Engine.get_default().from_string(source).nodelist, Kept)
    assert {name for node in part.nodelist for name in names_in(node, set())} == {"a", "b.c", "e", "f"}


def test_each_set_of_values_is_written_once_and_there_is_an_end():
    template = Engine.get_default().from_string("{% load kept %}{% kept a %}{{ a }}{{ b }}{% endkept %}")
    said = [template.render(Context({"a": a, "b": b})) for a, b in ((1, 2), (1, 3), (2, 4))]
    assert said == ["12", "12", "24"]
    for a in range(2 * MOST):
        template.render(Context({"a": a}))
    (part,) = of_kind(template.nodelist, Kept)
    assert len(part.written) <= MOST
