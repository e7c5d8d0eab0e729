from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class ScreeningConfig(AppConfig):
    name = "screening"

    def ready(self) -> None:
        register(data_is_whole)


def data_is_whole(**_context: Any) -> list[CheckMessage]:
    """Stop `check`, `migrate` and so `up` at a data file that cannot be read, with its file and line."""
    from screening.data import BadData, figures

    try:
        figures()
    except BadData as error:
        return [Error(str(error), id="screening.E001")]
    return []
