"""Filters of a list: each is a field of the list's form, with what it lets through beside it.

The page's links, the list and its paging follow from the field: adding a filter is adding one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

Narrow = Callable[[Any, str], QuerySet[Any]]


class Filter(forms.ChoiceField):
    """A choice in a list's address; `narrow(rows, value)` returns the rows that a choice lets through.

    "" is what counts where nothing was chosen; it needs a choice of its own.
    """

    def __init__(self, *, label: Any, choices: Iterable[tuple[str, Any]], narrow: Narrow) -> None:
        self.offered = list(choices)
        super().__init__(label=label, choices=self.offered, required=False)
        self.narrow = narrow


@dataclass(frozen=True)
class Option:
    """One choice of a filter: its words, the address of the list under it, and whether it counts now."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class ShownFilter:
    """A filter as a page shows it."""

    label: str
    options: list[Option]


def narrowed(rows: Any, form_class: type[forms.Form], asked: Mapping[str, Any]) -> Any:
    """Return the rows that every filter of a form lets through, as `asked_in` read what was asked."""
    for name, filter_ in _filters(form_class):
        rows = filter_.narrow(rows, asked[name])
    return rows


def shown_filters(form_class: type[forms.Form], asked: Mapping[str, Any]) -> list[ShownFilter]:
    """Return a form's filters with an address for each choice, which keeps what the others ask."""
    filters = dict(_filters(form_class))
    kept = {name: asked[name] for name in filters}
    return [
        ShownFilter(
            str(filter_.label),
            [
                Option(str(label), _address({**kept, name: value}), value == asked[name])
                for value, label in filter_.offered
            ],
        )
        for name, filter_ in filters.items()
    ]


def _filters(form_class: type[forms.Form]) -> Iterator[tuple[str, Filter]]:
    for name, field in form_class.base_fields.items():
        if isinstance(field, Filter):
            yield name, field


def _address(asked: dict[str, str]) -> str:
    return "?" + urlencode({name: value for name, value in asked.items() if value})
