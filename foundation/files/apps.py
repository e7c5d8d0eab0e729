from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "foundation.files"
    label = "files"

    def ready(self) -> None:
        import_module("foundation.files.checks")
