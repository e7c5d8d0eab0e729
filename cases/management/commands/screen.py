"""`manage.py screen FILE|-`: the rule set over a JSON list, without database or servers."""

from typing import Any

from cases.batch import screen_item
from cases.data import deadline_rules
from foundation.batch import BatchCommand
from screening.data import tables


class Command(BatchCommand):
    help = (
        'Screen a JSON list of {"facts", "as_of", "config"} and print the results as a JSON list.'
        ' An item that cannot be read becomes {"index", "error"}, and the exit status is 1.'
    )

    def load(self) -> None:
        deadline_rules()
        tables()

    def item(self, item: Any) -> dict[str, Any]:
        return screen_item(item)
