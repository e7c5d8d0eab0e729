"""One item of a JSON list for the deadline engine: {"facts", "as_of"}; other keys are left alone."""

from typing import Any

from cases.rules import DeadlineFacts, deadlines
from screening.rules.reading import dated_item


def deadlines_item(item: Any) -> list[dict[str, Any]]:
    """Return the printed dates of one item; BadFacts names what cannot be read."""
    facts, on = dated_item(item)
    return [due.as_dict() for due in deadlines(DeadlineFacts.from_dict(facts), on=on)]
