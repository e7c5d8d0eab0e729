from django.apps import AppConfig
from django.core.checks import register

from foundation.figures.checks import data_check

data_is_whole = data_check("cases")


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        register(data_is_whole)
