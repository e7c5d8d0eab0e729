from django.apps import AppConfig
from django.core.checks import register

from foundation.figures.checks import data_check

list_is_whole = data_check("notifications", read="telling")
kinds_are_whole = data_check("notifications", read="told_kinds")


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        register(list_is_whole)
        register(kinds_are_whole)
