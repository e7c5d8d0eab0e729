"""Read a list of practitioners (CSV): whom it would invite, whose profile it would change, what is wrong."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from foundation.accounts.models import Membership, Office, Role
from foundation.languages import languages
from foundation.sheets import BadLine, faults, lines_of
from referrals.models import Firm, Practitioner
from referrals.panel_forms import WORKS, ProfileForm
from referrals.panel_models import COVER

# {column: field}. A cell of several values has ";" between them; "yes" and "no" are written out.
COLUMNS = {
    "name": "name",
    "email": "email",
    "kind": "kind",
    "firm": "firm",
    "bar_state": "bar_state",
    "bar_number": "bar_number",
    "eoir_id": "eoir_id",
    "languages": "languages",
    "countries": "countries",
    "states": "states",
    "remote": "remote",
    "tracks": "tracks",
    "held": "detained",
    "cases": "capacity",
    "takes_cases": "accepting",
}
OF_FIELD = {name: column for column, name in COLUMNS.items()}
SEVERAL = {"languages", "countries", "states", "tracks"}
WHETHER = {"remote", "held", "takes_cases"}
UPPER = {"bar_state", "states", "countries"}
UNSAID = {"kind": "attorney", "cases": "3", "takes_cases": "yes"}
EXAMPLE = (
    ",".join(COLUMNS),
    "Ari Example,ari@example.org,attorney,Example Firm,NY,5512345,,ara;spa,SY,NY;NJ,no,affirmative;defensive,"
    "yes,3,yes",
)


class RowForm(ProfileForm):
    """One line of the list: a profile, and whose it is."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField()
    firm = forms.CharField(max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, practitioner=Practitioner(), **kwargs)
        for name in (*COVER, *WORKS, "browses"):  # a proof is looked at one by one; the rest is theirs to say
            del self.fields[name]


@dataclass(frozen=True)
class PanelRow:
    """A line as it would come in: `practitioner` None for somebody who would be invited."""

    name: str
    email: str
    details: dict[str, Any]
    practitioner: Practitioner | None = None
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ReadPanel:
    """A list as it was read; `same` are names whose profile says all of it already, `bad` stop it all."""

    rows: list[PanelRow] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)

    @property
    def may_come_in(self) -> bool:
        return bool(self.rows) and not self.bad

    @property
    def invited(self) -> list[PanelRow]:
        return [row for row in self.rows if row.practitioner is None]

    @property
    def changed(self) -> list[PanelRow]:
        return [row for row in self.rows if row.practitioner is not None]


def described() -> list[tuple[str, str]]:
    """Return (column, codes that may stand in it) of every column."""
    codes = {
        **dict.fromkeys(WHETHER, "yes; no"),
        "kind": "attorney; accredited",
        "tracks": "affirmative; defensive",
        "languages": "ara; spa … / Arabic; Spanish …",
        "countries": "SY; HN …",
        "states": "NY; NJ …",
        "bar_state": "NY",
        "cases": "3",
    }
    return [(column, codes.get(column, "")) for column in COLUMNS]


def read_panel(text: str, office: Office) -> ReadPanel:
    """Read a list and check each line as if it were typed by hand. Raises NotAList."""
    members = Membership.objects.filter(office=office).select_related("user")
    working = {member.user.email.casefold(): member.roles for member in members}
    panel = Practitioner.objects.filter(office=office).select_related("user", "firm")
    there = {one.user.email.casefold(): one for one in panel}
    firms = {firm.name.casefold(): firm for firm in Firm.objects.filter(office=office)}
    read, seen = ReadPanel(), set[str]()
    for number, cells in lines_of(text, columns=COLUMNS, needed=("name", "email")):
        form = RowForm(MultiValueDict({COLUMNS[name]: _values(name, cell) for name, cell in cells.items()}))
        email = cells["email"].strip().casefold()
        stands = _why_not(email, seen, working, there)
        if not form.is_valid():
            read.bad.extend(faults(form, number, columns=OF_FIELD))
        elif stands:
            read.bad.append(BadLine(number, "email", stands))
        elif (firm := _firm(form.cleaned_data, firms)) and firm.ended_at:
            read.bad.append(BadLine(number, "firm", _("This firm was ended. Open it again first.")))
        else:
            said = {name for name, cell in cells.items() if cell.strip()}
            _sort(read, form.cleaned_data, there.get(email), said=said)
        seen.add(email)
    return read


def _firm(cleaned: dict[str, Any], firms: dict[str, Firm]) -> Firm | None:
    """Return the office's firm that a line names, and write its name as the office does."""
    firm = firms.get(cleaned["firm"].casefold())
    if firm:
        cleaned["firm"] = firm.name
    return firm


def value_of(one: Practitioner, name: str) -> Any:
    """Return what a profile says, as a line of a list says it: a firm by its name."""
    if name == "firm":
        return one.firm.name if one.firm else ""
    return getattr(one, name)


def _why_not(
    email: str, seen: set[str], working: dict[str, list[str]], there: dict[str, Practitioner]
) -> str:
    """Return what is wrong with whose line it is, "" for nothing."""
    if email in seen:
        return _("This e-mail stands in the file twice.")
    if email not in working or email in there:
        return ""
    if Role.ATTORNEY not in working[email]:
        return _("Somebody with this e-mail works here, as no attorney.")
    return _("Put this attorney on the panel first.")


def _sort(read: ReadPanel, cleaned: dict[str, Any], one: Practitioner | None, *, said: set[str]) -> None:
    """Note whether a line invites, changes or says nothing new; an empty cell changes nothing."""
    details = {name: value for name, value in cleaned.items() if name not in ("name", "email")}
    if one is None:
        read.rows.append(PanelRow(cleaned["name"], cleaned["email"], details))
        return
    new = {
        name: value
        for name, value in details.items()
        if OF_FIELD[name] in said and value_of(one, name) != value
    }
    if new:
        columns = [OF_FIELD[name] for name in new]
        read.rows.append(PanelRow(one.user.name, one.user.email, new, one, columns))
    else:
        read.same.append(one.user.name)


def _values(column: str, cell: str) -> list[str]:
    """Return a cell as a form is sent it; a language may be written by its English name."""
    cell = cell.strip() or UNSAID.get(column, "")
    if column in SEVERAL:
        return [_code(column, part.strip()) for part in cell.split(";") if part.strip()]
    if column in WHETHER:
        return ["on"] if cell.casefold() == "yes" else []
    return [_code(column, cell)] if cell else [""]


def _code(column: str, part: str) -> str:
    if column in UPPER:
        return part.upper()
    if column == "languages":
        named = {language.name.casefold(): language.code for language in languages()}
        return named.get(part.casefold(), part.casefold())
    return part.casefold() if column in ("tracks", "kind") else part
