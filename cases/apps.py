from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        register(data_is_whole)


def data_is_whole(**_context: Any) -> list[CheckMessage]:
    """Stop `check`, `migrate` and so `up` at a data file that cannot be read, with its file and line."""
    from cases.data import BadData, figures

    try:
        figures()
    except BadData as error:
        return [Error(str(error), id="cases.E001")]
    return []
