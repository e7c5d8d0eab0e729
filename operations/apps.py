from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        # Here: models are not loaded when this file is read.
        from operations import handlers, keeping  # noqa: F401  hears of deletions
        from workspace.keeping.queries import also_kept

        also_kept(keeping.kept_lines)
