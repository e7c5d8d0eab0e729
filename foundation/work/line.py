"""A kind of due work, and what every kind shares: claim, work, keep, fail, park.

1. Claim: in one statement lock one due row, skipping those another worker holds, count the attempt, and move
   `next_try_at` on by the lease; commit. A worker that dies now delays the row, nothing more.
2. Work, in no transaction: what is slow or asks the outside world.
3. Keep: lock the row again; if it is still this attempt's, keep the result and take the row out of the
   line, in one transaction. A worker that dies in here leaves nothing behind; one that comes late, after
   its lease, changes nothing.

A failure is noted on the row, and the lease is how long the next try waits: doubled each time. After the
last try, or when the worker died in it, the row is stuck: no worker takes it until a person decides.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection, models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.database.principal import acting_as, system
from foundation.database.reading import columns, row_from, width
from foundation.work.models import DONE, Due, in_line

log = logging.getLogger(__name__)
Row = TypeVar("Row", bound=Due)
LONGEST = timedelta(hours=1)
SLACK = timedelta(minutes=1)  # by how much two machines' clocks may differ
DIED = "WorkerDied"


def keep_nothing(row: Any, result: Any) -> None:
    """Keep nothing: the work has left all there is to leave."""


def no_detail(row: Any) -> str:
    """Say nothing more of a row than its kind."""
    return ""


def own_matter(row: Any) -> Any:
    """Return whose matter a row belongs to, None where it is nobody's."""
    return getattr(row, "matter_id", None)


# One statement: what is due longest and nobody holds is taken, or is stuck where all its tries are used up.
# `waits` are the seconds of each try. What is compared with `=` is asked for once, so that one row is locked.
CLAIM = """
UPDATE {table} t
   SET attempts = t.attempts + (t.attempts < {tries})::int,
       next_try_at = coalesce(
         %(at)s + interval '1 second' * ('{{{waits}}}'::float8[])[t.attempts + 1], t.next_try_at),
       stuck_at = CASE WHEN t.attempts >= {tries} THEN %(at)s::timestamptz END,
       error = CASE WHEN t.attempts >= {tries} THEN '{died}' ELSE t.error END
 WHERE t.{pk} = (
   SELECT {pk} FROM {table} WHERE next_try_at <= %(at)s AND stuck_at IS NULL
    ORDER BY next_try_at, {pk} LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING {columns}{lightly}
"""
# Said by the claim itself: its commit waits for no disk. A claim lost with the server leaves the row due.
LIGHTLY = ", set_config('synchronous_commit', 'off', true)"


@cache
def claiming(model: type[models.Model], waits: tuple[float, ...], *, lightly: bool = False) -> str:
    """Return the statement that claims a row of a model whose tries may take so many seconds each."""
    pk = model._meta.pk.column
    return CLAIM.format(
        table=f'"{model._meta.db_table}"',
        pk=f'"{pk}"',
        tries=len(waits),
        waits=",".join(map(str, waits)),
        died=DIED,
        columns=columns(model, "t"),
        lightly=LIGHTLY if lightly else "",
    )


@dataclass(frozen=True, kw_only=True)
class Line(Generic[Row]):
    """One kind of due work over the rows of one model.

    `title` says what one row is, in words for the page of stuck work, and `detail` a code or neutral words
    of which one; `matter` whose it is, so that a page can name the case. Neither these nor how a row prints
    may hold anything personal. `work` runs in no transaction and returns what `keep` gets; `keep` changes
    only our database. `given_up` is what becomes of a row that a person gives up, in their transaction.
    `held` is which rows were put off on purpose, by their own work, `held_at` the column that says when.
    `lease` must outlast one row's work. Of a line that is `alone`, one worker works at a time, because its
    rows are slow and others wait for the same workers.
    """

    key: str
    model: type[Row]
    title: Any
    work: Callable[[Row], Any] | None = None
    keep: Callable[[Row, Any], None] = keep_nothing
    given_up: Callable[..., None] | None = None
    detail: Callable[[Row], str] = no_detail
    matter: Callable[[Row], Any] = own_matter
    related: tuple[str, ...] = ()
    held: Q | None = None
    held_at: str = ""
    lease: timedelta = timedelta(minutes=2)
    tries: int = 6
    alone: bool = False

    # --- which rows -------------------------------------------------------------------------------

    def waiting(self) -> QuerySet[Row]:
        """Return the rows in line that are not stuck, due or not yet."""
        return self.model._base_manager.filter(next_try_at__isnull=False, stuck_at=None)

    def due(self, at: datetime) -> QuerySet[Row]:
        """Return the rows to be worked on now, longest due first."""
        return self.waiting().filter(next_try_at__lte=at).order_by("next_try_at", "pk")

    def stuck(self, office_id: int) -> QuerySet[Row]:
        """Return an office's rows that wait for a person, longest first."""
        rows = self.model._base_manager.filter(office_id=office_id, stuck_at__isnull=False)
        return rows.select_related(*self.related).order_by("stuck_at", "pk")

    # --- the worker's side ------------------------------------------------------------------------

    def work_off(self, *, limit: int = 200, seconds: float = 60, at: datetime | None = None) -> int:
        """Work on what is due, one row after the other, and return how many were claimed.

        Stops at `limit` rows or after `seconds`. `at` stands still only for tests.
        """
        until = time.monotonic() + seconds
        with acting_as(system(self.key)):
            for count in range(limit):
                row = self.claim(at=at or timezone.now()) if time.monotonic() < until else None
                if row is None:
                    return count
                self.run(row)
        return limit

    @transaction.atomic
    def claim(self, *, at: datetime) -> Row | None:
        """Take the row that has been due longest for one lease, or None.

        A row whose last try never came back is stuck instead: what kills a worker must not kill the next.
        """
        waits = tuple(self.wait(attempt).total_seconds() for attempt in range(1, self.tries + 1))
        # What only changes our database does so in the commit that keeps it, and reads its row again there.
        claimed = claiming(self.model, waits, lightly=self.work is None)
        while row := self._one(claimed, {"at": at}):
            if row.stuck_at is None:
                return self._with_related(row)
            self._log(row, DIED, is_stuck=True)
        return None

    def _one(self, statement: str, values: dict[str, Any]) -> Row | None:
        """Return the row that a statement gives, or None."""
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            found = cursor.fetchone()
        return row_from(self.model, found[: width(self.model)]) if found else None

    def _with_related(self, row: Row) -> Row:
        """Return a claimed row with what its work reads beside it; `keep` gets it read anew."""
        if not self.related or self.work is None:
            return row
        return self.model._base_manager.select_related(*self.related).get(pk=row.pk)

    def wait(self, attempts: int) -> timedelta:
        """Return how long the nth try may take before the next one: the lease, doubled each time."""
        return min(self.lease * 2 ** min(attempts - 1, 20), LONGEST)

    @transaction.atomic
    def mend_clock(self, *, at: datetime) -> int:
        """Make due what only a clock that ran ahead can have put so far off; return how many rows.

        A row gets in line due at once, and a try holds it for no longer than `wait`. What is `held` waits,
        unless it was put off at a time that is still to come: its own work decides anew.
        """
        mended = self._mend_held(at)
        ahead = self.waiting().filter(next_try_at__gt=at + SLACK).exclude(self.held or Q(pk__in=()))
        if not ahead.exists():
            return mended
        waits = {0: timedelta(), **{tries: self.wait(tries) for tries in range(1, self.tries + 1)}}
        return mended + sum(
            ahead.filter(attempts=tries, next_try_at__gt=at + SLACK + wait).update(next_try_at=at)
            for tries, wait in waits.items()
        )

    def _mend_held(self, at: datetime) -> int:
        if not self.held or not self.held_at:
            return 0
        ahead = self.waiting().filter(self.held, **{f"{self.held_at}__gt": at + SLACK}, next_try_at__gt=at)
        return ahead.update(**{"next_try_at": at, self.held_at: None})

    def run(self, row: Row) -> None:
        """Do a claimed row's work and keep it, or note the failure."""
        try:
            result = self.work(row) if self.work else None
            self._keep(row, result)
        except Exception as error:  # noqa: BLE001  whatever it was, the line must go on
            self._fail(row, type(error).__name__)

    @transaction.atomic
    def _keep(self, row: Row, result: Any) -> None:
        locked = self._lock(row)
        if locked is None:
            return  # the lease ran out, and another worker has it or has done it
        lease = locked.next_try_at
        self.keep(locked, result)
        if locked.next_try_at == lease:  # it did not leave the line together with its status
            self.model._base_manager.filter(pk=locked.pk, next_try_at=lease).update(**DONE)

    @transaction.atomic
    def _fail(self, row: Row, error: str) -> None:
        """Note the kind of failure, never its text; after the last try the row is stuck."""
        locked = self._lock(row)
        if locked is not None:
            self._note(locked, error, stuck_at=timezone.now() if locked.attempts >= self.tries else None)

    def _note(self, row: Row, error: str, *, stuck_at: datetime | None) -> None:
        self._log(row, error, is_stuck=bool(stuck_at))
        self._update(row, error=error[:120], stuck_at=stuck_at)

    def _log(self, row: Row, error: str, *, is_stuck: bool) -> None:
        words = "work failed line=%s row=%s attempt=%s error=%s stuck=%s"
        log.error(words, self.key, row, row.attempts, error, is_stuck)

    def _lock(self, row: Row) -> Row | None:
        """Lock a claimed row again, or return None where this attempt no longer has it."""
        rows = self.waiting().select_for_update(of=("self",)).select_related(*self.related)
        return rows.filter(pk=row.pk, attempts=row.attempts).first()

    def _update(self, row: Row, **values: Any) -> None:
        self.model._base_manager.filter(pk=row.pk).update(**values)

    # --- a person's side: foundation/events/stuck.py puts it on record ----------------------------

    def retry(self, row: Row, *, at: datetime) -> bool:
        """Put a stuck row back in line with all its tries; False if it was not stuck any more."""
        stuck = self.model._base_manager.filter(pk=row.pk, stuck_at__isnull=False)
        return bool(stuck.update(**in_line(at)))

    def give_up(self, row: Row, *, by: Any, at: datetime) -> bool:
        """Take a stuck row out of the line for good; False if it was not stuck any more."""
        stuck = self.model._base_manager.select_for_update(of=("self",)).select_related(*self.related)
        locked = stuck.filter(pk=row.pk, stuck_at__isnull=False).first()
        if locked is None:
            return False
        if self.given_up:
            self.given_up(locked, by=by, at=at)
        self.model._base_manager.filter(pk=row.pk, stuck_at__isnull=False).update(
            next_try_at=None, stuck_at=None
        )
        return True


_lines: dict[str, Line[Any]] = {}


def register(line: Line[Row]) -> Line[Row]:
    """Make a line known to the sweep, the page and the fault tests; once for each key."""
    known = _lines.setdefault(line.key, line)
    if known.model is not line.model:
        raise RuntimeError(f"two lines share the key {line.key!r}")
    _lines[line.key] = line
    return line


def lines() -> list[Line[Any]]:
    """Return every line, in the order of their keys."""
    return [line for _key, line in sorted(_lines.items())]


def line_of(key: str) -> Line[Any]:
    """Return the line of a key; KeyError if the code no longer has it."""
    return _lines[key]
