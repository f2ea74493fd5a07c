"""/v1/payment_methods and a customer's own. https://docs.stripe.com/api/payment_methods"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import Choice, Hash, Metadata, Text, Whole
from payments.sandbox.api.tables import (
    BILLING_DETAILS,
    EXPAND,
    EXPANDABLE,
    plain_list_table,
)
from payments.sandbox.errors import ApiError, refused
from payments.sandbox.machines.customers import attach_method, detach_method
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.machines.methods import (
    KIND,
    behind,
    billing_details,
    card_of,
    make_method,
    method_from_reference,
)
from payments.sandbox.resources.method_tables import METHOD_DATA_WITH_CARD
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_DISPLAY = Choice("always", "limited", "unspecified")
_CREATE = METHOD_DATA_WITH_CARD.plus(expand=EXPAND)
_UPDATE = Hash(
    {
        "allow_redisplay": _DISPLAY,
        "billing_details": BILLING_DETAILS,
        "card": Hash({"exp_month": Whole(1, 12), "exp_year": Whole()}),
        "expand": EXPAND,
        "metadata": Metadata(),
    }
)


def create(call: Call) -> Json:
    return make_method(call.params)


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"), param="payment_method")


def update(call: Call) -> Json:
    method = found_in_path(KIND, call.arg("id"), param="payment_method")
    params = call.params
    if method["customer"] is None:
        raise refused(
            "You must save this PaymentMethod to a customer before you can update it."
        )
    before = {name: method[name] for name in params if name in method}
    if "allow_redisplay" in params:
        method["allow_redisplay"] = params["allow_redisplay"]
    if "billing_details" in params:
        given = {**method["billing_details"], **params["billing_details"]}
        method["billing_details"] = billing_details(given)
    if "metadata" in params:
        method["metadata"] = merged_metadata(method, params["metadata"])
    if "card" in params and method["type"] == "card":
        method["card"] = {**method["card"], **params["card"]}
    STORE.save(method)
    emit("payment_method.updated", method, before)
    return method


def attach(call: Call) -> Json:
    method = method_from_reference(call.arg("id"))
    customer = found_by_param("customer", call.params["customer"])
    if method["customer"] == customer["id"]:
        return method
    if method["customer"]:
        raise refused(
            "The payment method you provided has already been attached to a customer.",
            code="payment_method_unexpected_state",
        )
    if behind(method).get("used"):
        raise refused(
            "This PaymentMethod was previously used without being attached to a "
            "Customer or was detached from a Customer, and may not be used again.",
            code="payment_method_unexpected_state",
        )
    _check_bank_accepts(method)
    attach_method(method, customer)
    return method


def detach(call: Call) -> Json:
    method = found_in_path(KIND, call.arg("id"), param="payment_method")
    if method["customer"] is None:
        raise refused(
            "The payment method you provided is not attached to a customer so "
            "detachment is impossible."
        )
    detach_method(method)
    return method


def all_methods(call: Call) -> Json:
    found = matching(
        STORE.all(KIND),
        customer=call.params.get("customer"),
        type=call.params.get("type"),
    )
    # Without a customer Stripe lists none but those of its own test account.
    attached = [method for method in found if method["customer"]]
    return page(call, attached, kind=KIND)


def methods_of_customer(call: Call) -> Json:
    customer = found_in_path("customer", call.arg("customer"), param="customer")
    found = matching(
        STORE.all(KIND), customer=customer["id"], type=call.params.get("type")
    )
    return page(call, found, kind=KIND)


def method_of_customer(call: Call) -> Json:
    customer = found_in_path("customer", call.arg("customer"), param="customer")
    method = found_in_path(KIND, call.arg("id"), param="payment_method")
    if method["customer"] != customer["id"]:
        raise ApiError(
            404,
            f"No such PaymentMethod: '{method['id']}'",
            code="resource_missing",
            param="payment_method",
        )
    return method


def _check_bank_accepts(method: Json) -> None:
    """Stripe asks the bank when a card is attached."""
    if method["type"] != "card":
        return
    card = card_of(method)
    if card.decline and not card.attaches:
        raise ApiError(
            402,
            card.decline.message,
            type="card_error",
            code=card.decline.code,
            decline_code=card.decline.decline_code,
        )


_ROOT = "/v1/payment_methods"
_OF_CUSTOMER = "/v1/customers/{customer}/payment_methods"
ENDPOINTS = (
    Endpoint("POST", _ROOT, _CREATE, create, _CREATE.plus(key=Text())),
    Endpoint("GET", _ROOT, plain_list_table(customer=Text(), type=Text()), all_methods),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read),
    Endpoint("POST", f"{_ROOT}/{{id}}", _UPDATE, update),
    Endpoint(
        "POST",
        f"{_ROOT}/{{id}}/attach",
        EXPANDABLE.plus("customer", customer=Text(may_be_empty=False)),
        attach,
    ),
    Endpoint("POST", f"{_ROOT}/{{id}}/detach", EXPANDABLE, detach),
    Endpoint("GET", _OF_CUSTOMER, plain_list_table(type=Text()), methods_of_customer),
    Endpoint("GET", f"{_OF_CUSTOMER}/{{id}}", EXPANDABLE, method_of_customer),
)
