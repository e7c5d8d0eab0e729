"""Long lists page by page, by Django's own paginator."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class Counted(Paginator):
    """A paginator for a list whose length the page knows already: it asks the database for no count."""

    def __init__(self, object_list: Any, per_page: int, *, total: int) -> None:
        super().__init__(object_list, per_page)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total
