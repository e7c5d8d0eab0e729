from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "foundation.events"
    label = "events"

    def ready(self) -> None:
        """Load every app's handlers.py, so that record() knows who listens."""
        autodiscover_modules("handlers")
