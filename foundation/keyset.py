"""Long lists page by page by where a page begins, so that page two thousand costs what page one costs.

A place in a list is a signed cursor in its address: nobody makes one up, and one of another order is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext_lazy as _

from foundation.refused import Refused

SALT = "foundation.keyset"


class BadCursor(Refused):
    status = 400
    title = _("This place in the list is not there")
    message = _("The address of this page was cut or changed. Go back to the list and begin at its top.")


@dataclass(frozen=True)
class Order:
    """One order of a list. `fields` are plain columns that an index holds, the last one unique."""

    name: str
    label: Any
    fields: tuple[str, ...]
    is_descending: bool = False

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        """Return rows in this order, or from the end."""
        falls = self.is_descending != backwards
        return rows.order_by(*(f"-{name}" if falls else name for name in self.fields))

    def beyond(self, rows: QuerySet[Any], values: Sequence[Any], *, backwards: bool) -> QuerySet[Any]:
        """Return the rows behind a place, in the direction of reading."""
        lookup = TupleLessThan if self.is_descending != backwards else TupleGreaterThan
        return rows.filter(lookup(tuple(F(name) for name in self.fields), tuple(values)))


@dataclass(frozen=True)
class Slice:
    """One page of a list; `earlier` and `further` are cursors of the pages beside it, "" where none is."""

    rows: list[Any]
    earlier: str
    further: str


def slice_of(rows: QuerySet[Any], order: Order, *, cursor: str, size: int) -> Slice:
    """Return a page of a list and the way to those beside it. Raises BadCursor."""
    if not cursor:
        found = list(order.sorted(rows)[: size + 1])
        return _slice(found[:size], order, earlier=False, further=len(found) > size)
    backwards, values = _read(cursor, order, rows.model)
    ahead = order.beyond(rows, values, backwards=backwards)
    found = list(order.sorted(ahead, backwards=backwards)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        return _slice(found[::-1], order, earlier=more, further=True)
    return _slice(found, order, earlier=True, further=more)


def _slice(rows: list[Any], order: Order, *, earlier: bool, further: bool) -> Slice:
    first = cursor_of(rows[0], order, backwards=True) if rows and earlier else ""
    last = cursor_of(rows[-1], order, backwards=False) if rows and further else ""
    return Slice(rows, first, last)


def cursor_of(row: Any, order: Order, *, backwards: bool) -> str:
    """Return the cursor of the page behind a row, or of the one that ends before it."""
    place = [str(getattr(row, name)) for name in order.fields]
    return signing.dumps([order.name, backwards, *place], salt=SALT)


def _read(cursor: str, order: Order, model: Any) -> tuple[bool, list[Any]]:
    try:
        name, backwards, *place = signing.loads(cursor, salt=SALT)
        if name != order.name:
            raise BadCursor
        fields = zip(order.fields, place, strict=True)
        return backwards, [model._meta.get_field(name).to_python(value) for name, value in fields]
    except (signing.BadSignature, ValueError, ValidationError):
        raise BadCursor from None
