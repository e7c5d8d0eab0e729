"""The talk with the person of a case, and messages of which nobody knows whose they are."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Case
from foundation.vault.opening import open_many, open_one
from notifications.inbound_models import By, Placed
from notifications.talk import PURPOSE, Turn, open_draft, talk_of, unplaced


@dataclass(frozen=True)
class TalkCard:
    """What was written in both directions, and the draft as it stands now, by whom."""

    turns: list[Turn]
    draft: dict[str, Any]
    draft_by: str
    waits: bool


NO_TALK = TalkCard([], {"words": "", "original": "", "seen": 0}, "", waits=False)


def talk_card(case: Case) -> TalkCard:
    """Open the talk with the person of a case."""
    turns, draft = talk_of(case.matter), open_draft(case.matter)
    opened = open_one(draft, "words", "original", purpose=PURPOSE) if draft else None
    kept = {
        "words": opened.words if opened else "",
        "original": (opened.original or "") if opened else "",
        "seen": draft.number if draft else 0,
    }
    by = draft.changed_by.name if draft else ""
    return TalkCard(turns, kept, by, any(turn.waits for turn in turns))


@dataclass(frozen=True)
class Lost:
    """A message of which nobody knows whose it is: from where, and why."""

    id: uuid.UUID
    by: str
    sender: str
    words: str
    at: datetime
    why: str
    left_out: bool


def lost_messages(office_id: int) -> list[Lost]:
    """Open what came to an office from numbers and addresses that are nobody's, or several people's."""
    rows = list(unplaced(office_id)[:50])
    opened = open_many(rows, "words", "sender", purpose=PURPOSE)
    return [
        Lost(
            row.pk,
            str(By(row.by).label),
            opened[row.pk].sender or "",
            opened[row.pk].words,
            row.came_at,
            str(Placed(row.placed).label),
            row.left_out,
        )
        for row in rows
    ]
