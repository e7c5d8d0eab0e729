"""One item of a JSON list for the two engines: {"facts", "as_of"}, and for a screening "config"."""

from typing import Any

from cases.next_words import in_english
from cases.rules import DeadlineFacts, case_dates, deadlines, look_by
from cases.rules.joined import read_both
from cases.rules.next import next_thing
from screening.rules import Config, assess
from screening.rules.reading import dated_item
from screening.rules.seen import seen_of


def deadlines_item(item: Any) -> list[dict[str, Any]]:
    """Return the printed dates of one item; BadFacts names what cannot be read."""
    facts, on = dated_item(item)
    return [due.as_dict() for due in deadlines(DeadlineFacts.from_dict(facts), on=on)]


def screen_item(item: Any) -> dict[str, Any]:
    """Return the printed result of one item: the screening, the day to look by, the next thing to do.

    BadFacts names what cannot be read. Keys of the deadline engine are taken too, and count for both.
    """
    found, on = dated_item(item)
    config = Config.from_dict(item.get("config"))
    facts, dated = read_both(found)
    seen = seen_of(facts, on=on)
    result = assess(facts, on=on, config=config, seen=seen)
    dates = case_dates(dated, on=on, seen=seen if dated.arrival == facts.arrival else None)
    by = look_by(result.band, dates, on=on)
    words = in_english(next_thing(result.findings, dates, on=on, look_by=by), on=on)
    return {**result.as_dict(), "look_by": by.isoformat(), "next_thing": words.sentence}
