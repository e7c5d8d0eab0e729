from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DatabaseConfig(AppConfig):
    name = "foundation.database"
    label = "database"

    def ready(self) -> None:
        """After every migrate, bring owners, grants and policies to what the models declare."""
        post_migrate.connect(secure_after_migrate, sender=self)


def secure_after_migrate(using: str = "default", **kwargs: Any) -> None:
    # Here: it reads models, which are not loaded when apps are.
    from foundation.database.secure import secure

    secure(using)
