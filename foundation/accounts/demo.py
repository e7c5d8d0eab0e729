"""The demo office's printed second factor: for people who try the application, never for real people."""

import hmac
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from foundation.accounts.models import User

OFFICE = "demo"


def is_demo(user: User) -> bool:
    """Tell whether someone belongs to the demo office, outside production."""
    if settings.PRODUCTION or not settings.DEMO_CODE:
        return False
    return user.office is not None and user.office.slug == OFFICE


def is_demo_code(user: User, code: str) -> bool:
    """Tell whether this is the printed code, and someone who may use it."""
    return is_demo(user) and hmac.compare_digest(code.encode(), settings.DEMO_CODE.encode())


@register()
def no_demo_code_in_production(**kwargs: Any) -> list[Error]:
    """Refuse to start in production with a second factor that everyone can read."""
    if settings.PRODUCTION and settings.DEMO_CODE:
        words = "DEMO_CODE is set: a printed second factor is not for production."
        return [Error(words, hint="Remove DEMO_CODE from the environment.", id="accounts.E001")]
    return []
