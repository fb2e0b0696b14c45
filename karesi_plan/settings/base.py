"""What is true everywhere. dev, test and prod say what differs."""

import sys
import tomllib
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from karesi_plan.settings import env
from karesi_plan.settings.sign_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# calendar/ is a folder and no package: with an __init__.py it would replace the library's own
# `calendar` for everything started here. Appended, never inserted, so that it can shadow nothing.
sys.path.append(str(BASE_DIR / "calendar"))

VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# The rooms, from the cellar up. Each may import only from those before it (pyproject.toml).
APPS = [
    "common",
    "common.audit",
    "common.jobs",
    "common.notices",
    "institution",
    "committees",
    "teams",
    "documents.files",
    "timetable",
    "documents.plan",
    "documents.reports",
    "documents.drafts",
    "meetings",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "csp",
    *APPS,
    "simple_history",  # after common.audit, which forbids its commands
    "karesi_plan",
]

MIDDLEWARE = [
    "common.logs.RequestLogMiddleware",
    "common.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.middleware.CharsetMiddleware",
    "common.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "institution.sign_in.middleware.SessionLimitsMiddleware",
    "common.middleware.LanguageMiddleware",
    "common.middleware.SessionExpiredMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "institution.middleware.PeriodMiddleware",
    "common.audit.reading.ReadingMiddleware",
    "institution.sign_in.middleware.FactorMiddleware",
    "institution.middleware.SeatMiddleware",
    "common.middleware.NotAllowedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

PUBLIC_URL = env.text("PUBLIC_URL")  # what links in letters begin with; else the host that was asked
ROOT_URLCONF = "karesi_plan.urls"
WSGI_APPLICATION = "karesi_plan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "karesi_plan.context.page",
            ],
        },
    }
]

FORM_RENDERER = "common.forms.Renderer"

# --- Where things are kept
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Deferred SQLite transactions lose writes under load; IMMEDIATE with WAL loses none.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000"
    ),
}
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
# What signs the history's checkpoints and where they are told, both outside the database (docs/audit.md).
AUDIT_KEY_FILE = env.text("AUDIT_KEY_FILE", str(BASE_DIR / "var" / "audit.key"))
AUDIT_KEY_IS_MADE = False
AUDIT_OLD_KEYS = env.words("AUDIT_OLD_KEYS")
AUDIT_CHECKPOINT_FILE = env.text("AUDIT_CHECKPOINT_FILE", str(BASE_DIR / "var" / "checkpoints.jsonl"))
AUDIT_SINCE = env.number("AUDIT_SINCE", 0)
UPLOAD_MAX_MB = env.number("UPLOAD_MAX_MB", 25)
# Of how many objectives a unit may be responsible before the Planning Team is asked about it.
UNIT_OBJECTIVES_MOST = env.number("UNIT_OBJECTIVES_MOST", 5)
# How much the files of one body may take in all.
ROOM_QUOTA_MB = env.number("ROOM_QUOTA_MB", 2000)
# How long a person waits while an upload is examined; what takes longer is finished behind their back.
UPLOAD_CHECK_SECONDS = 1.5
# Where clamd listens: "host:port" or the path of its socket; empty where there is no scanner.
CLAMAV = env.text("CLAMAV")
# A section holds up to 2 MB of text: room enough that a longer one is refused by its own sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "documents.files.uploads.LimitingUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.files.uploads.SparingUploadHandler",
]
STATIC_URL = "/static/"
# Only what the front-end build wrote is published: no node_modules, no package's own assets.
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no page of another site reads even our style
# Whole static faces for the printer; the page's split ones lose letters in a PDF.
PRINT_FONTS = BASE_DIR / "static" / "build" / "print-fonts"

# --- Forms and cookies; people and sign-in: sign_in.py
CSRF_FAILURE_VIEW = "common.views.form_refused"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
THEME_COOKIE_NAME = "theme"
# In the session: a cookie of their own would hold what was done, and for whom.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- What a browser may do with our pages
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Whatever a browser of today can switch off is off. Passkeys are the one power that sign-in needs.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in [
        "accelerometer",
        "aria-notify",
        "autoplay",
        "browsing-topics",
        "camera",
        "captured-surface-control",
        "clipboard-read",
        "clipboard-write",
        "compute-pressure",
        "cross-origin-isolated",
        "deferred-fetch",
        "deferred-fetch-minimal",
        "digital-credentials-create",
        "digital-credentials-get",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "gamepad",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
        "interest-cohort",
        "keyboard-map",
        "language-detector",
        "language-model",
        "local-fonts",
        "local-network",
        "local-network-access",
        "loopback-network",
        "magnetometer",
        "media-playback-while-not-visible",
        "microphone",
        "midi",
        "on-device-speech-recognition",
        "otp-credentials",
        "payment",
        "picture-in-picture",
        "private-state-token-issuance",
        "private-state-token-redemption",
        "screen-wake-lock",
        "serial",
        "speaker-selection",
        "storage-access",
        "summarizer",
        "sync-xhr",
        "translator",
        "unload",
        "usb",
        "window-management",
        "xr-spatial-tracking",
    ]
} | {"publickey-credentials-create": ["self"], "publickey-credentials-get": ["self"]}

# --- Notices
NOTICE_DUE_SOON_DAYS = env.number("NOTICE_DUE_SOON_DAYS", 3)  # before a report's due date

# --- Language, time, numbers
LANGUAGE_CODE = "tr"
LANGUAGES = [("tr", "Türkçe"), ("en", "English")]
TIME_ZONE = "Europe/Istanbul"
USE_TZ = True
FORMAT_MODULE_PATH = ["karesi_plan.formats"]
CATALOGUES = [
    *(app.rpartition(".")[2] for app in APPS if not app.startswith("common.")),
    "karesi_plan",
]
LOCALE_PATHS = [BASE_DIR / "locale" / name for name in CATALOGUES]

# The installation's own name, for page titles and signatures until its units are loaded.
MUNICIPALITY_NAME = env.text("MUNICIPALITY_NAME", "Karesi Belediyesi")

# --- Background work
REDIS_URL = env.text("REDIS_URL")
# Counts of tries and codes already used: all processes must see the same.
CACHE_URL = env.text("CACHE_URL", REDIS_URL)
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so many that nobody can push a count out
    },
    # Drawn rows of frozen versions, named by all that they show; each process may draw its own.
    "rows": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rows",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
# A message is done when the work is done, so that a killed worker's job comes back.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Time limit < visibility timeout: otherwise a long job is handed out twice.
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 900,
        # Without these two a dead node's work comes back 100 seconds late.
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        # Publishing fails at once when the broker is away: nobody waits, the sweeper publishes later.
        "max_retries": 0,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
    }
    if REDIS_URL
    else {}
)
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_WORKER_MAX_TASKS_PER_CHILD = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "common.logs.TextLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    # A page that is not there is the visitor's error, not ours.
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.request": {"level": "ERROR"}},
}
