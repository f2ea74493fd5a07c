from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import external_link

DASHBOARD = "https://dashboard.stripe.com"


def dashboard_link(object_id: str | None, *, livemode: bool) -> SafeString | str:
    """A PaymentIntent or Charge in Stripe's dashboard; a dash while it has no id."""
    if not object_id:
        return "-"
    mode = "" if livemode else "/test"
    return external_link(f"{DASHBOARD}{mode}/payments/{object_id}", object_id)
