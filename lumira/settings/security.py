import base64
import hashlib
import secrets
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from .env import (
    BASE_DIR,
    ENVIRONMENT,
    IS_PRODUCTION,
    env_choice,
    env_list,
    env_number,
    env_url,
    required_in_production,
)

PORT = env_number("PORT", 3001, at_least=1, at_most=65_535)
SITE_URL = env_url(
    "SITE_URL",
    required_in_production("SITE_URL", f"http://localhost:{PORT}"),
    schemes=("https", "http"),
)
_site = urlsplit(SITE_URL)
if IS_PRODUCTION and _site.scheme != "https":
    raise ImproperlyConfigured("SITE_URL must start with https:// in production.")

ALLOWED_HOSTS = env_list(
    "ALLOWED_HOSTS", None if IS_PRODUCTION else "localhost,127.0.0.1,[::1]"
)
if IS_PRODUCTION and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS=* believes any address a request names; name the shop's own."
    )
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]


def _generated_secret() -> str:
    """A secret of this checkout, kept beside it so that sessions survive a restart."""
    file = BASE_DIR / ".cache" / "secret_key"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(secrets.token_urlsafe(50))
        file.chmod(0o600)
    return file.read_text()


def _development_key() -> str:
    digest = hashlib.sha256(b"lumira development: no secret is kept with this key")
    return base64.urlsafe_b64encode(digest.digest()).decode()


SECRET_KEY = required_in_production(
    "SECRET_KEY", "tests" if ENVIRONMENT == "test" else _generated_secret()
)
if IS_PRODUCTION and (len(SECRET_KEY) < 40 or len(set(SECRET_KEY)) < 10):
    raise ImproperlyConfigured(
        "SECRET_KEY can be guessed; make one with "
        '`python -c "import secrets; print(secrets.token_urlsafe(50))"`.'
    )

# The first key encrypts, all of them decrypt: lumira/kit/encryption/keys.py.
ENCRYPTION_KEYS = env_list(
    "ENCRYPTION_KEY", None if IS_PRODUCTION else _development_key()
)
for _key in ENCRYPTION_KEYS:
    try:
        Fernet(_key)
    except ValueError as _error:
        raise ImproperlyConfigured(
            "ENCRYPTION_KEY: each key is 32 bytes in url-safe base64; make one with "
            '`python -c "from cryptography.fernet import Fernet; '
            'print(Fernet.generate_key().decode())"`.'
        ) from _error

# How many proxies of ours stand in front: theirs is the X-Forwarded-Proto.
TRUSTED_PROXY_COUNT = env_number("TRUSTED_PROXY_COUNT", 0, at_least=0, at_most=10)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The second factor of the staff. Where it is not required a person may still set one
# up, and is then asked for it.
STAFF_TWO_FACTOR_REQUIRED = (
    env_choice(
        "STAFF_TWO_FACTOR",
        "required" if IS_PRODUCTION else "optional",
        ("required", "optional"),
    )
    == "required"
)
# Only the staff has sessions: one working day, then everything is asked again.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
# A browser takes such a name only over https, for this host and from this host: no
# neighbour below the same domain can plant one.
COOKIE_PREFIX = "__Host-" if IS_PRODUCTION else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"

# A year of https only. What else lives below the same domain we cannot know.
_hsts = env_choice("HSTS", "host", ("host", "subdomains", "preload"))
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _hsts != "host"
SECURE_HSTS_PRELOAD = _hsts == "preload"
# Only a proxy can tell http from https: without one that is believed, it redirects.
SECURE_SSL_REDIRECT = IS_PRODUCTION and TRUSTED_PROXY_COUNT > 0
# Asked from inside, where there is no TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    # MongoDB has no index on the code of a number, and reads that of the numbers:
    # orders/order_code.py.
    "models.W043",
    "security.W005",  # HSTS for subdomains, and
    "security.W021",  # on the browsers' own list, are decided by HSTS
    "security.W008",  # no redirect to https without a proxy: lumira.W001 says it
]

# Three pictures of 10 MB are streamed to disk and not counted here; this bounds
# every other body, the webhook's included (Stripe's stay far below 1 MB).
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
