from django.apps import AppConfig

from foundation.database.rows import declare, nobody

# Tables of Django's that the application never reads: only migrations touch them.
UNUSED = ("auth.Group", "auth.Group_permissions", "auth.Permission", "contenttypes.ContentType")


class AccountsConfig(AppConfig):
    name = "foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        for label in UNUSED:
            declare(label, nobody())
