"""What row policies cost: the same query, with the program's filter alone and with the policies beside it.

Both sides run the query the application runs, in a transaction of their own; the side with policies also
pays for telling the transaction who asks. They take turns, the answers are compared, and the median of the
ratios, pair by pair, is what counts: absolute times are the machine's.
"""

import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db.models import QuerySet

from cases.access import visible_to
from cases.models import Case
from config.middleware import principal_of
from foundation.accounts.models import User
from foundation.database.principal import Principal

ASKED = {"list": 1.3, "detail": 1.5}
NOBODYS = uuid.UUID(int=0)  # for whoever sees no case: finding nothing costs too


@dataclass(frozen=True)
class Figure:
    """One query's cost: medians in milliseconds, and the median ratio over the pairs."""

    who: str
    query: str
    rows: int
    filter_ms: float
    policies_ms: float
    ratio: float
    asked: float


def queries(user: User) -> dict[str, QuerySet[Case]]:
    """Return the queries of the list page and of the case page, filter included."""
    visible = visible_to(user)
    newest = visible.order_by("-score", "opened_at").first()
    chosen = newest.pk if newest else NOBODYS
    return {
        "list": visible.select_related("applicant").order_by("-score", "opened_at")[:50],
        "detail": visible.select_related("office", "applicant", "intake").filter(pk=chosen),
    }


def measure(users: list[User], plain_url: str, policies_url: str, *, pairs: int) -> list[Figure]:
    """Measure each person's queries: `plain_url` looks past the policies, `policies_url` does not."""
    figures = []
    with psycopg.connect(plain_url) as plain, psycopg.connect(policies_url) as policies:
        for user in users:
            for name, queryset in queries(user).items():
                sql, values = queryset.query.sql_with_params()
                without = _asker(plain, sql, values, None)
                within = _asker(policies, sql, values, principal_of(user))
                figures.append(_compare(user.role, name, without, within, pairs))
    return figures


Asker = Callable[[], tuple[float, list[Any]]]


def _asker(connection: psycopg.Connection, sql: str, values: Any, principal: Principal | None) -> Asker:
    telling = list(principal.settings().items()) if principal else []
    calls = ", ".join(["set_config(%s, %s, true)"] * len(telling))

    def ask() -> tuple[float, list[Any]]:
        began = time.perf_counter()
        if telling:
            connection.execute(f"SELECT {calls}", [part for item in telling for part in item])
        else:
            connection.execute("SELECT 1")
        rows = connection.execute(sql.encode(), values).fetchall()
        connection.commit()
        return (time.perf_counter() - began) * 1000, rows

    return ask


def _compare(who: str, name: str, without: Asker, within: Asker, pairs: int) -> Figure:
    for _n in range(3):
        if without()[1] != within()[1]:
            raise AssertionError(f"{who} {name}: the policies show other rows than the filter.")
    times = [(without()[0], within()[0]) for _n in range(pairs)]
    return Figure(
        who=who,
        query=name,
        rows=len(within()[1]),
        filter_ms=round(statistics.median(a for a, _b in times), 3),
        policies_ms=round(statistics.median(b for _a, b in times), 3),
        ratio=round(statistics.median(b / a for a, b in times), 2),
        asked=ASKED[name],
    )
