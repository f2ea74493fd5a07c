"""Settings of the sandbox's own little Django: no database, no apps of ours."""

import os
from pathlib import Path

if os.environ.get("ENVIRONMENT", "").strip() == "production":
    raise RuntimeError("The Stripe sandbox refuses to run with ENVIRONMENT=production.")

HERE = Path(__file__).resolve().parent

# Signs nothing: the sandbox has no sessions and no cookies.
SECRET_KEY = "sandbox-only"  # noqa: S105
DEBUG = False
# A container or a phone on the same network may call it by another name.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "payments.sandbox.urls"
INSTALLED_APPS: list[str] = []
# Adds Content-Length, without which a connection is not kept open.
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
APPEND_SLASH = False
DATABASES: dict[str, dict[str, str]] = {}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            HERE / "browser" / "templates",
            HERE / "controls" / "templates",
        ],
    }
]
USE_I18N = False
USE_TZ = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A 402 is an answer here, not an incident.
    "loggers": {"django.request": {"level": "ERROR"}},
}
