"""Second factors: who has one, which may go, and their secrets under the newest key."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from foundation.accounts.demo import is_demo
from foundation.accounts.models import User
from foundation.vault.box import epoch_of, open_text, seal_text
from foundation.vault.keys import newest_epoch

Type = Authenticator.Type
FACTORS = (Type.WEBAUTHN, Type.TOTP)  # recovery codes stand in for one of these; alone they are none
PURPOSE = "mfa"
SECRETS = ("secret", "seed")  # of a one-time code, of the recovery codes


def own_factors(user: User) -> Any:
    """Return the person's passkeys and code app, oldest first."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).order_by("created_at")


def has_factor(user: User) -> bool:
    """Tell whether someone signs in with more than a password."""
    return is_demo(user) or own_factors(user).exists()


def has_only_one(user: User) -> bool:
    """Tell whether one lost phone or key would leave somebody with recovery codes alone."""
    return own_factors(user).count() == 1


def may_remove(factor: Authenticator) -> bool:
    """Tell whether another factor stays when this one goes."""
    return own_factors(factor.user).exclude(pk=factor.pk).exists()


@transaction.atomic
def reseal_secrets(limit: int = 1000) -> int:
    """Seal up to `limit` secrets again that an older key holds, and return how many; 0 is done."""
    factors = list(Authenticator.objects.filter(_older()).select_for_update(skip_locked=True)[:limit])
    for factor in factors:
        for name in SECRETS:
            if name in factor.data and epoch_of(factor.data[name]) != newest_epoch():
                factor.data[name] = seal_text(PURPOSE, open_text(PURPOSE, factor.data[name]))
        factor.save(update_fields=["data"])
    return len(factors)


def _older() -> Q:
    """Return what finds factors with a secret that an older key holds."""
    newest, old = f"{newest_epoch()}:", Q()
    for name in SECRETS:
        old |= Q(**{f"data__{name}__isnull": False}) & ~Q(**{f"data__{name}__startswith": newest})
    return old


def secrets_of_older_keys() -> int:
    """Return how many factors have a secret that an older key holds."""
    return Authenticator.objects.filter(_older()).count()
