"""PostgreSQL, with the principal bound where Django opens a transaction: nowhere else, never for a session.

The settings and the role are local to the transaction, so that nothing is left behind on a connection
that a pool or PgBouncer hands to someone else.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper as PlainWrapper
from psycopg.pq import TransactionStatus

from foundation.database import away
from foundation.database.logins import login_settings
from foundation.database.principal import Unbound, bound_principal


class Bound:
    """A cursor that runs nothing outside a transaction with a principal."""

    db: Any

    def _execute(self, *args: Any) -> Any:
        self.db.ensure_bound()
        return super()._execute(*args)  # type: ignore[misc]

    def _executemany(self, *args: Any) -> Any:
        self.db.ensure_bound()
        return super()._executemany(*args)  # type: ignore[misc]


class BoundCursor(Bound, PlainWrapper):
    pass


class BoundDebugCursor(Bound, base.CursorDebugWrapper):
    pass


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    """One database, reached through the log-in that the bound principal may use."""

    _connection_pools: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.login: str | None = None  # of the open connection

    # --- which log-in ---------------------------------------------------------------------------
    @property
    def fixed_login(self) -> str | None:
        """The log-in of a process that needs no principal (migrations, the audit writer), or None."""
        return self.settings_dict.get("LOGIN")

    def wanted_login(self) -> str:
        if self.fixed_login:
            return self.fixed_login
        principal = bound_principal()
        if principal is None:
            raise Unbound("The database was asked with no principal bound.")
        allowed = self.settings_dict.get("LOGINS")
        if allowed and principal.login not in allowed:
            raise Unbound(f"This process may not use the database as {principal.role}.")
        return principal.login

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), **login_settings(self.wanted_login())}

    @property
    def pool(self) -> Any:
        """One pool for each log-in; Django keeps one for each alias."""
        if not self.settings_dict["OPTIONS"].get("pool"):
            return None
        plain, self.alias = self.alias, f"{self.alias}:{self.login or self.wanted_login()}"
        try:
            return super().pool
        finally:
            self.alias = plain

    def close_pool(self) -> None:
        names = [name for name in self._connection_pools if name.split(":")[0] == self.alias]
        for name in names:
            self._connection_pools.pop(name).close()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.login = self.wanted_login()
        if away.is_noted():
            raise psycopg.OperationalError("The database was away a moment ago.")
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            away.note()
            raise

    def ensure_connection(self) -> None:
        """Change to the principal's log-in where it differs from the open connection's.

        With nobody bound an open connection is left as it is: Django asks it only whether it still works.
        """
        principal = bound_principal()
        changes = principal and not self.fixed_login and self.login != self.wanted_login()
        if self.connection is not None and changes:
            if self.in_atomic_block:
                raise Unbound("A transaction cannot change its database log-in.")
            self.close()
        super().ensure_connection()

    # --- on whose behalf -------------------------------------------------------------------------
    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit:
            self.bind()

    def bind(self) -> None:
        """Tell the transaction that has just begun who asks."""
        principal = bound_principal()
        if self.fixed_login:
            return
        if principal is None:
            raise Unbound("A transaction was opened with no principal bound.")
        self.tell(principal.settings())

    @property
    def is_broken(self) -> bool:
        """Whether the open transaction can only be rolled back: nothing more can be asked in it."""
        status = self.connection.info.transaction_status if self.connection else None
        return bool(self.needs_rollback or status == TransactionStatus.INERROR)

    def rebind(self) -> None:
        """Tell the open transaction that the principal has changed."""
        principal = bound_principal()
        if principal is None or self.fixed_login or self.connection is None or not self.in_atomic_block:
            return
        if self.is_broken:
            return  # it will be undone, and what it was told with it
        if principal.login != self.login:
            raise Unbound("A transaction cannot change its database log-in.")
        self.tell(principal.settings())

    def tell(self, settings: Mapping[str, str]) -> None:
        """Set these for the transaction alone: one statement on the bare connection."""
        calls = ", ".join("set_config(%s, %s, true)" for _name in settings)
        values = [part for item in settings.items() for part in item]
        with self.wrap_database_errors:  # a server that is away says so here first
            self.connection.execute(f"SELECT {calls}", values)

    def ensure_bound(self) -> None:
        if self.fixed_login:
            return
        if not self.in_atomic_block:
            raise Unbound("A statement was run outside a transaction.")
        if bound_principal() is None:
            raise Unbound("A statement was run with no principal bound.")

    def make_cursor(self, cursor: Any) -> Any:
        return BoundCursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> Any:
        return BoundDebugCursor(cursor, self)

    def is_usable(self) -> bool:
        """Ask on the bare connection: the question is nobody's."""
        if self.connection is None:
            return False
        try:
            self.connection.execute("SELECT 1")
        except Exception:  # noqa: BLE001  whatever is wrong, it is not usable
            return False
        return True
