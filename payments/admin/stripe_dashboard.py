"""Where a person sees one of Stripe's objects: in its dashboard, or in the sandbox."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import external_link

DASHBOARD = "https://dashboard.stripe.com"
# The dashboard's folder for each kind of id; any other is found by its search.
FOLDERS = {
    "pi": "payments",
    "ch": "payments",
    "py": "payments",
    "re": "refunds",
    "dp": "disputes",
    "du": "disputes",
    "evt": "events",
    "cus": "customers",
    "sub": "subscriptions",
    "in": "invoices",
}


def dashboard_url(object_id: str, *, livemode: bool) -> str:
    """The page of any object, by its id.

    The shop that talks to the sandbox instead of Stripe is led to the sandbox's panel.
    """
    kind = object_id.partition("_")[0]
    base = settings.STRIPE_API_BASE
    if base and not _is_stripes(base):
        section = "activity" if kind == "evt" else "objects/any"
        return f"{base.rstrip('/')}/_/#/{section}/{object_id}"
    mode = "" if livemode else "/test"
    if kind in FOLDERS:
        return f"{DASHBOARD}{mode}/{FOLDERS[kind]}/{object_id}"
    return f"{DASHBOARD}{mode}/search?{urlencode({'query': object_id})}"


def dashboard_link(object_id: str | None, *, livemode: bool) -> SafeString | str:
    """A link that says the id; a dash while there is none."""
    if not object_id:
        return "-"
    return external_link(dashboard_url(object_id, livemode=livemode), object_id)


def _is_stripes(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host == "stripe.com" or host.endswith(".stripe.com")
