"""`manage.py check --deploy --database default`: is this fit to hold people's names?"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, transaction

from foundation.database import catalog
from foundation.database.keyfolder import check_keys
from foundation.database.principal import acting_as, system


@register(Tags.security, deploy=True)
def keys_are_fit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No key is missing, weak, default or open to others."""
    return [Error(problem, id="intake.E001") for problem in check_keys()]


@register(Tags.security, deploy=True)
def nothing_is_for_development(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Neither DEBUG nor a development environment serves real people."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(Error("DEBUG is on: error pages would show what people told us.", id="intake.E002"))
    if not settings.PRODUCTION:
        found.append(Error("INTAKE_ENV is not production.", id="intake.E003"))
    return found


@register(Tags.database, deploy=True)  # not before a migrate: that is what brings it there
def the_database_is_as_declared(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Owners, policies, functions and log-ins are what the models declare; no log-in has more power."""
    if "default" not in (databases or ()):
        return []
    connection = connections["default"]
    with acting_as(system("check")), transaction.atomic(), connection.cursor() as cursor:
        return [Error(problem, id="intake.E004") for problem in catalog.problems(cursor)]
