from importlib import import_module

from django.apps import AppConfig

from foundation.database.rows import ALL, OWN, STAFF, Rule, declare, nobody

# Tables of Django's that the application never reads: only migrations touch them.
UNUSED = ("auth.Group", "auth.Group_permissions", "auth.Permission", "contenttypes.ContentType")
# allauth's addresses stay empty, ours are in accounts.User; deleting a user looks into them.
ADDRESSES = {"system": Rule(ALL)}
# Second factors: read and marked as used while signing in, made and removed by their owner.
FACTORS = {
    "gate": Rule("select update"),
    **{role: Rule(ALL, OWN) for role in STAFF},
    "system": Rule(ALL),
}


class AccountsConfig(AppConfig):
    name = "foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        for label in UNUSED:
            declare(label, nobody())
        declare("account.EmailAddress", ADDRESSES)
        declare("account.EmailConfirmation", ADDRESSES)
        declare("mfa.Authenticator", FACTORS)
        import_module("foundation.accounts.demo")  # its check
