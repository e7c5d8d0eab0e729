"""A part of a template that is written once for each set of values it depends on, and kept in the process.

    {% kept LANGUAGE_CODE office.phone %} … {% endkept %}

It may use nothing but the values it names, and none of these may be a person's
(tests/architecture/test_kept.py).
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token

register = template.Library()
MOST = 256  # sets of values of one part; then it begins anew


class Kept(template.Node):
    """`on` are the values it depends on."""

    def __init__(self, nodelist: NodeList, on: list[FilterExpression]) -> None:
        self.nodelist, self.on = nodelist, on
        self.written: dict[tuple[str, ...], Any] = {}

    def render(self, context: template.Context) -> Any:
        values = tuple(str(one.resolve(context)) for one in self.on)
        html = self.written.get(values)
        if html is None:
            html = self.nodelist.render(context)
            if len(self.written) >= MOST:
                self.written.clear()
            self.written[values] = html
        return html


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    on = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, on)
