"""One machine, 127.0.0.1, plain http: browsers keep Secure cookies for the machine itself."""

from web.settings.base import *  # noqa: F403 - a profile is the base and what differs

SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # no HSTS: the machine itself speaks no TLS
    "security.W008",  # no redirect to TLS: as above
]
