"""Every string people see has its Arabic."""

import json
import re

import polib
import pytest
from django.core.management import CommandError, call_command

from foundation.devstack import catalogue
from foundation.devstack.catalogue import Unseen, strings, strings_of_python, strings_of_template, update

CATALOG = polib.pofile(str(catalogue.ROOT / "locale" / "ar" / "LC_MESSAGES" / "django.po"))


def forms(entry):
    """Return the translation, or all six plural forms of it."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_string_is_translated():
    wanted = strings()
    assert len(wanted) > 500
    translated = {entry.msgid for entry in CATALOG if all(forms(entry)) and "fuzzy" not in entry.flags}
    assert sorted(wanted.keys() - translated) == []


def test_no_translation_outlives_its_string():
    assert sorted({entry.msgid for entry in CATALOG} - strings().keys()) == []


def test_placeholders_and_tags_survive_translation():
    parts = re.compile(r"%\(\w+\)s|%d|</?[a-z][^>]*>")
    for entry in CATALOG:
        for form in forms(entry):
            assert sorted(parts.findall(entry.msgid)) == sorted(parts.findall(form)), entry.msgid


def test_yes_no_strings_keep_their_comma():
    for entry in CATALOG:
        if entry.msgid in ("yes,no", "adult,under 18"):
            assert entry.msgstr.count(",") == 1


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_("One")', ("One", "")),
        ('from django.utils.translation import gettext_lazy\ngettext_lazy("Two")', ("Two", "")),
        ('from django.utils.translation import gettext_lazy as later\nlater("Two")', ("Two", "")),
        ('from django.utils import translation\ntranslation.gettext("Three")', ("Three", "")),
        ('translation.ngettext("%d day", "%d days", days)', ("%d day", "%d days")),
        ('_("in " "parts")', ("in parts", "")),
    ],
)
def test_each_way_of_marking_a_string_in_code_is_found(code, found):
    assert list(strings_of_python(code)) == [found]


@pytest.mark.parametrize("code", ['_(f"{n} days")', '_("a" + word)', "_(word)", '_("%d day" % n)'])
def test_a_string_that_no_catalogue_could_hold_is_refused(code):
    with pytest.raises(Unseen):
        list(strings_of_python(code))


def test_both_tags_of_templates_are_found():
    page = (
        '{% load i18n %}{% translate "One" %}'
        "{% blocktranslate count days=days %}{{ days }} day{% plural %}{{ days }} days{% endblocktranslate %}"
    )
    assert list(strings_of_template(page, "page")) == [("One", ""), ("%(days)s day", "%(days)s days")]


@pytest.fixture
def small(tmp_path):
    """A catalogue of two strings, with the rule of a language of two forms."""
    path = tmp_path / "django.po"
    path.write_text(
        '# A draft.\nmsgid ""\nmsgstr ""\n"Language: de\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Stays"\nmsgstr "Bleibt"\n\nmsgid "Goes"\nmsgstr "Geht"\n'
    )
    return path


def test_an_update_adds_beside_the_neighbor_drops_and_moves_nothing_else(small):
    before = small.read_text()
    changed = update(small, {"Stays": "", "%d day": "%d days", "Comes": ""}, {})
    assert (changed.added, changed.dropped) == (["%d day", "Comes"], ["Goes"])
    assert changed.empty == ["%d day", "Comes"]
    after = small.read_text()
    assert after.startswith(before[: before.index('msgid "Goes"')].rstrip())
    assert 'msgid_plural "%d days"\nmsgstr[0] ""\nmsgstr[1] ""' in after


def test_translations_are_filled_in_and_a_plural_needs_all_its_forms(small):
    wanted = {"Stays": "", "%d day": "%d days"}
    changed = update(small, wanted, {"%d day": ["%d Tag", "%d Tage"], "said nowhere": "x"})
    assert (changed.filled, changed.empty) == (["%d day"], [])
    assert 'msgstr[1] "%d Tage"' in small.read_text()
    with pytest.raises(ValueError, match="2 plural forms"):
        update(small, wanted, {"%d day": "Tage"})


def test_a_second_update_changes_nothing(small):
    wanted = {"Comes": "", "Stays": ""}
    update(small, wanted, {})
    once = small.read_text()
    assert update(small, wanted, {}).added == []
    assert small.read_text() == once


def test_a_wrong_file_of_translations_is_refused_in_words(tmp_path):
    path = tmp_path / "words.json"
    path.write_text(json.dumps(["not an object"]))
    with pytest.raises(CommandError, match="must hold one object"):
        call_command("words", fill=path, language="ar")
    with pytest.raises(CommandError, match="which language"):
        call_command("words", fill=path)
    path.write_text("{}")
    with pytest.raises(CommandError, match="no catalogue"):
        call_command("words", fill=path, language="xx")
