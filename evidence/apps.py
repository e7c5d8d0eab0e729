from django.apps import AppConfig
from django.core.checks import register

from foundation.figures.checks import data_check

data_is_whole = data_check("evidence", read="read_all")


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self) -> None:
        register(data_is_whole)
