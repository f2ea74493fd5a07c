"""An invoice's object: all its fields, its sums, and what is remembered beside it.

https://docs.stripe.com/api/invoices/object
"""

from typing import Any

from payments.sandbox import clock
from payments.sandbox.api.lists import list_object
from payments.sandbox.errors import ApiError
from payments.sandbox.ids import new_id
from payments.sandbox.money import check_amount
from payments.sandbox.store import STORE, Json

KIND = "invoice"
_BEHIND = "_behind_invoice"
_ACCOUNT_CURRENCY = "eur"
_SELF = {"type": "self"}


def new_invoice(
    customer: Json,
    currency: str,
    reason: str,
    *,
    subscription: Json | None = None,
    **fields: Any,
) -> Json:
    """A draft without lines, not saved and not told of yet."""
    now = clock.now()
    invoice: Json = {
        "id": new_id("in"),
        "object": KIND,
        "account_country": "FR",
        "account_name": "Sandbox",
        "account_tax_ids": None,
        "amount_due": 0,
        "amount_overpaid": 0,
        "amount_paid": 0,
        "amount_remaining": 0,
        "amount_shipping": 0,
        "application": None,
        "attempt_count": 0,
        "attempted": False,
        "auto_advance": False,
        "automatic_tax": _no_tax(),
        "automatically_finalizes_at": None,
        "billing_reason": reason,
        "collection_method": "charge_automatically",
        "created": now,
        "currency": currency,
        "custom_fields": None,
        "customer": customer["id"],
        "customer_account": None,
        "customer_tax_ids": [],
        "default_payment_method": None,
        "default_source": None,
        "default_tax_rates": [],
        "description": None,
        "discounts": [],
        "due_date": None,
        "effective_at": None,
        "ending_balance": None,
        "footer": None,
        "from_invoice": None,
        "hosted_invoice_url": None,
        "invoice_pdf": None,
        "issuer": dict(_SELF),
        "last_finalization_error": None,
        "latest_revision": None,
        "livemode": False,
        "metadata": {},
        "next_payment_attempt": None,
        "number": None,
        "on_behalf_of": None,
        "parent": None,
        "payment_settings": {
            "default_mandate": None,
            "payment_method_options": None,
            "payment_method_types": None,
        },
        "period_end": now,
        "period_start": now,
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "receipt_number": None,
        "rendering": None,
        "shipping_cost": None,
        "shipping_details": None,
        "starting_balance": 0,
        "statement_descriptor": None,
        "status": "draft",
        "status_transitions": {
            "finalized_at": None,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        "test_clock": customer["test_clock"],
        "total_discount_amounts": [],
        "total_pretax_credit_amounts": [],
        "total_taxes": [],
        "webhooks_delivered_at": None,
        **fields,
    }
    if subscription:
        _take_over(invoice, subscription)
    take_customer(invoice, customer)
    set_lines(invoice, [], customer)
    return invoice


def take_customer(invoice: Json, customer: Json) -> None:
    """Until it is final, an invoice shows the customer as he is now."""
    for name in ("address", "email", "name", "phone", "shipping", "tax_exempt"):
        invoice[f"customer_{name}"] = customer[name]


def set_lines(invoice: Json, lines: list[Json], customer: Json) -> None:
    """Put these lines onto a draft and add everything up."""
    for line in lines:
        line["invoice"] = invoice["id"]
    url = f"/v1/invoices/{invoice['id']}/lines"
    invoice["lines"] = list_object(lines, url=url)
    total = sum(line["amount"] for line in lines)
    due = amount_due(total, customer["balance"], invoice["currency"])
    invoice.update(
        subtotal=total,
        subtotal_excluding_tax=total,
        total=total,
        total_excluding_tax=total,
        starting_balance=customer["balance"],
        amount_due=due,
        amount_remaining=due,
    )


def amount_due(total: int, balance: int, currency: str) -> int:
    """What is to be collected after the customer's balance; too little waits there.

    A negative balance is the customer's credit.
    """
    rest = total + balance
    return rest if rest > 0 and not _is_too_small(rest, currency) else 0


def currency_of(customer: Json) -> str:
    """What a customer is billed in unless told otherwise: at first, the account's."""
    return str(customer["currency"] or _ACCOUNT_CURRENCY)


def bind_currency(customer: Json, currency: str) -> None:
    """The first thing that is billed settles the customer's currency."""
    if customer["currency"] is None:
        customer["currency"] = currency
        STORE.save(customer)


def subscription_id_of(invoice: Json) -> str | None:
    details = (invoice["parent"] or {}).get("subscription_details")
    return details["subscription"] if details else None


def behind(invoice: Json) -> Json:
    """What the sandbox remembers of an invoice: its retries and the like."""
    return STORE.get(_BEHIND, invoice["id"]) or {}


def remember(invoice: Json, **facts: Any) -> None:
    STORE.put(_BEHIND, invoice["id"], {**behind(invoice), **facts})


def _take_over(invoice: Json, subscription: Json) -> None:
    settings = subscription["payment_settings"]
    invoice["parent"] = {
        "quote_details": None,
        "subscription_details": {
            "metadata": dict(subscription["metadata"]),
            "subscription": subscription["id"],
        },
        "type": "subscription_details",
    }
    invoice["payment_settings"]["payment_method_types"] = settings[
        "payment_method_types"
    ]


def _is_too_small(amount: int, currency: str) -> bool:
    try:
        check_amount(amount, currency)
    except ApiError as problem:
        return problem.error.get("code") == "amount_too_small"
    return False


def _no_tax() -> Json:
    return {
        "disabled_reason": None,
        "enabled": False,
        "liability": None,
        "provider": None,
        "status": None,
    }
