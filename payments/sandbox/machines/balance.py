"""Movements of the account's balance. https://docs.stripe.com/api/balance_transactions"""

from payments.sandbox import clock
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json

KIND = "balance_transaction"
_TWO_DAYS_S = 2 * 24 * 3600


def move_balance(
    source: Json, *, amount: int, type: str, category: str, fee: int = 0
) -> Json:
    """Record one movement; `amount` and `fee` are minor units, negative takes out."""
    currency = source["currency"]
    fees = [
        {
            "amount": fee,
            "application": None,
            "currency": currency,
            "description": "Stripe processing fees",
            "type": "stripe_fee",
        }
    ]
    return STORE.save(
        {
            "id": new_id("txn"),
            "object": KIND,
            "amount": amount,
            "available_on": clock.now() + _TWO_DAYS_S,
            "balance_type": "payments",
            "created": clock.now(),
            "currency": currency,
            "description": source.get("description"),
            "exchange_rate": None,
            "fee": fee,
            "fee_details": fees if fee else [],
            "net": amount - fee,
            "reporting_category": category,
            "source": source["id"],
            "status": "pending",
            "type": type,
        }
    )
