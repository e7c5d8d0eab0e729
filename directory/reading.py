"""Read a list of organizations (CSV): which lines come in, which are there already, what is wrong."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from directory.forms import RowForm
from directory.models import Organization
from foundation.accounts.models import Office
from foundation.languages import languages
from foundation.sheets import BadLine, faults, lines_of

# {column: field}. A cell of several values has ";" between them; "yes" and "no" are written out.
COLUMNS = {
    "name": "name",
    "help": "helps_with",
    "relief": "relief",
    "taking": "taking",
    "held": "takes_held",
    "children": "takes_children",
    "everywhere": "everywhere",
    "states": "states",
    "cities": "cities",
    "languages": "languages",
    "phone": "phone",
    "web": "web",
    "walk_in": "walk_in",
    "email": "email",
    "say_first": "say_first",
    "public": "is_public",
    "checked_on": "checked_on",
}
OF_FIELD = {name: column for column, name in COLUMNS.items()}
SEVERAL = {"help", "relief", "states", "languages"}
WHETHER = {"everywhere", "public"}
OR_UNKNOWN = {"taking", "held", "children"}
EXAMPLE = (
    ",".join(COLUMNS),
    "Harbor Aid (example),lawyer;forms,asylum,open,yes,no,no,NY;NJ,New York,ara;spa,(212) 555-0123,"
    "https://harbor.example.org,,intake@harbor.example.org,Ask for the intake line,yes,2026-11-20",
)


@dataclass(frozen=True)
class ReadList:
    """A list as it was read: `rows` would come in, `there` are names the directory has, `bad` stop it all."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)

    @property
    def may_come_in(self) -> bool:
        return bool(self.rows) and not self.bad


def described() -> list[tuple[str, str, str]]:
    """Return (column, what it holds, which codes) of every column of a list."""
    codes = {
        **{column: "yes; no" for column in WHETHER},
        "states": "NY; NJ; DC …",
        "languages": "ara; spa … / Arabic; Spanish …",
        "checked_on": "2026-11-20",
    }
    for column in ("help", "relief", *sorted(OR_UNKNOWN)):
        choices: Any = RowForm.base_fields[COLUMNS[column]].choices  # type: ignore[attr-defined]
        codes[column] = "; ".join(value for value, _label in choices)
    labels = {column: str(RowForm.base_fields[name].label) for column, name in COLUMNS.items()}
    return [(column, labels[column], codes.get(column, "")) for column in COLUMNS]


def read_list(text: str, office: Office, *, today: date) -> ReadList:
    """Read a list and check each line as if it were typed by hand. Raises NotAList."""
    lines = lines_of(text, columns=COLUMNS, needed=("name",))
    known = {name.casefold() for name in _names(office)}
    read, seen = ReadList(), set[str]()
    for number, cells in lines:
        form = _form_of(cells, today=today)
        name = cells["name"].strip().casefold()
        if not form.is_valid():
            read.bad.extend(faults(form, number, columns=OF_FIELD))
        elif name in seen:
            read.bad.append(BadLine(number, "name", _("This name stands in the file twice.")))
        elif name in known:
            read.there.append(form.cleaned_data["name"])
        else:
            read.rows.append(form.cleaned_data)
        seen.add(name)
    return read


def _names(office: Office) -> list[str]:
    there = Organization.objects.filter(office=office, ended_at=None)
    return list(there.values_list("name", flat=True))


def _form_of(cells: dict[str, str], *, today: date) -> RowForm:
    values = MultiValueDict({COLUMNS[column]: _values(column, cell) for column, cell in cells.items()})
    return RowForm(values, today=today)


def _values(column: str, cell: str) -> list[str]:
    """Return a cell as a form is sent it; a language may be written by its English name."""
    cell = cell.strip()
    if column in SEVERAL:
        parts = [part.strip() for part in cell.split(";") if part.strip()]
        return [_code(column, part) for part in parts]
    if column in WHETHER:
        return ["on"] if cell.casefold() == "yes" else [cell] if cell.casefold() not in ("", "no") else []
    if column in OR_UNKNOWN:
        return [cell.casefold() or "unknown"]
    return [cell]


def _code(column: str, part: str) -> str:
    if column == "states":
        return part.upper()
    if column == "languages":
        named = {language.name.casefold(): language.code for language in languages()}
        return named.get(part.casefold(), part.casefold())
    return part.casefold()
