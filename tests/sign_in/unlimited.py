"""Settings of processes that a test floods with sign-ins: without limits, with a quick hash."""

from karesi_plan.settings.dev import *  # noqa: F403

ACCOUNT_RATE_LIMITS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
