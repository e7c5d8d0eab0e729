from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkConfig(AppConfig):
    name = "foundation.work"
    label = "work"

    def ready(self) -> None:
        """Load every app's work.py, so that the sweep and the page know every line."""
        autodiscover_modules("work")
