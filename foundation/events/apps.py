from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "foundation.events"
    label = "events"

    def ready(self) -> None:
        """Load every app's handlers.py, so that record() knows who listens, and our check."""
        from foundation.events import checks  # noqa: F401  registers itself

        autodiscover_modules("handlers")
