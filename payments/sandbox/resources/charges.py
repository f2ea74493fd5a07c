"""/v1/charges: reading and describing. https://docs.stripe.com/api/charges

Making charges directly is the old way, which this API version's shop does not use.
"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import list_object, matching, page
from payments.sandbox.api.params import Choice, Hash, Metadata, Text
from payments.sandbox.api.tables import EXPAND, EXPANDABLE, SHIPPING, list_table
from payments.sandbox.machines.charging import KIND, book_later
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.store import STORE, Json
from payments.sandbox.timers import Action
from payments.sandbox.webhooks.events import emit

_UPDATE = Hash(
    {
        "customer": Text(),
        "description": Text(),
        "expand": EXPAND,
        "fraud_details": Hash({"user_report": Choice("", "fraudulent", "safe")}),
        "metadata": Metadata(),
        "receipt_email": Text(),
        "shipping": SHIPPING,
        "transfer_group": Text(),
    }
)


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"))


def update(call: Call) -> Json:
    charge, params = found_in_path(KIND, call.arg("id")), call.params
    before = {name: charge[name] for name in params if name in charge}
    for name in ("description", "receipt_email", "shipping", "transfer_group"):
        if name in params:
            charge[name] = params[name] or None
    if "customer" in params:
        charge["customer"] = found_by_param("customer", params["customer"])["id"]
    if "metadata" in params:
        charge["metadata"] = merged_metadata(charge, params["metadata"])
    if "fraud_details" in params:
        report = params["fraud_details"].get("user_report")
        charge["fraud_details"] = {"user_report": report} if report else {}
    STORE.save(charge)
    emit("charge.updated", charge, before)
    return charge


def all_charges(call: Call) -> Json:
    found = matching(
        STORE.all(KIND),
        customer=call.params.get("customer"),
        payment_intent=call.params.get("payment_intent"),
        transfer_group=call.params.get("transfer_group"),
    )
    return page(call, found, kind=KIND)


def refunds_of(charge: Json) -> Json:
    """What `expand[]=refunds` shows: newest first, ten at most."""
    rows = matching(STORE.all("refund"), charge=charge["id"])[::-1]
    url = f"/v1/charges/{charge['id']}/refunds"
    return list_object(rows[:10], url=url, has_more=len(rows) > 10)


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/charges",
        list_table(customer=Text(), payment_intent=Text(), transfer_group=Text()),
        all_charges,
    ),
    Endpoint("GET", "/v1/charges/{id}", EXPANDABLE, read),
    Endpoint("POST", "/v1/charges/{id}", _UPDATE, update),
)
TIMERS: dict[str, Action] = {"charge.book": book_later}
INCLUDED = {(KIND, "refunds"): refunds_of}
