"""A customer's payment methods: attached, detached."""

from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit


def attach_method(method: Json, customer: Json) -> None:
    """Give the method to the customer."""
    method["customer"] = customer["id"]
    STORE.save(method)
    emit("payment_method.attached", method)


def detach_method(method: Json) -> None:
    """Take it back; it can never be used again."""
    before = method["customer"]
    method["customer"] = None
    STORE.save(method)
    emit("payment_method.detached", method, {"customer": before})
