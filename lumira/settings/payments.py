from django.core.exceptions import ImproperlyConfigured

from .env import (
    IS_PRODUCTION,
    env_list,
    env_number,
    env_url,
    required_in_production,
)

__all__ = [
    "INTENT_CACHE_S",
    "SANDBOX_PORT",
    "STRIPE_API_BASE",
    "STRIPE_JS_URL",
    "STRIPE_PUBLISHABLE_KEY",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRETS",
]

# What the sandbox is called with: known to everybody, so no secrets.
SANDBOX_KEY = "lumirasandbox0000000000"
SANDBOX_WEBHOOK_SECRET = "whsec_lumira_sandbox"  # noqa: S105
SANDBOX_PORT = env_number("SANDBOX_PORT", 12111, at_least=0, at_most=65_535)

STRIPE_SECRET_KEY = required_in_production(
    "STRIPE_SECRET_KEY", f"sk_test_{SANDBOX_KEY}"
)
STRIPE_PUBLISHABLE_KEY = required_in_production(
    "STRIPE_PUBLISHABLE_KEY", f"pk_test_{SANDBOX_KEY}"
)


def _mode(name: str, key: str, kinds: tuple[str, ...]) -> str:
    kind, _, rest = key.partition("_")
    mode = rest.partition("_")[0]
    if kind not in kinds or mode not in ("live", "test"):
        wanted = " or ".join(f"{kind}_test_…/{kind}_live_…" for kind in kinds)
        raise ImproperlyConfigured(f"{name} must be {wanted}.")
    return mode


if _mode("STRIPE_SECRET_KEY", STRIPE_SECRET_KEY, ("sk", "rk")) != _mode(
    "STRIPE_PUBLISHABLE_KEY", STRIPE_PUBLISHABLE_KEY, ("pk",)
):
    raise ImproperlyConfigured(
        "STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are of different modes: "
        "one is a test key, the other a live key."
    )

# With the sandbox's own keys only the sandbox answers; real keys mean Stripe.
USES_SANDBOX = STRIPE_SECRET_KEY.endswith(SANDBOX_KEY)
if USES_SANDBOX and IS_PRODUCTION:
    raise ImproperlyConfigured(
        "STRIPE_SECRET_KEY is the sandbox's, which everybody knows: not in production."
    )
_sandbox = f"http://localhost:{SANDBOX_PORT}" if USES_SANDBOX else ""
# Empty means Stripe's own address.
STRIPE_API_BASE = env_url("STRIPE_API_BASE", _sandbox, schemes=("https", "http"))
# Pinned to the API version that the `stripe` package speaks.
STRIPE_JS_URL = env_url(
    "STRIPE_JS_URL",
    f"{_sandbox}/stripe.js" if _sandbox else "https://js.stripe.com/endive/stripe.js",
    schemes=("https", "http"),
)

# Several while one is being rotated: any of them verifies. With none, which only
# production refuses at the start, the webhook answers 503.
STRIPE_WEBHOOK_SECRETS = env_list(
    "STRIPE_WEBHOOK_SECRET",
    required_in_production(
        "STRIPE_WEBHOOK_SECRET", SANDBOX_WEBHOOK_SECRET if USES_SANDBOX else ""
    ),
)
if not all(secret.startswith("whsec_") for secret in STRIPE_WEBHOOK_SECRETS):
    raise ImproperlyConfigured(
        "STRIPE_WEBHOOK_SECRET: each secret starts with whsec_; separate several by "
        "commas."
    )

# How long a payment page that is reloaded is given the same intent without asking
# Stripe again. Seconds: what happens to an intent meanwhile is not seen.
INTENT_CACHE_S = 5
