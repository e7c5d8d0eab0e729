"""What pages of the staff cost in a large office, against a bare view in a server of the same kind.

One client, one page after another, after a few that warm up. Counted is the processor time of the web
process and of PostgreSQL. Absolute times are the machine's: what counts is how many bare views a page is.
Both are asked for in turn, since the same view takes a third more a minute later on a machine that is shared.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.test import Client
from django.urls import reverse

from benchmarks.spent import BARE, IN_FRONT, per_call
from cases.queries import cases_of
from foundation.accounts.models import Membership, Role, User
from foundation.devstack.app import AppProcesses, app_environment, free_port
from foundation.devstack.process import Process
from foundation.devstack.services import state_folder
from foundation.keyset import cursor_of
from workspace.listing import people_of
from workspace.queue.orders import ORDERS, PER_PAGE, URGENCY
from workspace.strip import TABS

ROUNDS, DEEP = 5, 2_000
QUEUE, FILTER, CASE, SEARCH = 70, 140, 80, 90  # bare views at most
AS_PAGE_ONE = 1.15
FILTERS = ("language=mam", "state=NY", "band=CRITICAL", "custody=ice&minor=alone", "tab=overdue", "sort=date")


@dataclass(frozen=True)
class Figure:
    """One page: milliseconds of it and of a bare view, how many bare views it is, how many are allowed."""

    page: str
    ms: float
    bare_ms: float
    bare: float
    allowed: float

    @property
    def is_missed(self) -> bool:
        return self.bare > self.allowed


def measure(*, times: int, deep: int = DEEP) -> Iterator[Figure]:
    """Measure the queue, its filters and a page far down; of an office that make_office wrote."""
    user, turns = _caseworkers()[0], sessions()
    with _servers() as (site, bare_site):

        def page(name: str, query: str, allowed: float) -> Figure:
            call = partial(_get, site + reverse("workspace:queue") + query, next(turns))
            return beside_bare(name, call, bare_site, times=times, allowed=allowed)

        first = page("the queue", "", QUEUE)
        yield first
        for query in FILTERS:
            yield page(query, f"?{query}", FILTER)
        if far := _far_down(user, deep):
            yield page("far down", far, max(QUEUE, first.bare) * AS_PAGE_ONE)


def measure_case(*, times: int) -> Iterator[Figure]:
    """Measure each tab of a case whose answers and files are there, as its caseworker opens them."""
    case = cases_of(_caseworkers()[0]).filter(closed_at=None).order_by("-opened_at").first()
    if case is None:
        return
    turns = sessions()
    with _servers() as (site, bare_site):
        for name, _words, view, roles in TABS:
            if roles and Role.CASEWORKER not in roles:
                continue
            address = site + reverse(view, args=[case.pk])
            call = partial(_get, address, next(turns))
            yield beside_bare(f"case: {name}", call, bare_site, times=times, allowed=CASE)


def measure_search(*, times: int) -> Iterator[Figure]:
    """Measure a search by name with its answer, and by a part of a reference, names worker beside it."""
    user, turns = _caseworkers()[0], sessions()
    case = cases_of(user).filter(closed_at=None).order_by("-opened_at").select_related("applicant").first()
    if case is None:
        return
    name = people_of([case], purpose="search")[case.pk]
    with _servers("names") as (site, bare_site):
        for words, text in (("a name", name), ("a part of a reference", case.reference[:4])):
            call, of = partial(_search, site, next(turns), text), (*IN_FRONT, "names")
            yield beside_bare(f"search: {words}", call, bare_site, times=times, allowed=SEARCH, of=of)


def _search(site: str, cookie: str, text: str) -> bytes:
    """Post a search, and read the page it leads to."""
    token = "0" * 32
    both = f"{settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={token}"
    sent = urlencode({"q": text, "csrfmiddlewaretoken": token}).encode()
    asked = Request(site + reverse("workspace:search"), sent, {"Cookie": both})  # noqa: S310  our own address
    with urlopen(asked, timeout=120) as answer:  # noqa: S310  # nosec B310  our own address
        return bytes(answer.read())


def beside_bare(
    name: str,
    call: Callable[[], object],
    bare_site: str,
    *,
    times: int,
    allowed: float,
    of: tuple[str, ...] = IN_FRONT,
) -> Figure:
    """Return the medians of some rounds of a page and of bare views, and that of their ratios."""
    for _n in range(max(times // 4, 2)):
        call()
    bare = partial(_get, bare_site, "")
    rounds = [
        (per_call(call, times, of=of), per_call(bare, max(times * 10, 200), of=("bare",)))
        for _n in range(ROUNDS)
    ]
    ms, bare_ms = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(page / view for page, view in rounds if view)
    return Figure(name, round(ms, 2), round(bare_ms, 3), round(ratio, 1), allowed)


def _get(address: str, cookie: str) -> bytes:
    name = settings.SESSION_COOKIE_NAME
    asked = Request(address, headers={"Cookie": f"{name}={cookie}"} if cookie else {})  # noqa: S310  our own
    with urlopen(asked, timeout=120) as answer:  # noqa: S310  # nosec B310  our own address
        return bytes(answer.read())


def signed_in(user: User) -> Client:
    """Return a client of this process with a session of somebody's, as if they had signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _far_down(user: User, pages: int) -> str:
    """Return the address of the page so far down, of a shorter list the last; "" where there is one page."""
    order = ORDERS[URGENCY]
    rows = order.sorted(cases_of(user).filter(closed_at=None))
    before = min((pages - 1) * PER_PAGE, rows.count() - PER_PAGE)
    found = list(rows[before - 1 : before]) if before > 0 else []
    return f"?{urlencode({'at': cursor_of(found[0], order, backwards=False)})}" if found else ""


def _caseworkers() -> list[User]:
    """Return the caseworkers of the first office, whoever has the most cases first."""
    every = Membership.objects.filter(roles=[Role.CASEWORKER]).order_by("pk").select_related("user")
    return [one.user for one in every if one.office_id == every[0].office_id]


def sessions() -> Iterator[str]:
    """Yield sessions of the caseworkers, each of whom opens one page some two hundred times and is relieved.

    What somebody opened within the hour is weighed at each page. One client that opens thousands would
    measure that alone.
    """
    users = _caseworkers()
    return cycle([signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value for user in users])


@contextmanager
def _servers(*beside: str) -> Iterator[tuple[str, str]]:
    """Run the site's web process (and what is named) and one with a bare view, and give their addresses."""
    env: Mapping[str, str] = {**app_environment(), "WEB_WORKERS": "1"}
    site = AppProcesses(env, port=free_port(8463))
    for name in ("web", *beside):
        site.start(name)
    port = free_port(8863)
    command = [sys.executable, *BARE, "--port", str(port), "benchmarks.bare:application"]
    bare = Process("bare", command, env={**os.environ}, log=state_folder() / "logs" / "bare.log")
    try:
        site.wait_ready()
        address = f"http://127.0.0.1:{port}/"
        for _n in range(100):
            with suppress(OSError):
                _get(address, "")
                break
            time.sleep(0.2)
        yield f"http://localhost:{site.port}", address
    finally:
        bare.stop()
        site.stop()


def as_lines(figures: list[Figure]) -> list[dict[str, Any]]:
    return [{**vars(figure), "missed": figure.is_missed} for figure in figures]
