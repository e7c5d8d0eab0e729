"""`manage.py deadlines FILE|-`: the deadline engine over a JSON list, without database or servers."""

from typing import Any

from cases.batch import deadlines_item
from cases.data import deadline_rules
from foundation.batch import BatchCommand
from screening.data import tables


class Command(BatchCommand):
    help = (
        'Count the dates of a JSON list of {"facts", "as_of"} and print a JSON list of dated lists.'
        ' An item that cannot be read becomes {"index", "error"}, and the exit status is 1.'
    )

    def load(self) -> None:
        deadline_rules()
        tables()

    def item(self, item: Any) -> list[dict[str, Any]]:
        return deadlines_item(item)
