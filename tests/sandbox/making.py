"""Plain makers of what most tests need."""

from typing import Any

# The SDK's `client.v1`. Its real type says of most fields that they may be None, which
# every line of every test would have to rule out.
Api = Any


def make_intent(api: Api, **params: Any) -> Any:
    """An intent over 79 € that any card may pay."""
    return api.payment_intents.create(
        {
            "amount": 7900,
            "currency": "eur",
            "automatic_payment_methods": {"enabled": True},
            **params,
        }
    )


def make_paid_intent(api: Api, method: str = "pm_card_visa", **params: Any) -> Any:
    """An intent that was paid at once."""
    return make_intent(api, confirm=True, payment_method=method, **params)


def make_customer(api: Api, **params: Any) -> Any:
    return api.customers.create({"email": "alice@example.org", **params})


def error_of(refusal: Any) -> Any:
    """The error object in what `pytest.raises` caught."""
    return refusal.value.error
