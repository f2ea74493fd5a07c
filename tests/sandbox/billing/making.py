"""Plain makers for subscriptions, and time that passes for them."""

import calendar
from datetime import UTC, datetime
from typing import Any

from tests.sandbox.making import Api, make_customer
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess

HOUR_S = 3600
DAY_S = 24 * HOUR_S
# A renewal's invoice is final an hour after the period began.
UNTIL_FINAL_S = HOUR_S + 1
FAILS_LATER = "pm_card_chargeCustomerFail"
ASKS_EACH_TIME = "pm_card_authenticationRequired"
TAKES_ALL = {"pending_invoice_items_behavior": "include"}
_POLLS = 500


def moment(text: str) -> int:
    """2026-01-31, or 2026-01-31 10:30, in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def day_of(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d")


def last_day_of(year: int, month: int) -> str:
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"


def make_price(api: Api, amount: int = 9700, **params: Any) -> Any:
    """A monthly price of a product of its own, in euros."""
    recurring = params.pop("recurring", {"interval": "month"})
    product = params.pop("product", None) or make_product(api).id
    return api.prices.create(
        {
            "product": product,
            "unit_amount": amount,
            "currency": "eur",
            **({"recurring": recurring} if recurring else {}),
            **params,
        }
    )


def make_product(api: Api, **params: Any) -> Any:
    return api.products.create({"name": "Accompagnement Intégral", **params})


def make_clock(api: Api, at: str = "2026-01-15") -> Any:
    return api.test_helpers.test_clocks.create({"frozen_time": moment(at)})


def make_payer(api: Api, method: str = "pm_card_visa", **params: Any) -> Any:
    """A customer who pays with this card unless told otherwise."""
    customer = make_customer(api, **params)
    attached = api.payment_methods.attach(method, {"customer": customer.id})
    return api.customers.update(
        customer.id, {"invoice_settings": {"default_payment_method": attached.id}}
    )


def subscribe(api: Api, customer: Any, price: Any = None, /, **params: Any) -> Any:
    """A monthly subscription over 97 €, unless another price is given."""
    price = price or make_price(api)
    wanted = {"customer": customer.id, "items": [{"price": price.id}], **params}
    return api.subscriptions.create(wanted)


def begin_checkout(api: Api, customer: Any, price: Any = None, **params: Any) -> Any:
    """Subscribe as a checkout does: the browser is to pay the first invoice."""
    return subscribe(
        api,
        customer,
        price,
        payment_behavior="default_incomplete",
        payment_settings={"save_default_payment_method": "on_subscription"},
        expand=["latest_invoice.confirmation_secret", "pending_setup_intent"],
        **params,
    )


def make_item(api: Api, customer: Any, amount: int = 2000, **params: Any) -> Any:
    wanted = {"customer": customer.id, "amount": amount, "currency": "eur", **params}
    return api.invoice_items.create(wanted)


def make_draft(api: Api, customer: Any, amount: int = 2000, **params: Any) -> Any:
    """A draft over 20 €."""
    make_item(api, customer, amount)
    return api.invoices.create({"customer": customer.id, **TAKES_ALL, **params})


def period_of(subscription: Any) -> tuple[int, int]:
    item = subscription["items"].data[0]
    return item.current_period_start, item.current_period_end


def intent_of(api: Api, invoice_id: str) -> Any:
    """The intent that pays an invoice, found as Stripe says."""
    [payment] = api.invoice_payments.list({"invoice": invoice_id}).data
    return api.payment_intents.retrieve(payment.payment.payment_intent)


def latest_invoice(api: Api, subscription: Any) -> Any:
    found = api.subscriptions.retrieve(subscription.id, {"expand": ["latest_invoice"]})
    return found.latest_invoice


def invoices_of(api: Api, subscription: Any, **params: Any) -> list[Any]:
    """Oldest first."""
    wanted = {"subscription": subscription.id, "limit": 100, **params}
    return list(reversed(api.invoices.list(wanted).data))


def advance(api: Api, clock: Any, to: int) -> None:
    """Move a test clock to this moment and come back when it is there."""
    clocks = api.test_helpers.test_clocks
    found = clocks.advance(clock.id, {"frozen_time": to})
    for _ in range(_POLLS):
        if found.status == "ready":
            return
        found = clocks.retrieve(clock.id)
    raise TimeoutError(f"The test clock is {found.status}.")


def pass_renewal(api: Api, clock: Any, subscription: Any) -> Any:
    """Let the period end and its successor's invoice become final; return that."""
    _, end = period_of(api.subscriptions.retrieve(subscription.id))
    advance(api, clock, end + UNTIL_FINAL_S)
    return latest_invoice(api, subscription)


def give_card(api: Api, customer: Any, method: str) -> Any:
    """Have the customer pay with another card from now on."""
    attached = api.payment_methods.attach(method, {"customer": customer.id})
    api.customers.update(
        customer.id, {"invoice_settings": {"default_payment_method": attached.id}}
    )
    return attached


def told_so_far(sandbox: SandboxProcess) -> int:
    """How many events there are, once no more are to come."""
    sandbox.wait_until_idle()
    return len(sandbox.events())


def types_since(sandbox: SandboxProcess, start: int) -> list[str]:
    """What was told after the first `start` events, once no more are to come."""
    sandbox.wait_until_idle()
    return [event["type"] for event in sandbox.events()[start:]]


def last_event(sandbox: SandboxProcess, event_type: str) -> Any:
    return sandbox.events(type=event_type)[-1]


def authenticate(raw: RawApi, intent: Any, outcome: str) -> None:
    """The buyer is back in the shop and answers the bank: succeed or fail."""
    form = {
        "payment_intent": intent.id,
        "client_secret": intent.client_secret,
        "outcome": outcome,
    }
    raw.call("POST", "/_/browser/authenticate", form, headers={})
