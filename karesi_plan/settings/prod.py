"""A municipality's own server, behind TLS. Refuses to start half configured."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from karesi_plan.settings import env
from karesi_plan.settings.base import *  # noqa: F403
from karesi_plan.settings.base import (
    ALLAUTH_TRUSTED_PROXY_COUNT,
    BASE_DIR,
    CONTENT_SECURITY_POLICY,
    LOGGING,
    MFA_KEYS,
)

SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be set, with 50 characters or more.")
if env.flag("DEBUG"):
    raise ImproperlyConfigured("DEBUG may not be on with the production settings.")
DEBUG = False
if not MFA_KEYS:
    raise ImproperlyConfigured("MFA_KEY must be set: it seals the seeds of second factors (docs/sign-in.md).")
MFA_REQUIRED_FOR = env.words("MFA_REQUIRED_FOR", "directorate,administration,inspection")
AUDIT_KEY_FILE = env.text("AUDIT_KEY_FILE")
if not Path(AUDIT_KEY_FILE).is_file():
    raise ImproperlyConfigured("AUDIT_KEY_FILE must name the key that signs the history (docs/audit.md).")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the host that people type.")
PUBLIC_URL = env.text("PUBLIC_URL", f"https://{ALLOWED_HOSTS[0]}/")
if "*" in PUBLIC_URL or "//." in PUBLIC_URL:
    raise ImproperlyConfigured("PUBLIC_URL must be set where ALLOWED_HOSTS begins with a pattern.")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, over http
# Believed only where a proxy of ours stands in front: anybody else could send the header.
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# A browser takes such a name only over https, for this host alone and for all of its paths.
SESSION_COOKIE_NAME = "__Host-sid"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
THEME_COOKIE_NAME = "__Host-theme"
CSRF_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**CONTENT_SECURITY_POLICY["DIRECTIVES"], "upgrade-insecure-requests": True}
}

STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_USER"), env.text("EMAIL_HOST_PASSWORD")
# With either, the server's certificate is checked; one of the house's own authority: SSL_CERT_FILE.
EMAIL_USE_TLS, EMAIL_USE_SSL = env.flag("EMAIL_USE_TLS"), env.flag("EMAIL_USE_SSL")
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other.")
if EMAIL_HOST_PASSWORD and not (EMAIL_USE_TLS or EMAIL_USE_SSL):
    raise ImproperlyConfigured(
        "EMAIL_HOST_PASSWORD needs EMAIL_USE_TLS or EMAIL_USE_SSL: it would go in the clear."
    )
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 20)  # seconds; a server that is silent holds no worker up
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"karesi-plan@{ALLOWED_HOSTS[0].lstrip('.*')}")

# One JSON object a line. Answers and sign-ins are written whatever LOG_LEVEL says.
LOGGING = LOGGING | {
    "formatters": {"line": {"class": "common.logs.JsonLine"}},
    "loggers": LOGGING["loggers"]
    | {
        "karesi": {"level": "INFO"},
        "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
