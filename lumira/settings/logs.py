"""How what happens is written down. What a line is about: kit/log_context.py."""

from lumira.kit.log_lines import FORMATS, formatter

from .env import ENVIRONMENT, IS_PRODUCTION, env_choice

__all__ = ["LOGGING", "LOG_FORMAT"]

LEVEL = env_choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOG_FORMAT = env_choice("LOG_FORMAT", "json" if IS_PRODUCTION else "console", FORMATS)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": formatter,
            "style": LOG_FORMAT,
            "quotes_errors": ENVIRONMENT == "development",
        }
    },
    "handlers": {
        "console": {
            "class": "lumira.kit.log_held.HoldingHandler",
            "formatter": "line",
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": LEVEL},
    "loggers": {
        # The SDK logs request and response bodies below WARNING.
        "stripe": {"level": "WARNING"},
        # The driver logs what it writes and reads.
        "pymongo": {"level": "WARNING"},
        # Its command gives the logger a format of its own, unless it has a handler.
        "huey": {"handlers": ["nowhere"], "level": "WARNING"},
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # A warning for each HEAD: Django leaves it to the server to drop the body.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        # Strangers who call the server by another name: each one a traceback.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # At DEBUG they quote rows, and all that a template was given.
        "django.db.backends": {"level": "INFO"},
        "django.template": {"level": "INFO"},
    },
}
