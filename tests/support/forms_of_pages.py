"""Every form of a page and every query of its links, as somebody's browser would have them."""

from typing import NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html


class Target(NamedTuple):
    """One address with a method, and what a browser would send there: ((name, value), …)."""

    path: str
    method: str
    fields: tuple[tuple[str, str], ...]


def targets_of(path, content):
    """Return the targets that a page at a path leads to, on this site alone."""
    page = html.fromstring(content)
    page.make_links_absolute("http://testserver" + path)
    forms = [_of_form(path, form) for form in page.forms]
    return [*forms, *_queries(page)]


def _of_form(path, form):
    action = urlsplit(urljoin("http://testserver" + path, form.get("action") or path))
    names = {element.name: "" for element in form.inputs if element.name}
    names |= {name: value or "" for name, value in form.form_values()}
    names |= {button.get("name"): button.get("value", "") for button in form.findall(".//button[@name]")}
    names.pop("csrfmiddlewaretoken", None)
    names |= dict(parse_qsl(action.query)) if form.method == "GET" else {}
    return Target(action.path, form.method, tuple(names.items()))


def _queries(page):
    links = (urlsplit(link) for link in page.xpath("//a/@href"))
    return [
        Target(link.path, "GET", tuple(parse_qsl(link.query)))
        for link in links
        if link.query and link.netloc == "testserver"
    ]
