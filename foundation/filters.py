"""Filters of a list: each is a field of the list's form, with what it lets through beside it.

The page's links, the list and its paging follow from the field: adding a filter is adding one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.refused import Refused

Narrow = Callable[[Any, str], QuerySet[Any]]
NarrowOn = Callable[..., QuerySet[Any]]  # (rows, value, today=)
Choices = Iterable[tuple[str, Any]]


class BadAddress(Refused):
    status = 400
    title = _("This list does not exist")


class Filter(forms.ChoiceField):
    """A choice in a list's address; `narrow(rows, value)` returns the rows that a choice lets through.

    "" is what counts where nothing was chosen. `choices` may be a function, which is asked only where it
    matters; `of_office(office)` are those that an office has made itself.
    `narrow_on(rows, value, today)` stands in its place where what it lets through changes with the day.
    """

    def __init__(
        self,
        *,
        label: Any,
        narrow: Narrow | None = None,
        narrow_on: NarrowOn | None = None,
        choices: Choices | Callable[[], Choices] = (),
        of_office: Callable[[Any], Choices] | None = None,
    ) -> None:
        self.offered = choices if callable(choices) else list(choices)
        super().__init__(label=label, choices=self.offered, required=False)
        self.narrow, self.narrow_on = narrow or _everything, narrow_on
        self.of_office = of_office

    def words_of(self, value: str) -> str:
        """Return a choice in words."""
        known: Any = self.choices
        return str(next((words for code, words in known if str(code) == value), value))


class FilterForm(forms.Form):
    """The form of a list's address, for one office on one of its days."""

    def __init__(self, *args: Any, office: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        for _name, filter_ in filters_of(self):
            if filter_.of_office:
                filter_.choices = partial(filter_.of_office, office)
            if filter_.narrow_on:
                filter_.narrow = partial(filter_.narrow_on, today=today)

    def asked(self) -> dict[str, Any]:
        """Return what a sound address asks for, {field: value}."""
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


def _everything(rows: Any, _value: str) -> Any:
    return rows


def read_address(form: FilterForm) -> FilterForm:
    """Return a form that read a page's address. Raises BadAddress where part of it means nothing."""
    if not form.is_valid():
        raise BadAddress(
            _("Part of this address means nothing to this list: %(parts)s. Go to the list and choose anew.")
            % {"parts": ", ".join(unknown_parts(form))}
        )
    return form


def unknown_parts(form: forms.Form) -> list[str]:
    """Return the labels of the fields whose value is not there (any more)."""
    return [str(form.fields[name].label or name) for name in form.errors]


@dataclass(frozen=True)
class Chosen:
    """A filter that counts now, in words, and the address of the list without it."""

    label: str
    words: str
    address: str


def narrowed(rows: Any, form_class: Any, asked: Mapping[str, Any]) -> Any:
    """Return the rows that every filter of a form lets through; "" counts where nothing was chosen."""
    for name, filter_ in filters_of(form_class):
        rows = filter_.narrow(rows, asked.get(name) or "")
    return rows


def chosen(form: FilterForm, asked: Mapping[str, Any]) -> list[Chosen]:
    """Return the filters that count now."""
    return [
        Chosen(str(filter_.label), filter_.words_of(asked[name]), address_of(asked, **{name: ""}))
        for name, filter_ in filters_of(form)
        if asked.get(name)
    ]


def filters_of(form: Any) -> Iterator[tuple[str, Filter]]:
    """Yield the filters of a form, or of its class, by name."""
    fields = form.fields if isinstance(form, forms.Form) else form.base_fields
    for name, field in fields.items():
        if isinstance(field, Filter):
            yield name, field


def address_of(asked: Mapping[str, Any], **changed: Any) -> str:
    """Return the address of a list, changed in some parts; any other change begins again at its top."""
    kept = {name: value for name, value in asked.items() if name != "at"}
    return "?" + urlencode({name: value for name, value in {**kept, **changed}.items() if value})
