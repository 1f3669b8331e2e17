"""What both profiles share. `pingjiang serve` says through the environment where the house's data lies."""

import os
from pathlib import Path
from typing import Any

WEB = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("PINGJIANG_DATA", "desk-data")).absolute()
KEY = DATA / "key"
"""The secret that signs sessions; `web.start` makes it."""
ATTACHMENTS = DATA / "attachments"
SAMPLES = os.environ.get("PINGJIANG_SAMPLES", "") == "1"
"""Whether this is a house of invented rounds and people: every page says so."""
WORKERS = os.environ.get("PINGJIANG_WORKERS", "")
"""`inline`: questions are answered in this process (tests, the child for long work); else the number of workers."""

SECRET_KEY = KEY.read_text("ascii") if KEY.exists() else ""
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "web.urls"
WSGI_APPLICATION = "web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_tasks_db",
    "axes",
    "csp",
    "web.ledger",
    "web.people",
    "web.work",
    "web.rounds",
    "web.papers",
    "web.archive",
    "web.panels",
    "web.awards",
    "web.bench",
    "web.counter",
    "web.board",
]
MIDDLEWARE = [
    "web.board.watching.ahead",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "web.page.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "web.page.middleware.person",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "web.work.lateness.Lateness",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "web.page.rendering.environment"},
    }
]


def database(url: str) -> dict[str, Any]:
    """The database behind an address: SQLite in the data folder where there is none, else PostgreSQL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "desk.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    from psycopg.conninfo import conninfo_to_dict

    known = conninfo_to_dict(url)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: str(known.pop(key, "") or "") for key, name in names.items()},
        "OPTIONS": known,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(os.environ.get("PINGJIANG_DATABASE", ""))}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "signin"
LOGIN_REDIRECT_URL = "rounds"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "web.people.signing.locked"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 30 * 60
"""Seconds without an act after which one signs in again; `web.page.middleware.person` keeps a session awake."""
SESSION_COOKIE_NAME = "pingjiang"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "web.page.errors.csrf"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

STATIC_URL = "static/"
STATIC_ROOT = WEB / "static"
WHITENOISE_MAX_AGE = 86_400

TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = False
LANGUAGE_CODE = "zh-hans"

UPLOAD_LIMIT = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
FILE_UPLOAD_PERMISSIONS = 0o600

_BACKENDS = {False: "django_tasks_db.DatabaseBackend", True: "django_tasks.backends.immediate.ImmediateBackend"}
TASKS = {"default": {"BACKEND": _BACKENDS[WORKERS == "inline"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
}
