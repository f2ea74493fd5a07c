"""The real settings, with test keys, fast hashing and no network."""

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="lumira-tests-"))

os.environ |= {
    # Playwright keeps an event loop in the thread that also uses the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    "ENVIRONMENT": "test",
    # tests/engines starts servers and sets it.
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{FOLDER}/db",
    "MONGODB_URI": "",
    "REDIS_URL": "",
    "STRIPE_WEBHOOK_SECRET": "whsec_tests",
    "MEDIA_URL_STORAGE": f"file://{FOLDER}/private",
    "QUEUE_FILE": str(FOLDER / "queue"),
    "METRICS_FOLDER": str(FOLDER / "metrics"),
    "SITE_URL": "http://testserver",
}

from lumira.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, not memory: threads of a live server and of races need real locking.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test-db")}  # noqa: F405
elif IS_MONGODB:  # noqa: F405
    # Nothing has to survive a power cut here, and no test waits for the disk.
    DATABASES["default"]["OPTIONS"]["journal"] = False  # noqa: F405
# Tests change things at Stripe and look at once; one of them is about the cache.
INTENT_CACHE_S = 0
MEASURES_CACHE_S = 0
KEPT_VERSION_S = 0
# Django's live server would serve the working folder at the empty default.
MEDIA_URL = "/no-media/"
