"""Controls written without a template are those that Django's templates write, and escape what is typed."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from foundation.controls import Renderer
from intake.questionnaire.path import BY_KEY

HOSTILE = """<b>&"'</b>"""
CHOICES = [("", "—"), (1, gettext_lazy("Yes")), ("x", mark_safe("<i>safe</i>")), (HOSTILE, HOSTILE)]
GROUPED = [(HOSTILE, [("a", "A"), ("b", HOSTILE)]), ("c", "C")]
CONTROLS = {
    "text": (forms.TextInput({"maxlength": 1_234, "required": True, "disabled": False}), "x"),
    "hostile": (forms.TextInput({"title": HOSTILE}), HOSTILE),
    "number": (forms.NumberInput(), 1_234.5),
    "empty": (forms.EmailInput(), ""),
    "hidden": (forms.HiddenInput(), 0),
    "several lines": (forms.Textarea({"dir": "auto"}), "\n" + HOSTILE),
    "no lines": (forms.Textarea(), None),
    "list": (forms.Select(choices=CHOICES), 1),
    "list of several": (forms.SelectMultiple(choices=GROUPED), [HOSTILE, "b"]),
    "box": (forms.CheckboxInput({"class": HOSTILE}), True),
    "password": (forms.PasswordInput(), "kept out"),
    "day": (forms.DateInput({"type": "date"}, "%Y-%m-%d"), "2026-11-30"),
}


def words(html):
    return " ".join(str(html).replace(">", "> ").replace("<", " <").split())


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_is_what_djangos_template_writes(control):
    widget, value = CONTROLS[control]
    ours, theirs = [
        widget.render("a<b", value, {"id": "id_1"}, one()) for one in (Renderer, TemplatesSetting)
    ]
    assert words(ours) == words(theirs)
    assert "<b>" not in ours


def test_a_page_of_fields_escapes_what_was_typed(started):
    page = BY_KEY["name"]
    sent = started.post(f"/form/{page.number}/", {"given_names": HOSTILE, "family_name": HOSTILE})
    assert sent.status_code == 302
    html = started.get(f"/form/{page.number}/").content.decode()
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&amp;") == 2
