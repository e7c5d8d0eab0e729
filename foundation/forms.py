"""What every form of the project shares: rendered inside the page's own form tag, by our templates."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

CHOOSE, WRITE = _("Choose an answer."), _("Write an answer.")


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None for a page that is only looked at; nothing sent is an answer too."""
    return request.POST if request.method == "POST" else None


def sent_or_empty(kind: type[forms.Form], prefix: str, sent: forms.Form | None) -> forms.Form:
    """Return the form that was sent and refused, where it is this one of a page's many; else an empty one."""
    if isinstance(sent, kind) and sent.prefix == prefix:
        return sent
    return kind(prefix=prefix)


def read_anew(form: forms.Form, **seen: Any) -> None:
    """Have a sent form that is shown again carry what its reader sees now; the rest stays as it was typed."""
    form.data = {**{name: form.data.get(name) for name in form.data}, **seen}


def asked_in(request: HttpRequest, form_class: type[forms.Form]) -> dict[str, Any]:
    """Return what a page's address asks for: {field: value}.

    A value that means nothing here counts as not given, and the page says that it was left out.
    """
    form = form_class(request.GET)
    if not form.is_valid():
        messages.warning(request, _("Part of this address means nothing here and was left out."))
    return {name: form.cleaned_data.get(name, field.to_python("")) for name, field in form.fields.items()}


def line(label: Any, *, limit: int, direction: str = "auto", **kwargs: Any) -> forms.CharField:
    """Return one line of text."""
    widget = forms.TextInput({"autocomplete": "off", "dir": direction})
    return forms.CharField(label=label, max_length=limit, widget=widget, **kwargs)


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a field for a whole date: the browser's calendar, or typed as year-month-day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the date as year-month-day, for example 2026-11-24.")},
        widget=forms.DateInput({"type": "date", "dir": "ltr", "autocomplete": "off"}, "%Y-%m-%d"),
    )


class HelpedForm(forms.Form):
    """A form that crispy renders without a form tag, and that refuses control characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = CHOOSE if hasattr(field, "choices") else WRITE
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        """Refuse characters that nobody types and databases cannot keep."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and any(ord(char) < 32 and char not in "\n\r\t" for char in value):
                self.add_error(name, _("This has characters we cannot keep. Please type it again."))
        return cleaned
