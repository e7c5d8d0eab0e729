"""The principal: on whose behalf the database is asked. Every entry point binds one.

A request binds `ANONYMOUS` or `SIGN_IN` and then whoever it turns out to be; a task and a command bind
`system("...")`. The database role and the row policies follow from it; with none bound, the backend
refuses to run a statement at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PUBLIC, STAFF, WORKER, NAMES, MIGRATOR = "public", "staff", "worker", "names", "migrator"

ROLES = {
    # role: the log-in that may take it
    "anonymous": PUBLIC,
    "applicant": PUBLIC,
    "gate": STAFF,
    "caseworker": STAFF,
    "supervisor": STAFF,
    "attorney": STAFF,
    "assistant": STAFF,
    "administrator": STAFF,
    "security": STAFF,
    "system": WORKER,
    "names": NAMES,
}


class Unbound(RuntimeError):
    """The database was asked on nobody's behalf, or outside a transaction."""


@dataclass(frozen=True)
class Principal:
    """On whose behalf: `role` decides which policies hold, the ids which rows they let through.

    `actor` is the word the ledger uses: "user:7", "applicant", "anonymous", "system:relay".
    """

    role: str
    actor: str
    user_id: int | None = None
    office_id: int | None = None
    matter_id: UUID | None = None

    @property
    def login(self) -> str:
        """The database log-in this principal comes through."""
        return ROLES[self.role]

    @property
    def db_role(self) -> str:
        return f"intake_as_{self.role}"

    def settings(self) -> dict[str, str]:
        """Return what a transaction is told, as PostgreSQL settings; the role comes last."""
        return {
            "app.actor": self.actor,
            "app.user_id": _text(self.user_id),
            "app.office_id": _text(self.office_id),
            "app.file_id": _text(self.matter_id),
            "role": self.db_role,
        }


def _text(value: object) -> str:
    return "" if value is None else str(value)


ANONYMOUS = Principal("anonymous", "anonymous")
SIGN_IN = Principal("gate", "anonymous")  # the sign-in pages: nobody yet, but the accounts can be read


def applicant(matter_id: UUID) -> Principal:
    """Return someone at the public form, who sees one matter: their own."""
    return Principal("applicant", "applicant", matter_id=matter_id)


@cache
def system(job: str) -> Principal:
    """Return a background job or a command of ours, by name."""
    return Principal("system", f"system:{job}"[:60])


# The process that compares names: it reads every party and its key, and nothing else of anyone's matter.
NAMES_WORKER = Principal("names", "system:names")


_bound: ContextVar[Principal | None] = ContextVar("principal", default=None)


def bound_principal() -> Principal | None:
    """Return who is bound now, or None."""
    return _bound.get()


@contextmanager
def acting_as(principal: Principal) -> Iterator[Principal]:
    """Bind a principal for a while; a transaction that is already open is told at once."""
    before = _bound.get()
    token = _bound.set(principal)
    tell_open_transactions()
    try:
        yield principal
    finally:
        _bound.reset(token)
        if before is not None:
            tell_open_transactions()


def become(principal: Principal) -> None:
    """Replace the principal of the running request once it is known who asks."""
    if _bound.get() is None:
        raise Unbound("become() outside acting_as()")
    _bound.set(principal)
    tell_open_transactions()


def tell_open_transactions() -> None:
    for connection in connections.all(initialized_only=True):
        rebind = getattr(connection, "rebind", None)
        if rebind:
            rebind()


@contextmanager
def each_statement_alone(using: str = "default") -> Iterator[None]:
    """Give every statement outside a transaction one of its own: for a command, a shell, a test.

    Only while the principal is the one bound now: a request or a task inside must open its own.
    """
    whose = _bound.get()

    def alone(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        connection: BaseDatabaseWrapper = context["connection"]
        if connection.in_atomic_block or _bound.get() != whose:
            return execute(sql, params, many, context)
        with transaction.atomic(using=connection.alias):
            return execute(sql, params, many, context)

    with connections[using].execute_wrapper(alone):
        yield
