"""`make run`, `make dev` and manage.py: one machine, http, nothing to prepare."""

from pathlib import Path

from karesi_plan.settings import env

env.load_or_make(Path(__file__).resolve().parent.parent.parent / ".env")

# Only now: base reads the environment when it is imported.
from karesi_plan.settings.base import *  # noqa: E402, F403

SECRET_KEY = env.text("SECRET_KEY")
DEBUG = env.flag("DEBUG")
AUDIT_KEY_IS_MADE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
# Served straight from the front-end build: no collectstatic between an edit and a look.
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
