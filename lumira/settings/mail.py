import environ
from django.core.exceptions import ImproperlyConfigured

from .env import IS_PRODUCTION, env_str, required_in_production

_url = required_in_production("EMAIL_URL", "consolemail://")
try:
    _config = environ.Env.email_url_config(_url)
except (KeyError, ValueError, environ.ImproperlyConfigured) as _error:
    raise ImproperlyConfigured(
        "EMAIL_URL: write smtp+tls://user:password@host:587 or consolemail://."
    ) from _error
EMAIL_BACKEND = _config["EMAIL_BACKEND"]
EMAIL_HOST = _config.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _config.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _config.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _config.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _config.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _config.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _config.get("EMAIL_FILE_PATH")
EMAIL_TIMEOUT = 20

_own = None if IS_PRODUCTION else "bonjour@lumira.example"
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", _own)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SUPPORT_EMAIL = env_str("SUPPORT_EMAIL", DEFAULT_FROM_EMAIL)
