"""One item of a JSON list of screenings: {"facts", "as_of", "config"}; other keys are left alone."""

from typing import Any

from screening.rules import Config, Facts, assess
from screening.rules.reading import dated_item


def screen_item(item: Any) -> dict[str, Any]:
    """Return the printed result of one item; BadFacts names what cannot be read."""
    facts, on = dated_item(item)
    config = Config.from_dict(item.get("config"))
    return assess(Facts.from_dict(facts), on=on, config=config).as_dict()
