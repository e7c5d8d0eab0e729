"""`manage.py check --deploy --database default`: is this fit to hold people's names?"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, transaction

from foundation.database import catalog
from foundation.database.keyfolder import check_keys
from foundation.database.principal import acting_as, system
from intake.promises import BadRecord, unapproved


@register(Tags.security, deploy=True)
def keys_are_fit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No key is missing, weak, default or open to others."""
    return [Error(problem, id="intake.E001") for problem in check_keys()]


@register(Tags.security, deploy=True)
def nothing_is_for_development(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Neither DEBUG nor a development environment serves real people."""
    mistakes: list[CheckMessage] = []
    if settings.DEBUG:
        mistakes.append(Error("DEBUG is on: error pages would show what people told us.", id="intake.E002"))
    if not settings.PRODUCTION:
        mistakes.append(Error("INTAKE_ENV is not production.", id="intake.E003"))
    return mistakes


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


@register(Tags.security, deploy=True)
def promises_are_approved(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A lawyer approved every promise the pages make, in every language they are shown in."""
    try:
        missing = [f"{name} ({language})" for name, language in unapproved()]
    except BadRecord as error:
        return [Error(str(error), id="intake.E005")]
    hint = "manage.py approve_words --by NAME --language CODE, once a lawyer has read them."
    return [Error(f"Not approved: {', '.join(missing)}.", hint=hint, id="intake.E005")] if missing else []
