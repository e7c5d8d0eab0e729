"""Which rows of a table each role may see and change: declared beside the model, enforced by PostgreSQL.

class Note(models.Model):
    ROWS = matter_rows(attorney="select insert")

Policies name one role each, so that no "or is a caseworker" enters a plan; a set of matters is compared as
`= ANY(ARRAY(SELECT ...))`, which PostgreSQL evaluates once, and an office by equality.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models

ALL = "select insert update delete"
ANY = "true"
OFFICE = "office_id = (SELECT sec.office_id())"
# A ring-fence keeps someone off a single matter, whatever their role: an array that is asked for once.
FENCED = "ARRAY(SELECT f FROM sec.fenced_files() f)"
UNFENCED = f"file_id <> ALL({FENCED})"
OFFICE_MATTERS = f"{OFFICE} AND {UNFENCED}"
# The same where a row may belong to nobody's matter.
OFFICE_AND_MATTERS = f"{OFFICE} AND coalesce(file_id, '{UUID(int=0)}') <> ALL({FENCED})"
OWN_MATTER = "file_id = (SELECT sec.file_id())"
GRANTED = "file_id = ANY(ARRAY(SELECT f FROM sec.granted_files() f))"
# What an assistant's attorneys hold, while the assistance lives (cases/sql.py).
ASSISTED = "file_id = ANY(ARRAY(SELECT f FROM sec.assisted_files() f))"
ME = "(SELECT sec.user_id())"
OWN = f"user_id = {ME}"


@dataclass(frozen=True)
class Rule:
    """One role's privileges on a table, the rows they hold for, and what a written row must satisfy."""

    privileges: str
    using: str = ANY
    check: str | None = None


Rows = Mapping[str, Rule]

# A supervisor is a caseworker to the database (database/logins.py): no table names them for that.
ON_MATTERS = ("caseworker", "attorney", "assistant", "administrator")
STAFF = (*ON_MATTERS, "security")
ONLINE = ("anonymous", "applicant", "gate", *STAFF)


def everyone(privileges: str = "select") -> Rows:
    """Return rules for what is no secret: every role may do this to every row."""
    return {role: Rule(privileges) for role in (*ONLINE, "system")} | {"system": Rule(ALL)}


def nobody() -> Rows:
    """Return rules for a table that only migrations touch."""
    return {}


def office_rows(
    *,
    caseworker: str = "",
    attorney: str = "",
    assistant: str = "",
    administrator: str = "",
    attorney_sees: str = OFFICE,
    others: Rows | None = None,
) -> Rows:
    """Return rules for a table with `office_id` that belongs to no one's matter."""
    rules = {
        "caseworker": Rule(caseworker, OFFICE),
        "attorney": Rule(attorney, attorney_sees),
        "assistant": Rule(assistant, OFFICE),
        "administrator": Rule(administrator, OFFICE),
        **(others or {}),
        "system": Rule(ALL),
    }
    return {role: rule for role, rule in rules.items() if rule.privileges}


def matter_rows(
    *,
    applicant: str = "",
    caseworker: str = "select insert update",
    attorney: str = "select",
    assistant: str | None = None,
    administrator: str = "select",
    attorney_sees: str = GRANTED,
    assistant_sees: str = ASSISTED,
) -> Rows:
    """Return rules for a table with `office_id` and `matter_id`: staff by office, others by a live grant.

    Nobody sees a matter they are ring-fenced off. An assistant reads what an attorney may, unless said
    otherwise, and writes nothing.
    """
    reads = "select" if attorney else ""
    rules = {
        "applicant": Rule(applicant, OWN_MATTER),
        "caseworker": Rule(caseworker, OFFICE_MATTERS),
        "attorney": Rule(attorney, attorney_sees),
        "assistant": Rule(reads if assistant is None else assistant, assistant_sees),
        "administrator": Rule(administrator, OFFICE_MATTERS),
        "system": Rule(ALL),
    }
    return {role: rule for role, rule in rules.items() if rule.privileges}


_declared: dict[str, Rows] = {}


def declare(label: str, rows: Rows) -> None:
    """Declare the rules of a model that is not ours, by its label."""
    _declared[label] = rows


def rows_of(model: type[models.Model]) -> Rows | None:
    """Return a model's rules, or None where nobody declared any."""
    return _declared.get(model._meta.label, getattr(model, "ROWS", None))


def all_tables() -> dict[str, type[models.Model]]:
    """Return {table: model} of every table the project has, many-to-many tables included."""
    every_model = apps.get_models(include_auto_created=True)
    return {m._meta.db_table: m for m in every_model if m._meta.managed and not m._meta.proxy}
