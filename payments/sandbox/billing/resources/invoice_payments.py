"""/v1/invoice_payments. https://docs.stripe.com/api/invoice-payment"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import Choice, Hash, Text
from payments.sandbox.api.tables import EXPANDABLE, list_table
from payments.sandbox.billing.invoice_payments import KIND
from payments.sandbox.machines.lookup import found_in_path
from payments.sandbox.store import STORE, Json

_PAYMENT = Hash(
    {"payment_intent": Text(), "type": Choice("payment_intent")}, required=("type",)
)


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"))


def all_payments(call: Call) -> Json:
    params = call.params
    intent = params.get("payment", {}).get("payment_intent")
    found = [
        payment
        for payment in matching(
            STORE.all(KIND), invoice=params.get("invoice"), status=params.get("status")
        )
        if intent in (None, payment["payment"]["payment_intent"])
    ]
    return page(call, found, kind=KIND)


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/invoice_payments",
        list_table(
            invoice=Text(), payment=_PAYMENT, status=Choice("canceled", "open", "paid")
        ),
        all_payments,
    ),
    Endpoint("GET", "/v1/invoice_payments/{id}", EXPANDABLE, read),
)
