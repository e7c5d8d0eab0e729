"""Every string people see has its Arabic."""

import ast
import re

import polib
from django.utils.translation.template import templatize

from foundation.house import ROOT, our_sources

CATALOG = polib.pofile(str(ROOT / "locale" / "ar" / "LC_MESSAGES" / "django.po"))
MARK = re.compile(r"""(?<![\w])(?:n?p?gettext|_)\(\s*u?(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def strings_in_python():
    for path in our_sources():
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if called and node.func.id in ("_", "ngettext") and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def strings_in_templates():
    for path in (ROOT / "templates").rglob("*.html"):
        for found in MARK.finditer(templatize(path.read_text(), origin=str(path))):
            yield ast.literal_eval(found["text"])


def forms(entry):
    """Return the translation, or all six plural forms of it."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_string_is_translated():
    wanted = {*strings_in_python(), *strings_in_templates()}
    assert len(wanted) > 500
    translated = {entry.msgid for entry in CATALOG if all(forms(entry)) and "fuzzy" not in entry.flags}
    assert sorted(wanted - translated) == []


def test_no_translation_outlives_its_string():
    assert sorted({entry.msgid for entry in CATALOG} - {*strings_in_python(), *strings_in_templates()}) == []


def test_placeholders_and_tags_survive_translation():
    parts = re.compile(r"%\(\w+\)s|%d|</?[a-z][^>]*>")
    for entry in CATALOG:
        for form in forms(entry):
            assert sorted(parts.findall(entry.msgid)) == sorted(parts.findall(form)), entry.msgid


def test_yes_no_strings_keep_their_comma():
    for entry in CATALOG:
        if entry.msgid in ("yes,no", "adult,under 18"):
            assert entry.msgstr.count(",") == 1
