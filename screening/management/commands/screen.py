"""`manage.py screen FILE|-`: the rule set over a JSON list, without database or servers."""

from typing import Any

from foundation.batch import BatchCommand
from screening.batch import screen_item
from screening.data import tables


class Command(BatchCommand):
    help = (
        'Screen a JSON list of {"facts", "as_of", "config"} and print the results as a JSON list.'
        ' An item that cannot be read becomes {"index", "error"}, and the exit status is 1.'
    )

    def load(self) -> None:
        tables()

    def item(self, item: Any) -> dict[str, Any]:
        return screen_item(item)
