"""/v1/customers. https://docs.stripe.com/api/customers"""

from payments.sandbox import clock
from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import Choice, Hash, ListOf, Metadata, Text, Whole
from payments.sandbox.api.tables import (
    ADDRESS,
    CUSTOMER_SHIPPING,
    EXPAND,
    EXPANDABLE,
    list_table,
)
from payments.sandbox.ids import random_text
from payments.sandbox.machines.customers import attach_method, detach_method
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.machines.methods import full_address, method_from_reference
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

KIND = "customer"
_TEXTS = ("description", "email", "name", "phone")
_UPDATE = Hash(
    {
        **{name: Text() for name in _TEXTS},
        "address": ADDRESS,
        "balance": Whole(),
        "expand": EXPAND,
        "invoice_settings": Hash({"default_payment_method": Text()}),
        "metadata": Metadata(),
        "preferred_locales": ListOf(Text()),
        "shipping": CUSTOMER_SHIPPING,
        "tax_exempt": Choice("", "exempt", "none", "reverse"),
    }
)
_CREATE = _UPDATE.plus(payment_method=Text(), test_clock=Text())


def create(call: Call) -> Json:
    params = call.params
    customer: Json = {
        "id": f"cus_{random_text(14)}",
        "object": KIND,
        "address": None,
        "balance": 0,
        "created": clock.now(),
        "currency": None,
        "customer_account": None,
        "default_source": None,
        "delinquent": False,
        "description": None,
        "discount": None,
        "email": None,
        "invoice_prefix": random_text(8).upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": {},
        "name": None,
        "next_invoice_sequence": 1,
        "phone": None,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }
    if params.get("test_clock"):
        clock_id = params["test_clock"]
        found = found_by_param("test_helpers.test_clock", clock_id, param="test_clock")
        customer.update(test_clock=found["id"], created=found["frozen_time"])
    _describe(customer, params)
    STORE.save(customer)
    if params.get("payment_method"):
        attach_method(method_from_reference(params["payment_method"]), customer)
    emit("customer.created", customer)
    return customer


def read(call: Call) -> Json:
    gone = STORE.get("_deleted_customer", call.arg("id"))
    return gone or found_in_path(KIND, call.arg("id"))


def update(call: Call) -> Json:
    customer, params = found_in_path(KIND, call.arg("id")), call.params
    before = {name: customer[name] for name in params if name in customer}
    _describe(customer, params)
    STORE.save(customer)
    emit("customer.updated", customer, before)
    return customer


def delete(call: Call) -> Json:
    customer = found_in_path(KIND, call.arg("id"))
    for method in matching(STORE.all("payment_method"), customer=customer["id"]):
        detach_method(method)
    gone: Json = {"id": customer["id"], "object": KIND, "deleted": True}
    STORE.delete(KIND, customer["id"])
    STORE.put("_deleted_customer", customer["id"], gone)
    emit("customer.deleted", customer)
    return gone


def all_customers(call: Call) -> Json:
    found = matching(
        STORE.all(KIND),
        email=call.params.get("email"),
        test_clock=call.params.get("test_clock"),
    )
    return page(call, found, kind=KIND)


def _describe(customer: Json, params: Json) -> None:
    for name in (*_TEXTS, "shipping"):
        if name in params:
            customer[name] = params[name] or None
    for name in ("balance", "preferred_locales"):
        if name in params:
            customer[name] = params[name]
    if "address" in params:
        address = params["address"]
        customer["address"] = full_address(address) if address else None
    if "tax_exempt" in params:
        customer["tax_exempt"] = params["tax_exempt"] or "none"
    if "metadata" in params:
        customer["metadata"] = merged_metadata(customer, params["metadata"])
    if "invoice_settings" in params:
        _choose_default_method(customer, params["invoice_settings"])


def _choose_default_method(customer: Json, settings: Json) -> None:
    if "default_payment_method" not in settings:
        return
    reference = settings["default_payment_method"]
    chosen = None
    if reference:
        method = method_from_reference(reference, param="invoice_settings")
        if method["customer"] is None and reference != method["id"]:
            attach_method(method, customer)
        chosen = method["id"]
    customer["invoice_settings"]["default_payment_method"] = chosen


ENDPOINTS = (
    Endpoint("POST", "/v1/customers", _CREATE, create),
    Endpoint(
        "GET",
        "/v1/customers",
        list_table(email=Text(), test_clock=Text()),
        all_customers,
    ),
    Endpoint("GET", "/v1/customers/{id}", EXPANDABLE, read),
    Endpoint("POST", "/v1/customers/{id}", _UPDATE, update),
    Endpoint("DELETE", "/v1/customers/{id}", Hash({}), delete),
)
