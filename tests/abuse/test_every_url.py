"""Who gets what: every address, asked as everyone, for things of our office; every_url.txt is the answer."""

from pathlib import Path
from typing import NamedTuple

import pytest
from django.urls import reverse

from foundation.accounts.models import User
from foundation.events.models import Event
from tests.architecture.test_urls import ALL
from tests.intake.conftest import begin

TABLE = Path(__file__).with_name("every_url.txt")
# The columns, by who is asked for; nobody and the applicant have no account.
COLUMNS = {
    "nobody": None,
    "applicant": None,
    "caseworker": "cora",
    "attorney": "ade",
    "unshared": "bea",
    "administrator": "ines",
    "supervisor": "sura",
    "assistant": "asha",
    "security": "seb",
    "their-caseworker": "otto",
    "their-attorney": "oda",
    "their-administrator": "olga",
}
METHODS = ("GET", "POST")
REFUSED = {"sign-in", "403", "404"}


class Row(NamedTuple):
    """One address and method: what stands in it, and what each column gets."""

    name: str
    method: str
    things: tuple[str, ...]
    answers: dict[str, str]

    @property
    def key(self):
        return self.name, self.method


def table():
    """Read the table: words between spaces, one row a line, `#` before a remark."""
    rows = []
    for line in TABLE.read_text().splitlines():
        words = line.partition("#")[0].split()
        if words:
            name, method, things, *answers = words
            things = () if things == "-" else tuple(things.split("+"))
            rows.append(Row(name, method, things, dict(zip(COLUMNS, answers, strict=True))))
    return rows


ROWS = {row.key: row for row in table()}


def asked(client, row, things):
    """Ask for a row's address and return the answer in the table's words."""
    values = dict(zip(ALL[row.name].pattern.converters, (things[t] for t in row.things), strict=True))
    response = getattr(client, row.method.lower())(reverse(row.name, kwargs=values))
    if response.status_code == 302 and response.url.startswith("/sign-in/?next="):
        return "sign-in"
    assert not leads_nowhere(response), f"{row.name} has a link that leads nowhere"
    return str(response.status_code)


def leads_nowhere(response):
    """Tell whether a page has a link without an address, as of a value that the page was not given."""
    is_page = response.get("Content-Type", "").startswith("text/html")
    return is_page and b'href=""' in response.content


@pytest.fixture
def someone(client, everything):
    """Return a function that makes a client of one column's person."""

    def come(column):
        if column == "applicant":
            begin(client)
        elif COLUMNS[column]:
            client.force_login(User.objects.get(email=f"{COLUMNS[column]}@test.example"))
        return client

    return come


@pytest.fixture(autouse=True)
def _media(settings, tmp_path_factory):
    """One folder for the whole process: the stage's files are written once."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "every-url"


def got(client, things, keys):
    return {key: asked(client, ROWS[key], things) for key in keys}


@pytest.mark.parametrize("column", COLUMNS)
def test_who_gets_what(someone, everything, column):
    """First what is refused, on an untouched office; then the rest, in the table's order."""
    client = someone(column)
    expected = {key: row.answers[column] for key, row in ROWS.items()}
    refused = {key: answer for key, answer in expected.items() if answer in REFUSED}
    allowed = {key: answer for key, answer in expected.items() if answer not in REFUSED}
    events = Event.objects.count()
    assert got(client, everything, refused) == refused
    others = {row.key: asked(client, row, everything) for row in unanswered()}
    assert {key: answer for key, answer in others.items() if answer not in {"405", *REFUSED}} == {}
    assert Event.objects.count() == events, "what was refused left a trace in the ledger"
    assert got(client, everything, allowed) == allowed


def unanswered():
    """Return a row for each address and method that the table does not have."""
    return [
        row._replace(method=method)
        for row in ROWS.values()
        for method in METHODS
        if (row.name, method) not in ROWS
    ]


def test_every_address_has_its_row():
    assert {name for name, _method in ROWS} == set(ALL)
    assert len(ROWS) == len(table()), "a row stands twice"


def test_every_row_leads_somebody_somewhere():
    """Refused to all is a wrong address; three open by what they carry alone, no tab never."""
    nowhere = {row.name for row in ROWS.values() if set(row.answers.values()) <= REFUSED}
    by_secret = {"invitation", "notifications:sms-hook", "workspace:calendar-feed"}
    assert nowhere == {"workspace:unknown-tab", *by_secret}
