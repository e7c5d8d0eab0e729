"""What people had deleted stays deleted: noted in the database and in a file, replayed after a restore."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases.models import Case
from conflicts.actions import keep_stub
from foundation.accounts.matters import Matter
from foundation.accounts.models import Office
from foundation.events.ledger import record
from foundation.files.erasing import erase_matters
from intake.actions import NotYet, note_wish
from intake.models import Intake, Wish
from operations.models import Deletion, Step


def note_deletions(matters: Iterable[uuid.UUID], step: Step, *, at: datetime) -> None:
    """Note a step of these matters' deletion, in the transaction that takes it."""
    Deletion.objects.bulk_create(
        [Deletion(matter=matter, step=step, at=at) for matter in matters], ignore_conflicts=True
    )


def file_of_deletions() -> Path:
    """Return the file beside the anchors; whoever restores has it when the database is gone."""
    return Path(settings.LEDGER_ANCHORS).parent / "deletions.txt"


@transaction.atomic
def write_deletions(path: Path, *, since: datetime | None = None) -> int:
    """Add what the database knows and the file does not, and return how many lines; nothing is taken away.

    `since` leaves out what was noted before, which the file has since long.
    """
    noted = Deletion.objects.order_by("pk")
    if since:
        noted = noted.filter(at__gte=since)
    if not noted.exists():
        return 0
    known = set(lines_of(path))
    new = [line for line in map(_line, noted) if line not in known]
    if new:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write("".join(f"{line}\n" for line in new))
    return len(new)


def _line(deletion: Deletion) -> str:
    return f"{deletion.matter} {deletion.step} {deletion.at.isoformat()}"


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file of deletions; none where there is no such file."""
    return path.read_text().splitlines() if path.exists() else []


@dataclass(frozen=True)
class Replayed:
    """How many matters were erased again, and how many requests to be deleted were put back."""

    erased: int
    asked: int


@transaction.atomic
def replay_deletions(lines: Iterable[str], *, at: datetime) -> Replayed:
    """Erase again what was erased, ask again what was asked and not taken back, where a restore undid it."""
    last = _last_steps(lines)
    erased = sum(_erase(matter, at=at) for matter, step in last.items() if step == Step.ERASED)
    asked = sum(_ask(matter, at=at) for matter, step in last.items() if step == Step.ASKED)
    if erased or asked:
        for office in Office.objects.all():
            figures = {"erased": erased, "asked": asked}
            record("operations.deletions_replayed", office, by="system:restore", at=at, data=figures)
    return Replayed(erased, asked)


def _last_steps(lines: Iterable[str]) -> Mapping[uuid.UUID, str]:
    """Return the last step of each matter: what is erased is erased, whatever was noted later."""
    steps: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for line in lines:
        matter, step, at = line.split()
        steps.setdefault(uuid.UUID(matter), []).append((at, step))
    return {
        matter: Step.ERASED.value if any(step == Step.ERASED for _at, step in noted) else max(noted)[1]
        for matter, noted in steps.items()
    }


def _erase(matter: uuid.UUID, *, at: datetime) -> bool:
    """Erase a matter that is back; the conflict check keeps its names, as it did the first time."""
    intake = Intake.objects.select_related("office").filter(matter_id=matter).first()
    if intake is None:
        return False
    if Case.objects.filter(matter_id=matter).exists():
        keep_stub(Matter(matter, intake.office_id), at=at)
    erase_matters([matter])
    return True


def _ask(matter: uuid.UUID, *, at: datetime) -> bool:
    intake = Intake.objects.filter(matter_id=matter).exclude(status="draft").first()
    if intake is None or Wish.objects.filter(intake=intake, kind=Wish.Kind.DELETE).exists():
        return False
    try:
        note_wish(intake, kind=Wish.Kind.DELETE, at=at)
    except NotYet:  # a helper holds the receipt again, as before: a person has to ask
        return False
    return True
