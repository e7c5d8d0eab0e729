"""Stop `check`, `migrate` and so `up` at a data file that cannot be read, with its file and line."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.core.checks import CheckMessage, Error

from foundation.figures.reading import BadData


def data_check(app: str, *, read: str = "figures") -> Callable[..., list[CheckMessage]]:
    """Return the check that reads an app's data files whole: `figures`, or another name, of `<app>.data`."""

    def data_is_whole(**_context: Any) -> list[CheckMessage]:
        try:
            getattr(import_module(f"{app}.data"), read)()
        except BadData as error:
            return [Error(str(error), id=f"{app}.E001")]
        return []

    return data_is_whole
