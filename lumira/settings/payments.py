from django.core.exceptions import ImproperlyConfigured

from .env import env_list, env_number, env_str, required_in_production

__all__ = [
    "CURRENCY",
    "MAX_AMOUNT_THRESHOLD",
    "FAILURE_RATE_THRESHOLD",
    "SANDBOX_PORT",
    "STRIPE_API_BASE",
    "STRIPE_JS_URL",
    "STRIPE_PUBLISHABLE_KEY",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRETS",
]

SANDBOX_SECRET_KEY = "sk_test_lumirasandbox0000000000"  # noqa: S105 (not a secret)
SANDBOX_PORT = env_number("SANDBOX_PORT", 12111, at_least=0)

STRIPE_SECRET_KEY = required_in_production("STRIPE_SECRET_KEY", SANDBOX_SECRET_KEY)
STRIPE_PUBLISHABLE_KEY = required_in_production(
    "STRIPE_PUBLISHABLE_KEY", "pk_test_lumirasandbox0000000000"
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
USES_SANDBOX = STRIPE_SECRET_KEY == SANDBOX_SECRET_KEY
_sandbox = f"http://localhost:{SANDBOX_PORT}" if USES_SANDBOX else ""
# Empty means Stripe's own address.
STRIPE_API_BASE = env_str("STRIPE_API_BASE", _sandbox).rstrip("/")
# Pinned to the API version that the `stripe` package speaks.
STRIPE_JS_URL = env_str(
    "STRIPE_JS_URL",
    f"{_sandbox}/stripe.js"
    if USES_SANDBOX
    else "https://js.stripe.com/endive/stripe.js",
)

# Several while one is being rotated: any of them verifies. None: the webhook
# answers 503, which only production refuses at the start.
STRIPE_WEBHOOK_SECRETS = env_list("STRIPE_WEBHOOK_SECRET", "") or (
    ["whsec_lumira_sandbox"]
    if USES_SANDBOX
    else env_list(
        "STRIPE_WEBHOOK_SECRET", required_in_production("STRIPE_WEBHOOK_SECRET", "")
    )
)

# What the catalogue's prices are in unless a service says otherwise.
CURRENCY = "eur"

MAX_AMOUNT_THRESHOLD = env_number("MAX_AMOUNT_THRESHOLD", 20_000, at_least=1)
FAILURE_RATE_THRESHOLD = env_number("FAILURE_RATE_THRESHOLD", 0.10, at_least=0.0)
