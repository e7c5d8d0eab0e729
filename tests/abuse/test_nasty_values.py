"""No value that anyone can send makes a page break: every form and every query, asked as everyone.

What is sent to is found, not listed: the forms and links of every page that somebody gets, and the names
that our code reads. A refusal is fine, a word of what is wrong is better; a 5xx is a bug. Each run sends a
share of the values to each form, another to the next. `verify --full` sends all of them to each form: whoever
gets to it sends their part.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse
from django.utils import timezone

from foundation.accounts.actions import invite_person, token_for
from foundation.accounts.models import User
from foundation.house import our_sources
from intake.actions import submit_intake
from intake.questionnaire.path import FLOW
from tests.abuse.test_every_url import COLUMNS, REFUSED, ROWS
from tests.accounts.test_sign_in import first_step
from tests.architecture.test_urls import ALL
from tests.intake.conftest import begin, open_with
from tests.support.forms_of_pages import Target, targets_of
from tests.support.many import WHOLE

SHARE = 46
NASTY = [
    b"",
    b" ",
    b"\0",
    b"a\0b",
    b"\x01\x1f\x7f",
    b"\r\nSet-Cookie: a=b",
    b"\xff\xfe",  # no UTF-8
    b"\xc0\xaf",  # overlong
    b"\xed\xa0\x80",  # a lone surrogate
    "\ufeff\u202e\u2066abc".encode(),  # other directions
    "\ufdd0\U0010ffff".encode(),  # no characters
    "e\u0301\u0301\u0301".encode() * 50,
    "٠١٢٣".encode(),
    "²½Ⅷ".encode(),  # digits that int() refuses
    "İıſß".encode(),  # they change their length with their case
    "👩🏽‍⚖️".encode() * 30,
    b"0",
    b"-1",
    b"00",
    b"1e400",
    b"NaN",
    b"-Infinity",
    b"0x7f",
    b"1_000",
    b"9" * 20,  # beyond 64 bits
    b"9" * 5000,  # beyond what int() takes
    b"1.7976931348623159e308",
    b"true",
    b"null",
    b"abc",
    b"A" * 70_000,
    b"[" * 5000,
    b'{"a": 1e999}',
    b"0000-00-00",
    b"9999-12-31",
    b"10000-01-01",
    b"2023-02-29T25:61",
    b"99999999-9999-9999-9999-999999999999",
    b"../../../etc/passwd",
    b"//evil.example/\\",
    b"http://[::1",
    b"javascript:alert(1)",
    b"%00%n%s{0}{{7*7}}",
    b"' OR 1=1; --",
    b"\\",
    b"<svg onload=alert(1)>",
]
# Names that any page may be asked with, and those that our code reads though no page shows them.
COMMON = {"next", "page", "press", "seen", "rows", "waited"}
READ = re.compile(r"request\.(?:GET|POST)\.get(?:list)?\(\"(\w+)\"")
NAMES = COMMON | {name for source in our_sources() for name in READ.findall(source.read_text())}
# Who asks, beside the columns of every_url.txt; each sees pages that nobody else sees.
ALSO = {"returned": "applicant", "halfway": "nobody", "invited": "nobody"}
VISITORS = [*(column for column in COLUMNS if column not in ("their-caseworker", "their-attorney")), *ALSO]


class Visit:
    """Somebody with a browser, who comes in again whenever a nasty value put them out."""

    def __init__(self, client, column, stage):
        self.client, self.column, self.stage = client, column, stage
        client.raise_request_exception = False

    def come_in(self):
        if self.column == "applicant":
            begin(self.client)
        elif self.column == "returned":
            open_with(self.client, self.stage["numbers"])
        elif self.column == "halfway":
            first_step(self.client, "otto@test.example")
        elif self.column == "invited":
            self.client.get(self.stage["link"])
        elif COLUMNS[self.column] and "_auth_user_id" not in self.client.session:
            self.client.force_login(User.objects.get(email=f"{COLUMNS[self.column]}@test.example"))

    def send(self, target, fields):
        """Send raw bytes: what a client library would refuse to write, somebody else's will not."""
        body = "&".join(f"{quote_from_bytes(n.encode())}={quote_from_bytes(v)}" for n, v in fields.items())
        if target.method == "GET":
            return self.client.generic("GET", target.path, QUERY_STRING=body)
        return self.client.generic("POST", target.path, body, "application/x-www-form-urlencoded")

    def targets(self, things):
        """Return what they can send to, each set of fields once."""
        rows = [
            row for row in ROWS.values() if row.answers[ALSO.get(self.column, self.column)] not in REFUSED
        ]
        pages = {address_of(row, things) for row in rows if row.method == "GET"} | set(OWN_PAGES)
        targets = [Target(address_of(row, things), row.method, ()) for row in rows]
        for path in sorted(pages):
            self.come_in()
            answer = self.client.get(path)
            if answer.get("Content-Type", "").startswith("text/html") and answer.content:
                targets += targets_of(path, answer.content)
        return list({_key(target): target for target in targets}.values())


OWN_PAGES = [
    *(reverse("intake:page", args=[page.number]) for page in FLOW),
    *(reverse(name) for name in ("mfa_authenticate", "invitation", "intake:mine", "intake:change")),
]


def _key(target):
    match = resolve(target.path)
    page = match.kwargs.get("number") if match.view_name == "intake:page" else None
    return match.view_name, page, target.method, frozenset(name for name, _value in target.fields)


def address_of(row, things):
    values = dict(zip(ALL[row.name].pattern.converters, (things[t] for t in row.things), strict=True))
    return reverse(row.name, kwargs=values)


def trials(target, part, parts):
    """Yield one of so many parts of what is sent to a form.

    A nasty value in every field, and, of fewer values, one in one field of what a browser would send.
    """
    good = {name: value.encode() for name, value in target.fields}
    names = [*good, *sorted(NAMES - good.keys())]
    for start in range(part % parts, len(NASTY), parts):
        yield {name: NASTY[(start + place * 7) % len(NASTY)] for place, name in enumerate(names)}
    for place, name in enumerate(good):
        for start in range(part % (parts * 4), len(NASTY), parts * 4):
            yield {**good, name: NASTY[(start + place * 7) % len(NASTY)]}


@cache
def who_gets_to(things, stage):
    """Return {form: the visitors who get to it}, the same in each process of tests."""
    reached = {}
    for column in VISITORS:
        for target in Visit(Client(), column, stage.of).targets(things.of):
            reached.setdefault(_key(target), []).append(column)
    return reached


@dataclass(frozen=True)
class Once:
    """A dict that stands for all others of its kind: each test's database is a copy of one stage."""

    of: dict = field(compare=False, hash=False)


def part_of(target, turn, column, things, stage):
    """Return which part of the values somebody sends to a form, and how many parts there are."""
    if not WHOLE:
        return turn, SHARE
    visitors = who_gets_to(Once(things), Once(stage)).get(_key(target), [])
    return (visitors.index(column), len(visitors)) if column in visitors else (0, 1)


@pytest.fixture
def stage(everything, make_draft, now):
    """A form that was sent, and an invitation that is open."""
    ines, whom = (
        User.objects.get(email="ines@test.example"),
        {"email": "n@test.example", "roles": ["attorney"]},
    )
    invitation = invite_person(ines.office, name="N", **whom, by=ines, at=timezone.now())
    link = reverse("follow-invitation", args=[token_for(invitation.pk)])
    return {"numbers": submit_intake(make_draft(), at=now), "link": link}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path_factory):
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "every-url"


@pytest.mark.parametrize("column", VISITORS)
def test_no_nasty_value_breaks_a_page(client, everything, stage, column):
    visit, broken = Visit(client, column, stage), Counter()
    for turn, target in enumerate(visit.targets(everything)):
        visit.come_in()
        for fields in trials(target, *part_of(target, turn, column, everything, stage)):
            answer = visit.send(target, fields)
            if answer.status_code >= 500:
                broken[f"{target.method} {_key(target)[0]}: {repr(answer.exc_info)[:200]}"] += 1
    assert not broken


def routes(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        whole = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield whole
        else:
            yield from routes(entry, whole)


def raw_paths():
    """Yield every address with a value in it, and something nasty in that value's place."""
    share = 1 if WHOLE else SHARE
    for place, route in enumerate(routes()):
        for start in range(place % share, len(NASTY) if "<" in route else 0, share):
            yield "/" + re.sub(r"<[^>]+>", lambda _m, n=start: quote_from_bytes(NASTY[n][:2000]), route)


def test_no_nasty_address_breaks_a_page(client, everything, stage):
    visit = Visit(client, "administrator", stage)
    visit.come_in()
    paths = list(raw_paths())
    assert len(paths) > len(NASTY)
    for path in paths:
        assert client.get(path).status_code < 500, path


COOKIES = ("staff", "visit", "csrftoken", "device", "messages", "django_language", "before", "sessionid")
HEADERS = ("HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_ORIGIN", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO")
ASKED = ("landing", "login", "home", "intake:return", "waiting")


def test_no_nasty_cookie_and_no_nasty_header_breaks_a_page(client, office):
    client.raise_request_exception = False
    texts = [value.decode("latin-1").replace("\0", "").replace("\r\n", "") for value in NASTY]
    sent = chain(
        ({"HTTP_COOKIE": f"{name}={text}"} for name in COOKIES for text in texts),
        ({name: text} for name in HEADERS for text in texts),
    )
    for turn, headers in enumerate(sent):
        address = reverse(ASKED[turn % len(ASKED)])
        for method in ("GET", "POST"):
            assert client.generic(method, address, **headers).status_code < 500, (method, address, headers)
