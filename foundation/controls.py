"""The plain controls of a form in HTML, written without a template.

Django writes each with one template and another for its attributes, which was a sixth of what a page of the
public form cost (docs/benchmarks.md). What is written here is what Django's templates write.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import escape
from django.utils.safestring import SafeData, SafeString, mark_safe

Widget = Mapping[str, Any]  # as a widget's get_context() gives it


def written(value: Any) -> str:
    """Return a value as a template writes it."""
    return value if isinstance(value, SafeData) and isinstance(value, str) else escape(str(value))


def attributes(attrs: Mapping[str, Any]) -> str:
    """Return attributes with a space before each; True stands without a value, False does not stand."""
    said = [
        f" {name}" if value is True else f' {name}="{written(value)}"'
        for name, value in attrs.items()
        if value is not False
    ]
    return "".join(said)


def one_line(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{written(value)}"'
    name = written(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{said}{attributes(widget["attrs"])}>'


def several_lines(widget: Widget) -> str:
    value = widget["value"]
    name, text = written(widget["name"]), written(value) if value else ""
    return f'<textarea name="{name}"{attributes(widget["attrs"])}>\n{text}</textarea>'


def _option(one: Widget) -> str:
    value, label = written(one["value"]), written(one["label"])
    return f'<option value="{value}"{attributes(one["attrs"])}>{label}</option>'


def a_list(widget: Widget) -> str:
    parts = [f'<select name="{written(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        parts += [f'<optgroup label="{written(group)}">'] if group else []
        parts += [_option(one) for one in options]
        parts += ["</optgroup>"] if group else []
    return "\n".join([*parts, "</select>"])


LINES = ("input", "text", "number", "email", "password", "hidden", "date", "checkbox")
WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{kind}.html": one_line for kind in LINES},
    "django/forms/widgets/textarea.html": several_lines,
    "django/forms/widgets/select.html": a_list,
}


class Renderer(TemplatesSetting):
    """Django's, less the templates of the controls above."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        write = WRITERS.get(template_name)
        if write:
            return mark_safe(write(context["widget"]))  # noqa: S308  # nosec B308, B703  escaped above
        return mark_safe(super().render(template_name, context, request))  # noqa: S308  # nosec B308, B703
