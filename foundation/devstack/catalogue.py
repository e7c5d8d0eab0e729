"""The strings people see, and the catalogues that translate them, edited in place.

Gettext's own tools write a catalogue anew in another order and guess at likenesses; here an entry is added
beside its neighbors or dropped, and nothing else moves. Needs no gettext.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib

from foundation.house import ROOT, our_sources

MARKERS = ("gettext", "gettext_lazy", "ngettext", "ngettext_lazy")
SOURCE = "django.utils.translation"
MARK = re.compile(
    r"""(?<!\w)(?P<name>n?gettext|_)\(\s*u?(?P<one>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""(?:\s*,\s*u?(?P<many>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))?"""
)
Strings = dict[str, str]  # what is translated -> its plural, or ""


def strings() -> Strings:
    """Return every string of code and templates that wants a translation, in the order of the files."""
    marked: Strings = {}
    for path in our_sources():
        marked |= dict(strings_of_python(path.read_text()))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        marked |= dict(strings_of_template(path.read_text(), str(path)))
    return marked


def strings_of_python(text: str) -> Iterator[tuple[str, str]]:
    """Yield (string, plural) of each call that marks a literal for translation, by whatever name it calls it.

    Raises Unseen for a call whose string is put together as it runs: no catalogue could hold it.
    """
    tree = ast.parse(text)
    names = {"_": "gettext", **_imported(tree)}
    for node in ast.walk(tree):
        marker = _marker(node, names)
        if marker:
            wanted = 2 if marker.startswith("n") else 1
            literals = [part.value for part in node.args[:wanted] if isinstance(part, ast.Constant)]  # type: ignore[attr-defined]
            if len(literals) < wanted:
                raise Unseen(f"line {node.lineno}: {ast.unparse(node)}")  # type: ignore[attr-defined]
            yield str(literals[0]), str(literals[1]) if wanted == 2 else ""


class Unseen(ValueError):
    """A string is marked for translation that nobody can read off the code."""


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return what a file calls the functions that mark strings: {its name: theirs}."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == SOURCE]
    names = [name for node in imports for name in node.names if name.name in MARKERS]
    return {name.asname or name.name: name.name for name in names}


def _marker(node: ast.AST, names: Mapping[str, str]) -> str:
    """Return the function that marks a string, if this is a call of one."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name):
        return names.get(node.func.id, "")
    return node.func.attr if isinstance(node.func, ast.Attribute) and node.func.attr in MARKERS else ""


def strings_of_template(text: str, origin: str) -> Iterator[tuple[str, str]]:
    """Yield (string, plural) of a template's translate and blocktranslate tags."""
    # Here: it reads the settings, and Python files can be read without them.
    from django.utils.translation.template import templatize

    for mark in MARK.finditer(templatize(text, origin=origin)):
        many = mark["many"] if mark["name"] == "ngettext" else None
        yield ast.literal_eval(mark["one"]), ast.literal_eval(many) if many else ""


@dataclass
class Changed:
    """What an update did to one catalogue: the strings it added, dropped and translated."""

    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def catalogues() -> list[Path]:
    """Return the catalogue of each language."""
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))


def update(path: Path, wanted: Strings, translations: Mapping[str, Any]) -> Changed:
    """Bring one catalogue to the strings wanted, in place, and fill in the translations given.

    `translations` maps a string to its translation, or to the list of its plural forms in the order of
    the language's rule. A string that stands in no page is left out; one without a translation is added
    empty and named in `empty`.
    """
    catalogue = polib.pofile(str(path), wrapwidth=1_000_000)
    changed = Changed()
    changed.dropped = [entry.msgid for entry in catalogue if entry.msgid not in wanted]
    for msgid in changed.dropped:
        catalogue.remove(catalogue.find(msgid))
    known = {entry.msgid: entry for entry in catalogue}
    after = -1
    for msgid, plural in wanted.items():
        if msgid in known:
            after = catalogue.index(known[msgid])
            continue
        entry = polib.POEntry(msgid=msgid, msgid_plural=plural)
        if plural:
            entry.msgstr_plural = dict.fromkeys(range(_forms(catalogue)), "")
        after += 1
        catalogue.insert(after, entry)
        known[msgid] = entry
        changed.added.append(msgid)
    for msgid in [text for text in translations if text in known]:
        _fill(known[msgid], translations[msgid])
        changed.filled.append(msgid)
    changed.empty = [entry.msgid for entry in catalogue if not _is_translated(entry)]
    path.write_text(str(catalogue))
    return changed


def _forms(catalogue: polib.POFile) -> int:
    plurals = re.search(r"nplurals=(\d)", catalogue.metadata.get("Plural-Forms", ""))
    return int(plurals[1]) if plurals else 2


def _fill(entry: polib.POEntry, translation: str | list[str]) -> None:
    if entry.msgid_plural:
        if isinstance(translation, str) or len(translation) != len(entry.msgstr_plural):
            raise ValueError(f"{entry.msgid!r} needs its {len(entry.msgstr_plural)} plural forms.")
        entry.msgstr_plural = dict(enumerate(translation))
    else:
        entry.msgstr = str(translation)


def _is_translated(entry: polib.POEntry) -> bool:
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def read_translations(path: Path) -> dict[str, Any]:
    """Read {string: translation} from a JSON file; ValueError says what is wrong with it."""
    translations = json.loads(path.read_text())
    if not isinstance(translations, dict):
        raise ValueError("The file must hold one object: {string: translation, or its plural forms}.")
    return translations
