"""The buyer's permission to debit an account. https://docs.stripe.com/api/mandates"""

from payments.sandbox import clock
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json

KIND = "mandate"


def make_mandate(method: Json) -> Json:
    """A mandate accepted online, for as many debits as one likes."""
    return STORE.save(
        {
            "id": new_id("mandate"),
            "object": KIND,
            "customer_acceptance": {
                "accepted_at": clock.now(),
                "online": {"ip_address": "127.0.0.1", "user_agent": "sandbox"},
                "type": "online",
            },
            "livemode": False,
            "multi_use": {},
            "payment_method": method["id"],
            "payment_method_details": {
                "sepa_debit": {
                    "reference": new_id("MD")[:16].upper(),
                    "url": "https://hooks.stripe.com/adapter/sepa_debit/file/sandbox",
                },
                "type": "sepa_debit",
            },
            "status": "active",
            "type": "multi_use",
        }
    )
