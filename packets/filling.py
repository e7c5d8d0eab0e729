"""Fill in an official form that the office supplies, by its own field map. Nothing of either is kept."""

import csv
import io
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from foundation.files import sandbox
from foundation.refused import Refused
from packets.binding import parcel
from packets.official import sheet_of
from packets.words import why

FILLING = "packets.binding.filling"
MOST_FORM, MOST_MAP, MOST_FIELDS = 20_000_000, 500_000, 2000


class BadMap(Refused):
    message = _(
        "The field map cannot be read: it is a CSV file in UTF-8 with the columns item and field, an item as"
        " on this page, for example: A.I 4"
    )


class BadForm(Refused):
    """The blank form cannot be filled in: the message says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(why(reason))


class FieldsAbsent(Refused):
    """The form has not all the fields of the map: the message names them."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(_("The form has no such fields: %(fields)s") % {"fields": ", ".join(fields)[:500]})


def field_map(content: bytes) -> dict[str, str]:
    """Return {field: item} of a field map. Raises BadMap."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        fields = {row["field"].strip(): row["item"].strip() for row in rows}
    except (UnicodeDecodeError, KeyError, AttributeError, csv.Error):
        raise BadMap from None
    if not fields or len(fields) > MOST_FIELDS:
        raise BadMap
    return fields


def fill(case: Case, form: str, *, blank: bytes, mapped: bytes) -> bytes:
    """Return a blank form filled in with what is known. Raises BadMap; BadForm; FieldsAbsent."""
    known = sheet_of(case, form).values
    values: dict[str, Any] = {
        field: known[item] for field, item in field_map(mapped).items() if item in known
    }
    result = sandbox.run(FILLING, parcel.packed({"values": values}, [blank]))
    if result.reason:
        raise BadForm(result.reason)
    head, (content,) = parcel.unpacked(result.content)
    if head["absent"]:
        raise FieldsAbsent(head["absent"])
    return content
