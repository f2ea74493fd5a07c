"""Early fraud warnings: a bank suspects, nobody has disputed yet.

https://docs.stripe.com/api/radar/early_fraud_warnings
"""

from payments.sandbox import clock
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

KIND = "radar.early_fraud_warning"


def make_fraud_warning(charge: Json) -> Json:
    """Warn of this charge; refunding it would spare a dispute."""
    warning = STORE.save(
        {
            "id": new_id("issfr"),
            "object": KIND,
            "actionable": not (charge["refunded"] or charge["disputed"]),
            "charge": charge["id"],
            "created": clock.now(),
            "fraud_type": "made_with_stolen_card",
            "livemode": False,
            "payment_intent": charge["payment_intent"],
        }
    )
    emit("radar.early_fraud_warning.created", warning)
    return warning
