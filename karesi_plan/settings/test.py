"""pytest: a database and a media folder of each run's own, so that runs do not meet."""

import os
import tempfile
from pathlib import Path

from karesi_plan.settings.base import *  # noqa: F403
from karesi_plan.settings.base import BASE_DIR, CACHES, DATABASES

SECRET_KEY = "only-for-tests"
MFA_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDA="]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
RUN_DIR = Path(tempfile.gettempdir()) / f"karesi-plan-test-{os.getpid()}"
RUN_DIR.mkdir(exist_ok=True)
MEDIA_ROOT = RUN_DIR / "media"
UPLOAD_CHECK_SECONDS = 20  # a machine that runs tests is busy; tests/files/test_hostile.py takes the real one
AUDIT_KEY_FILE, AUDIT_KEY_IS_MADE = str(RUN_DIR / "audit.key"), True
AUDIT_CHECKPOINT_FILE = str(RUN_DIR / "checkpoints.jsonl")
# A file, not memory: tests with threads and with processes must meet a real database.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": RUN_DIR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}  # half the time of a run
# Every test numbers its rows from one: what another drew must not be met again.
CACHES["rows"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
(BASE_DIR / "static" / "build").mkdir(parents=True, exist_ok=True)
