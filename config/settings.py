"""Django settings, read from the environment.

`INTAKE_ENV` is development, test or production. Development and test fall back to values that are
safe on one machine; production refuses to start without its own.
"""

import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from foundation.database.caches import PROMPT
from foundation.database.keyfolder import (
    SECRET,
    SECRET_BEFORE,
    check_keys,
    key_folder,
    make_keys,
    needed_key,
    read_key,
)
from foundation.house import our_packages

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

INTAKE_ENV = env("INTAKE_ENV", default="development")
if INTAKE_ENV not in {"development", "test", "production"}:
    raise ImproperlyConfigured(f"INTAKE_ENV is {INTAKE_ENV!r}: use development, test or production.")
PRODUCTION = INTAKE_ENV == "production"
STATE = Path(env("INTAKE_STATE", default=str(ROOT / ".local")))
if not PRODUCTION and not key_folder():
    os.environ["INTAKE_KEYS"] = str(STATE / "keys")
    make_keys(STATE / "keys")


def needed(name: str, otherwise: str) -> str:
    """Return an environment value that production must set itself."""
    value = env(name, default="" if PRODUCTION else otherwise)
    if not value:
        raise ImproperlyConfigured(f"{name} must be set in production.")
    return str(value)


if PRODUCTION and (problems := check_keys()):
    raise ImproperlyConfigured("The keys are not fit for use. " + " ".join(problems))
SECRET_KEY = needed_key(SECRET).decode()
# Sessions begun under the one before go on until it is taken away.
SECRET_KEY_FALLBACKS = [before.decode()] if (before := read_key(SECRET_BEFORE)) else []
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Ours first, in the order in which they stand on each other: every list of our apps is read from this one.
INSTALLED_APPS = [
    "demo",
    "benchmarks",
    "config",
    "operations",
    "workspace",
    "packets",
    "evidence",
    "letters",
    "casework",
    "referrals",
    "cases",
    "screening",
    "intake",
    "conflicts",
    "directory",
    "notifications",
    "foundation.files",
    "foundation.accounts",
    "foundation.vault",
    "foundation.events",
    "foundation.work",
    "foundation.database",
    "foundation.devstack",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_countries",
    "phonenumber_field",
    "pgtrigger",
    "csp",
]

MIDDLEWARE = [
    "config.middleware.headers",
    "operations.edge.at_the_edge",
    "django.middleware.security.SecurityMiddleware",
    "config.policy.Policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.crowded",
    "foundation.files.receiving.read_first",
    "config.middleware.bound",
    "config.middleware.two_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.someone",
    "config.middleware.offered_language",
    "intake.closing.by_itself",
    "config.middleware.refusals",
]

ROOT_URLCONF = "config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context.site",
                "intake.closing.context",
            ],
        },
    },
]
FORM_RENDERER = "foundation.controls.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- data -----------------------------------------------------------------------------------------
# One database, reached through the log-in that fits: foundation/database says which for whom.
# INTAKE_LOGIN is what this process is: web (public and staff pages), public, staff,
# worker, names, migrator or demo (a command whose people also come in by the sign-in pages).
LOGIN = env("INTAKE_LOGIN", default="web")
LOGINS = {
    "web": ["public", "staff"],
    "migrator": ["migrator"],
    "demo": ["worker", "staff"],
    "tests": ["public", "staff", "worker", "names"],
}
DATABASE: dict[str, Any] = {
    **env.db_url_config(needed("DATABASE_URL", "postgres:///intake")),
    "ENGINE": "foundation.database.backend",
    "CONN_HEALTH_CHECKS": True,
    "LOGINS": LOGINS.get(LOGIN, [LOGIN]),
    "LOGIN": "migrator" if LOGIN == "migrator" else None,
}
# A process keeps a small pool of connections for each log-in; tests clone databases, which a pool blocks.
if INTAKE_ENV != "test":
    # Where the server is away nobody waits for it long, and no longer try outlasts its coming back. Behind
    # the pages nobody sits and waits: a machine that is busy is not one whose server is away.
    wait = env.float("DATABASE_WAIT_SECONDS", default=1.2 if LOGIN in ("web", "public", "staff") else 6)
    pool = {"min_size": 1, "max_size": 8, "timeout": wait, "reconnect_timeout": max(2, wait)}
    DATABASE.setdefault("OPTIONS", {}).update(pool=pool, connect_timeout=max(2, int(wait)))
# Who looked is written on a connection of its own, by a log-in that can do nothing else.
DATABASES = {"default": DATABASE, "audit": {**deepcopy(DATABASE), "LOGIN": "audit"}}

# Threads of one web process for pages. Other lanes have their own (foundation/front): in all the pool's size.
WEB_THREADS = env.int("WEB_THREADS", default=4)
CACHE_URL = env("CACHE_URL", default="") or needed("REDIS_URL", "redis://localhost:6379/1")
CACHES = {
    "default": {"BACKEND": "foundation.database.caches.Forgetful", "LOCATION": CACHE_URL, "OPTIONS": PROMPT},
    "limits": {"BACKEND": "foundation.database.caches.Lasting", "LOCATION": CACHE_URL, "OPTIONS": PROMPT},
}

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = [
    "foundation.accounts.hashers.LightArgon2"
    if INTAKE_ENV == "test"
    else "foundation.accounts.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "foundation.accounts.sessions"
SESSION_COOKIE_NAME = "staff"  # a visitor of the public pages has one of their own: config/middleware.py
SESSION_COOKIE_AGE = 8 * 3600  # the longest a session lasts, whatever happens in it
SESSION_IDLE = {"staff": env.int("STAFF_IDLE_MINUTES", default=15) * 60, "public": 3600}
# A form on a phone others use too closes sooner than one on a device that is somebody's own.
SHARED_MINUTES = env.int("SHARED_MINUTES", default=10)
DEVICE_HOURS = env.int("DEVICE_HOURS", default=24)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # gone with the browser: on a phone others use, nothing says who was here

# Sign-in by allauth, at addresses of our own (foundation/accounts/urls.py): e-mail, password, second factor.
ACCOUNT_ADAPTER = "foundation.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # there is no sign-up; allauth wants to know
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation's link has shown whose the address is
ACCOUNT_PREVENT_ENUMERATION = "strict"
# Ours count instead (foundation/limits.py): by account, never by network address.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "foundation.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "Intake"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TRUST_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
AUTHENTICATION_BACKENDS = ["foundation.accounts.backends.OneRead"]
MFA_REAUTHENTICATION_REQUIRED = False  # our own step_up asks
# A printed second factor, for the demo office alone; a check refuses it in production.
DEMO_CODE = env("DEMO_CODE", default="" if PRODUCTION else "246810")
INVITATION_HOURS = 72

# --- words ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"

# Kosovo has a code that ISO leaves to its users, and passports of its own.
COUNTRIES_OVERRIDE = {"XK": {"names": [_("Kosovo")], "alpha3": "XKX"}}

# --- files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = ROOT / "staticfiles" if PRODUCTION else None
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
# Sealed files, shared by web and worker.
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(STATE / "media")))
# Files come through the sealing handler (foundation/files/receiving.py); no other may write one to disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# --- background work ------------------------------------------------------------------------------
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="") or needed("REDIS_URL", "redis://localhost:6379/0")
# Seconds before a delivery that was claimed and never finished is tried again.
LEDGER_ANCHORS = Path(env("LEDGER_ANCHORS", default=str(STATE / "ledger-anchors.json")))
EVENTS_LEASE_SECONDS = env.int("EVENTS_LEASE_SECONDS", default=30)

# --- backups (operations) -------------------------------------------------------------------------
# Whom a backup is sealed for: the public halves that manage.py backup_keys prints, for two holders.
BACKUP_RECIPIENTS = env("BACKUP_RECIPIENTS", default="")
BACKUP_KEY_RECIPIENTS = env("BACKUP_KEY_RECIPIENTS", default="")
# Somebody's deletion is final once the last backup of the keys from before is gone.
KEPT_DAYS = env("KEPT_DAYS", default="")  # other days within the bounds of operations/data/retention.csv
# Commands that get each half as tar on their input, once it is written: to another machine, to other hands.
BACKUP_SEND = env("BACKUP_SEND", default="")
BACKUP_KEYS_SEND = env("BACKUP_KEYS_SEND", default="")
BACKUP_DAYS = env.int("BACKUP_DAYS", default=90)
BACKUP_KEY_DAYS = env.int("BACKUP_KEY_DAYS", default=7)
BACKUP_HOURS = env.int("BACKUP_HOURS", default=26)  # after so many without one, somebody is told

# Who is told when a part fails (manage.py watch), and where the heartbeat of a sound installation goes.
ALERT_MAILS = env.list("ALERT_MAILS", default=[])
ALERT_WEBHOOK = env("ALERT_WEBHOOK", default="")
HEARTBEAT_URL = env("HEARTBEAT_URL", default="")

# --- pages fetched into the library ---------------------------------------------------------------
# Never another in production: the guards against private networks are in it.
SAFE_FETCHER = "evidence.clients.fetch.SafeFetcher"
EVIDENCE_FETCHER = SAFE_FETCHER if PRODUCTION else env("EVIDENCE_FETCHER", default=SAFE_FETCHER)

# --- mail -----------------------------------------------------------------------------------------
if PRODUCTION:
    # With a password in it, it is a file of the key folder and in nobody's environment.
    kept = (read_key("email-url") or b"smtp://localhost:25").decode()
    vars().update(env.email_url("EMAIL_URL", default=kept))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = STATE / "mail"
    if env("EMAIL_URL", default=""):
        vars().update(env.email_url("EMAIL_URL"))
# A mail server that hangs must hold a worker for less than a message's lease: it answers several times.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=120)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Intake <no-reply@localhost>")
# Who writes to somebody seeking help: a name that says nothing, and an address that takes answers.
ALIAS_FROM_EMAIL = env("ALIAS_FROM_EMAIL", default="Messages <messages@localhost>")
# What carries text messages (notifications/channels), or empty for none. In production never a folder.
SMS_GATEWAY = env("SMS_GATEWAY", default="" if PRODUCTION else "notifications.channels.sms.FileGateway")
SMS_PATH = STATE / "sms"
# Of the gateway notifications/channels/twilio.py: the account, and its number or messaging service. Its key
# is a file of the key folder (sms-auth-token).
SMS_ACCOUNT, SMS_SENDER = env("SMS_ACCOUNT", default=""), env("SMS_SENDER", default="")
SMS_URL = env("SMS_URL", default="https://api.twilio.com")
# What reads the requests of the gateway (notifications/gateway.py).
SMS_HOOK = env("SMS_HOOK", default="notifications.gateway.SignedJson")
SITE_URL = env("SITE_URL", default="http://localhost:8000")

# --- this office ----------------------------------------------------------------------------------
# The office whose public form stands at "/"; other offices have /o/<slug>/ when that is needed.
INTAKE_OFFICE = env("INTAKE_OFFICE", default="demo")
DRAFT_DAYS = env.int("DRAFT_DAYS", default=14)
# How much strangers may begin before it counts as a burst, and hold with us (intake/room.py).
FORMS_AN_HOUR = env.int("FORMS_AN_HOUR", default=60)
FORMS_UNFINISHED = env.int("FORMS_UNFINISHED", default=1000)
FORMS_MEGABYTES = env.int("FORMS_MEGABYTES", default=4096)
# Which promises a lawyer approved, word for word (intake/promises.py).
INTAKE_APPROVALS = env("INTAKE_APPROVALS", default=str(STATE / "approvals.toml"))
# Where the Leave button takes someone in a hurry: an everyday page on another site.
NEUTRAL_SITE = env("NEUTRAL_SITE", default="https://www.weather.gov/")

# --- edges ----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its select arrow and check marks this way
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# X-Frame-Options is one of ours (config/middleware.py); preloading is a choice (HSTS_PRELOAD).
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W021"]
# Not "no-referrer": browsers then send "Origin: null" with our own forms and the CSRF check refuses them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # A choice: once a name is on the browsers' lists, getting it and all below it off takes months.
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Lines to read on a terminal, or one JSON object a line for what gathers them.
LOGS = env("INTAKE_LOGS", default="json" if PRODUCTION else "text")
# Logs carry codes and ids only: what else a library would write is left out (foundation/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"ordinary": {"()": "foundation.logs.Ordinary"}},
    "formatters": {
        "line": {
            "()": "foundation.logs.AllowList",
            "ours": our_packages(INSTALLED_APPS),
            "process": LOGIN,
            "as_json": LOGS == "json",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["ordinary"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django would add a handler that writes addresses, and one that mails whole requests.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "celery": {"level": "WARNING"},
    },
}
