"""Fields that several forms of a case share."""

from typing import Any

from django import forms


def reason_field(label: Any, *, rows: int = 2, **options: Any) -> forms.CharField:
    """Return the field for why something is done, in a person's own words."""
    widget = forms.Textarea({"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=2000, widget=widget, **options)
