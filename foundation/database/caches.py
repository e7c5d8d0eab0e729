"""The shared cache, and what becomes of a question to it while it is away.

Two aliases of one Valkey (config/settings.py). What stands in "default" may be lost: while it is away nothing
is found there and nothing kept. What stands in "limits" may not: while it is away the limits count in
PostgreSQL, at once committed, over the log-in that records who looked. After a failure it is asked again
three seconds later, so that nobody waits for it and it is back soon after it is back.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from django.db import connections
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

ASK_AGAIN = 3  # seconds
# One more try at once: the first on a connection from before a restart fails.
PROMPT = {"socket_connect_timeout": 0.5, "socket_timeout": 2, "retry": Retry(NoBackoff(), 1)}
Got = TypeVar("Got")


class Away(Exception):
    """The shared cache does not answer."""


class Careful(RedisCache):
    """The shared cache; `_try` raises Away at once where it has just failed."""

    away_until = 0.0  # of this process, by its own clock

    def _try(self, question: Callable[[], Got]) -> Got:
        if time.monotonic() < Careful.away_until:
            raise Away
        try:
            return question()
        except RedisError as error:
            Careful.away_until = time.monotonic() + ASK_AGAIN
            raise Away from error

    def ask(self) -> None:
        """Raise Away, or what Valkey says, unless it answers."""
        self._try(lambda: super(Careful, self).get("health"))


class Forgetful(Careful):
    """What may be lost: while the cache is away it is empty, and keeps nothing."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._or(default, lambda: super(Forgetful, self).get(key, default, version))

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> None:
        self._or(None, lambda: super(Forgetful, self).set(key, value, timeout, version))

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> bool:
        return bool(self._or(True, lambda: super(Forgetful, self).add(key, value, timeout, version)))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(self._or(False, lambda: super(Forgetful, self).delete(key, version)))

    def get_many(self, keys: Iterable[Any], version: Any = None) -> dict[Any, Any]:
        asked = list(keys)
        found: dict[Any, Any] = self._or({}, lambda: super(Forgetful, self).get_many(asked, version))
        return found

    def set_many(self, data: dict[Any, Any], timeout: Any = 300, version: Any = None) -> list[Any]:
        lost = self._or([*data], lambda: super(Forgetful, self).set_many(data, timeout, version))
        return list(lost)

    def _or(self, otherwise: Any, question: Callable[[], Any]) -> Any:
        try:
            return self._try(question)
        except Away:
            return otherwise


class Lasting(Careful):
    """What limits count: in PostgreSQL while the cache is away, never not at all."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        try:
            return self._try(lambda: super(Lasting, self).get(key, default, version))
        except Away:
            value = _call("read_count", key)
            return default if value is None else value

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> None:
        try:
            self._try(lambda: super(Lasting, self).set(key, value, timeout, version))
        except Away:
            _call("put_count", key, float(value), float(timeout), False)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> bool:
        try:
            return bool(self._try(lambda: super(Lasting, self).add(key, value, timeout, version)))
        except Away:
            return bool(_call("put_count", key, float(value), float(timeout), True))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Add to a number; ValueError where there is none."""
        try:
            return int(self._try(lambda: super(Lasting, self).incr(key, delta, version)))
        except Away:
            value = _call("add_to_count", key, float(delta))
            if value is None:
                raise ValueError(key) from None
            return int(value)

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> None:
        gone = list(keys)
        try:
            self._try(lambda: super(Lasting, self).delete_many(gone, version))
        except Away:
            for key in gone:
                _call("drop_count", key)


def _call(function: str, *values: Any) -> Any:
    """Ask one of the functions of sql.py, on the connection that commits by itself."""
    marks = ", ".join(["%s"] * len(values))
    with connections["audit"].cursor() as cursor:
        cursor.execute(f"SELECT sec.{function}({marks})", values)
        row = cursor.fetchone()
        return row[0] if row else None
