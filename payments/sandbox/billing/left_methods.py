"""A payment method that its customer took away pays nothing any more."""

from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.told import told
from payments.sandbox.store import STORE, Json


def method_detached(method: Json) -> None:
    """It is nobody's default from now on."""
    for subscription in STORE.all("subscription"):
        if subscription["default_payment_method"] == method["id"]:
            with (
                in_time_of(subscription),
                told("customer.subscription.updated", subscription),
            ):
                subscription["default_payment_method"] = None
    for customer in STORE.all("customer"):
        settings = customer["invoice_settings"]
        if settings["default_payment_method"] == method["id"]:
            with told("customer.updated", customer):
                settings["default_payment_method"] = None
