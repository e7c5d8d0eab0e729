from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers the deployment checks
        from foundation.events.access import request_id
        from foundation.logs import tell_requests

        tell_requests(request_id.get)
