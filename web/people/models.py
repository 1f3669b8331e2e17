"""An account: a person with the roles it may act in."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac


class User(AbstractBaseUser):
    """A person who signs in. `roles` holds keys of `web.page.ROLES`, one blank between two.

    `must_change`: the password was given by somebody else. `epoch` counts up to end every session at once.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    roles = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    epoch = models.IntegerField(default=0)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"

    @property
    def role_list(self) -> list[str]:
        """The roles, in the order they were given."""
        return str(self.roles).split()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is good for: another password, other roles or a new epoch end it."""
        value = f"{self.password}\n{self.roles}\n{self.epoch}"
        return salted_hmac("web.people.User", value, secret=secret, algorithm="sha256").hexdigest()
