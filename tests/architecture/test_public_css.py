"""The style sheet of the public pages asks for nothing that a phone browser of 2019 lacks."""

import re

import pytest

from foundation.house import ROOT

SHEET = re.sub(r"/\*.*?\*/", "", (ROOT / "static/css/public.css").read_text(), flags=re.S)
# Since when: caniuse.com. What a browser does not know it leaves out, with the whole rule it stands in.
NEWER = {
    "light-dark(": 2024,
    ":has(": 2022,
    ":is(": 2021,
    ":where(": 2021,
    "inset-": 2020,
    "inset:": 2020,
    "margin-inline:": 2020,
    "margin-block:": 2020,
    "padding-inline:": 2020,
    "padding-block:": 2020,
    "[popover": 2023,
    ":popover": 2023,
    "clamp(": 2020,
    "aspect-ratio": 2021,
    "@layer": 2022,
    "@container": 2022,
    "dvh": 2022,
    "color-mix(": 2023,
    "accent-color": 2021,
}
# A row that is laid out with `gap` has no room between its parts on an iPhone before 2021.
FLEX_GAP = re.compile(r"(?<!grid-)\bgap:")


def newer_in(sheet):
    found = [feature for feature in NEWER if feature in sheet]
    return [*found, *FLEX_GAP.findall(sheet)]


def test_the_public_pages_work_in_a_browser_of_2019():
    assert newer_in(SHEET) == []


@pytest.mark.parametrize(
    "rule",
    ["a:is(b) {}", ".row { gap: 1rem; }", ".x { inset-inline: 0; }", ".y { color: light-dark(a, b); }"],
)
def test_a_newer_rule_is_found(rule):
    assert newer_in(rule)


# --- nothing is sent over a slow line that no page uses -------------------------------------------

PLACES = ("intake", "public", "widgets", "components")
TEMPLATES = [
    *(path for place in PLACES for path in (ROOT / "templates" / place).rglob("*.html")),
    *(ROOT / "templates").glob("*.html"),
    ROOT / "intake/templatetags/asked.py",  # the fields
]
ATTRIBUTE = re.compile(r'\bclass(?:Name)?(?:=|: |\s=\s)"([^"]*(?:"[^"]*"[^"]*)*?)"(?=[\s>/,;])')
TAG = re.compile(r"{[%{].*?[%}]}")
# Said by code: how far a matter is (intake/progress.py), what became of a file (foundation/files/uploads.py),
# how a message sounds (Django's own levels), that a field is wrong (intake/templatetags/asked.py).
SAID = {"wrong", "done", "here", "ahead", "ok", "wait", "no", "back", "success", "warning", "error", "info"}


def classes_of(sheet):
    selectors = re.sub(r"url\([^)]*\)", "", re.sub(r"{[^{}]*}", "{}", sheet))
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))


def classes_in(text):
    """Return the words of every class attribute, those between the tags of a template too."""
    found = (TAG.sub(" ", attribute) for attribute in ATTRIBUTE.findall(text))
    blocks = re.findall(r"{% block width %}([^{]*)", text)
    words = re.findall(r"(?:kind|tone|style)=[\"']([\w -]+)", text)
    return {word for one in (*found, *blocks, *words) for word in one.split()}


def used():
    scripts = (ROOT / "static/js").glob("*.js")
    texts = [path.read_text() for path in (*TEMPLATES, *scripts)]
    return SAID.union(*(classes_in(text) for text in texts))


def test_every_class_of_the_sheet_is_on_some_page():
    assert sorted(classes_of(SHEET) - used()) == []


def test_a_class_that_no_page_has_is_found():
    assert classes_of(".panel { a: b } .nowhere > .panel { c: url(x.png) }") - used() == {"nowhere"}
