"""`manage.py check --deploy --database default`: is this fit to hold people's names?

Production starts nothing while one of these is an error: `config/fit.py` asks first.
"""

import os
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections, transaction
from django.utils import timezone

from foundation.database import catalog
from foundation.database.keyfolder import check_keys, epochs, read_key, stale_keys
from foundation.database.principal import acting_as, system
from foundation.vault.keys import newest_epoch, wrapped_by_epoch
from intake.promises import BadRecord, unapproved
from operations.retention import BadChoice, chosen


@register(Tags.security, deploy=True)
def keys_are_fit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No key is missing, weak, default or open to others."""
    return [Error(problem, id="intake.E001") for problem in check_keys()]


@register(Tags.security, deploy=True)
def keys_are_fresh(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No key that can be changed is old, and none put aside lies about: notes, for they still work."""
    return [Warning(problem, id="intake.W003") for problem in stale_keys(at=timezone.now())]


@register(Tags.security, deploy=True)
def nothing_is_for_development(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Neither DEBUG nor a development environment serves real people."""
    mistakes: list[CheckMessage] = []
    if settings.DEBUG:
        mistakes.append(Error("DEBUG is on: error pages would show what people told us.", id="intake.E002"))
    if not settings.PRODUCTION:
        mistakes.append(Error("INTAKE_ENV is not production.", id="intake.E003"))
    if settings.SMS_GATEWAY == FILE_GATEWAY:
        words = "SMS_GATEWAY writes texts into a folder: nobody would get them, and they would lie in plain."
        mistakes.append(Error(words, id="intake.E016"))
    return mistakes


@register(Tags.security, deploy=True)
def the_gateway_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whoever has texts carried by Twilio named all that it takes, and reads its requests."""
    if settings.SMS_GATEWAY != TWILIO:
        return []
    wanted = {
        "Name the account at Twilio: SMS_ACCOUNT.": settings.SMS_ACCOUNT,
        "Name the number or messaging service that texts come from: SMS_SENDER.": settings.SMS_SENDER,
        "Put the account's key into the key folder: sms-auth-token.": read_key("sms-auth-token"),
        f"Have Twilio's requests read: SMS_HOOK={TWILIO_HOOK}.": settings.SMS_HOOK == TWILIO_HOOK,
        "SMS_URL must be https.": settings.SMS_URL.startswith("https://"),
    }
    return [Error(words, id="intake.E017") for words, is_there in wanted.items() if not is_there]


TWILIO = "notifications.channels.twilio.Twilio"
TWILIO_HOOK = f"{TWILIO}Hook"
FILE_GATEWAY = "notifications.channels.sms.FileGateway"
RETIRE = "manage.py rotate_keys --retire wraps what is left and puts the older keys aside."
# What the environment says of this installation; docker/app.env.example has the most of them.
SAID = (
    *("DATABASE_URL", "REDIS_URL", "CACHE_URL", "CELERY_BROKER_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"),
    "ALIAS_FROM_EMAIL",
    *("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SITE_URL", "INTAKE_OFFICE", "POSTGRES_PASSWORD"),
)
PLACEHOLDER = re.compile(r"<[^<>@]*>|\bexample\.(?:com|net|org)\b")
LEAST_PASSWORD = 16
WELL_KNOWN = ("changeme", "default", "intake", "letmein", "password", "postgres", "secret")


@register(Tags.security, deploy=True)
def every_value_is_our_own(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No example was left as it stood, and no password in an address is short or well known."""
    said = {name: os.environ.get(name, "") for name in SAID}
    return [
        Error(problem, id="intake.E006")
        for name, value in said.items()
        for problem in (*_left_over(name, value), *_weak(name, value))
    ]


def _left_over(name: str, value: str) -> Iterable[str]:
    if found := PLACEHOLDER.search(value):
        yield f"{name} still has {found[0]} of the example in it."


def _weak(name: str, value: str) -> Iterable[str]:
    """Say that a password is weak, without the password; the example's is found as one already."""
    password = value if name == "POSTGRES_PASSWORD" else _password_in(value)
    if password is None or PLACEHOLDER.search(value) or (name == "POSTGRES_PASSWORD" and not value):
        return
    if len(password) < LEAST_PASSWORD or any(word in password.lower() for word in WELL_KNOWN):
        yield f"The password in {name} is short or well known: {LEAST_PASSWORD} random characters will do."


def _password_in(address: str) -> str | None:
    try:
        return urlsplit(address).password
    except ValueError:
        return None


@register(Tags.security, deploy=True)
def what_is_kept_has_a_place(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The office, and the place of what people send, were named: neither is left to a default."""
    wanted = {
        "INTAKE_OFFICE": "Name the office whose public form stands at the first page: INTAKE_OFFICE.",
        "MEDIA_ROOT": "Name the folder in which what people send lies, sealed: MEDIA_ROOT.",
    }
    return [Error(words, id="intake.E011") for name, words in wanted.items() if not os.environ.get(name)]


@register(Tags.security, deploy=True)
def what_is_kept_goes_in_time(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The days that were chosen are days that can be chosen."""
    try:
        chosen()
    except BadChoice as error:
        return [Error(str(error), id="intake.E015")]
    return []


@register(Tags.security, deploy=True)
def pages_are_reached_by_tls_alone(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Our own address and those we take forms from begin with https; the headers are Django's to check."""
    addresses = [("SITE_URL", settings.SITE_URL)]
    addresses += [("CSRF_TRUSTED_ORIGINS", origin) for origin in settings.CSRF_TRUSTED_ORIGINS]
    mistakes: list[CheckMessage] = [
        Error(f"{name} has an address without https: {address}.", id="intake.E007")
        for name, address in addresses
        if not address.startswith("https://")
    ]
    if "*" in settings.ALLOWED_HOSTS:
        mistakes.append(Error("ALLOWED_HOSTS lets every name in.", id="intake.E008"))
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


@register(Tags.database, deploy=True)
def the_keys_fit_the_database(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every data key is wrapped under a key that is here, and rotations are brought to their end."""
    if "default" not in (databases or ()):
        return []
    with acting_as(system("check")), transaction.atomic():
        wraps = wrapped_by_epoch()
    known, newest = epochs(), newest_epoch()
    lost: list[CheckMessage] = [
        Error(f"kek-{epoch} is missing, and {count} matters open with no other key.", id="intake.E010")
        for epoch, count in sorted(wraps.items())
        if epoch not in known
    ]
    begun = [
        Warning(f"The rotation to kek-{newest} is not brought to its end.", hint=RETIRE, id="intake.W004")
        for epoch in known
        if epoch < newest
    ]
    return [*lost, *begun[:1]]


@register(Tags.security, deploy=True)
def promises_are_approved(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A lawyer approved every promise the pages make, in every language they are shown in.

    A warning where some are not: what starts without them keeps its public pages shut by itself. A record
    that cannot be read is an error.
    """
    try:
        missing = [f"{name} ({language})" for name, language in unapproved()]
    except BadRecord as error:
        return [Error(str(error), id="intake.E009")]
    words = f"The public pages stay shut until a lawyer approved: {', '.join(missing)}."
    hint = "manage.py approve_words --by NAME --language CODE, once a lawyer has read them."
    return [Warning(words, hint=hint, id="intake.W002")] if missing else []
