"""The fields of the public pages (ADR 37), written without a template for each part of each field.

Label, hint, error, control, in that order. The page's question, where a field asks it, is its label and
heading.
"""

from typing import Any

from django import forms, template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()
NOTHING, CHECKED, CLOSED = SafeString(""), SafeString(" checked"), SafeString(" hidden disabled")


@register.simple_tag(takes_context=True)
def fields_asked(context: template.Context, form: forms.Form) -> SafeString:
    """Write all fields of a form; what a page says beside its question is a template that sees the page."""
    return _joined(*(_field(context, field) for field in form))


def _joined(*parts: Any) -> SafeString:
    """Put together what is safe already."""
    return mark_safe("\n".join(part for part in parts if part))  # noqa: S308  # nosec B308, B703


def _field(context: template.Context, field: forms.BoundField) -> SafeString:
    """Write one field; a part that follows from an answer stands in a fieldset of its own."""
    if field.is_hidden:
        return _control(field)
    errors = field.errors
    inside = _joined(*_inside(context, field, errors), _readings(field))
    whole = format_html(
        '<div id="div_{}" class="q{}">\n{}\n</div>', field.auto_id, " wrong" if errors else "", inside
    )
    part = getattr(field.field, "part", None)
    if not part:
        return whole
    return format_html(
        '<fieldset class="part" data-follows="{}" data-when="{}"{}>\n'
        '<input type="hidden" name="there" value="{}">\n{}\n</fieldset>',
        part["of"],
        part["when"],
        "" if part["is_open"] else CLOSED,
        field.name,
        whole,
    )


def _inside(context: template.Context, field: forms.BoundField, errors: Any) -> list[SafeString]:
    """Write a field as its kind of control is written: one box, several in a fieldset, or a line."""
    widget = field.field.widget
    error = _from("public/error.html", field) if errors else NOTHING
    hint = _hint(context, field)
    if isinstance(widget, forms.CheckboxInput):
        tick = format_html(
            '<div class="tick">{}<label for="{}">{}</label></div>', field, field.id_for_label, field.label
        )
        return [error, tick, hint]
    if not field.use_fieldset:
        return [_label(field, field.id_for_label), hint, error, _control(field)]
    described = field.aria_describedby
    begun = format_html(' aria-describedby="{}"', described) if described else NOTHING
    control = _tiles(field) if isinstance(widget, forms.RadioSelect) else _control(field)
    inside = _joined(format_html("<legend>{}</legend>", _label(field, "")), hint, error, control)
    return [format_html("<fieldset{}>\n{}\n</fieldset>", begun, inside)]


def _control(field: forms.BoundField) -> SafeString:
    return mark_safe(str(field))  # noqa: S308  # nosec B308, B703  its widget escaped it


def _tiles(field: forms.BoundField) -> SafeString:
    """Write each choice as a tile: one of them, or any number."""
    name, widget = field.html_name, field.field.widget
    kind = "checkbox" if isinstance(widget, forms.CheckboxSelectMultiple) else "radio"
    tiles = [
        format_html(
            '<input type="{}" name="{}" id="{}" value="{}"{}>\n<label for="{}">{}</label>',
            kind,
            name,
            option.id_for_label,
            option.data["value"],
            CHECKED if option.data["selected"] else "",
            option.id_for_label,
            option.choice_label,
        )
        for option in field.subwidgets
    ]
    return format_html('<div class="pick">\n{}\n</div>', _joined(*tiles))


def _label(field: forms.BoundField, of: str) -> SafeString:
    """Write what a field asks; `of` is its control, without which the words stand in a legend."""
    if getattr(field.form, "main", None) == field.name:
        if of:
            return format_html('<h1><label for="{}">{}</label></h1>', of, field.label)
        return format_html("<h1>{}</h1>", field.label)
    needed = getattr(field.field, "is_needed", False) and not getattr(field.form, "adds", False)
    mark = format_html(' <span class="q-optional">({})</span>', _("needed")) if needed else NOTHING
    if of:
        return format_html('<label class="lab" for="{}">{}{}</label>', of, field.label, mark)
    return format_html('<span class="lab">{}{}</span>', field.label, mark)


def _hint(context: template.Context, field: forms.BoundField) -> SafeString:
    """Write the line of help; under the page's question also what to know before, and if it is needed."""
    hint = NOTHING
    if field.help_text:
        hint = format_html('<p class="hint" id="{}_helptext">{}</p>', field.auto_id, field.help_text)
    form: Any = field.form
    if getattr(form, "main", None) != field.name:
        return hint
    note = get_template(form.note).template.render(context) if form.note else NOTHING  # type: ignore[attr-defined]
    with context.push(form=form):
        needed = get_template("intake/parts/needed.html").template.render(context)  # type: ignore[attr-defined]
    return _joined(hint, note, needed)


def _readings(field: forms.BoundField) -> SafeString:
    """Write what was read of a value that was asked back."""
    return _from("public/readings.html", field) if getattr(field.field, "readings", None) else NOTHING


def _from(name: str, field: forms.BoundField) -> SafeString:
    return mark_safe(get_template(name).render({"field": field}))  # noqa: S308  # nosec B308, B703
