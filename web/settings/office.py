"""A whole office, behind a reverse proxy that ends TLS under one name."""

import os

from web.settings.base import *  # noqa: F403 - a profile is the base and what differs

NAME = os.environ.get("PINGJIANG_BEHIND_HTTPS", "localhost")
ALLOWED_HOSTS = [NAME]
CSRF_TRUSTED_ORIGINS = [f"https://{NAME}"]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
