"""/v1/payment_intents. https://docs.stripe.com/api/payment_intents"""

import secrets

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.tables import EXPANDABLE
from payments.sandbox.errors import refused
from payments.sandbox.machines import intent_ends, intents
from payments.sandbox.machines.confirmation import Confirmation
from payments.sandbox.machines.intent_checks import (
    CONFIRMABLE,
    check_confirmable,
    check_method,
    check_not_invoiced,
    check_return_url,
)
from payments.sandbox.machines.intent_object import (
    KIND,
    check_method_types,
    choose_method_types,
    new_intent,
    public_face,
)
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.machines.methods import make_method, method_from_reference
from payments.sandbox.money import check_amount, check_currency
from payments.sandbox.resources import payment_intent_tables as tables
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

# Copied as they come; "" unsets.
_PLAIN = (
    "description",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
)
_FIXED_LATER = ("amount", "currency", "setup_future_usage", "capture_method")


def create(call: Call) -> Json:
    params = call.params
    currency = check_currency(params["currency"])
    amount = check_amount(params["amount"], currency)
    check_method_types(params.get("allowed_payment_method_types", []))
    intent = new_intent(amount, currency)
    intent["confirmation_method"] = params.get("confirmation_method", "automatic")
    automatic = params.get("automatic_payment_methods")
    if automatic:
        intent["automatic_payment_methods"] = {
            "allow_redirects": automatic.get("allow_redirects", "always"),
            "enabled": automatic["enabled"],
        }
    _describe(intent, params)
    choose_method_types(intent)
    method = _given_method(params)
    if method:
        intent.update(payment_method=method["id"], status="requires_confirmation")
    if params.get("confirm"):
        said = _said(call)
        payer = _checked(intent, method, said)
        _announce(intent)
        intents.confirm(intent, payer, said)
    else:
        _announce(intent)
    return intent


def read(call: Call) -> Json:
    intent = _intent(call)
    if call.by_browser:
        return public_face(intent)
    return intent


def update(call: Call) -> Json:
    intent, params = _intent(call), call.params
    if {"amount", "capture_method", "currency", "customer"} & set(params):
        check_not_invoiced(intent, "edited")
    for name in _FIXED_LATER:
        if name in params and intent["status"] not in CONFIRMABLE:
            raise refused(
                f"This PaymentIntent's {name} could not be updated because it has a "
                f"status of {intent['status']}. You may only update the {name} of a "
                "PaymentIntent with one of the following statuses: "
                f"{', '.join(CONFIRMABLE)}.",
                code="payment_intent_unexpected_state",
                payment_intent=intent,
            )
    check_method_types(params.get("allowed_payment_method_types", []))
    wanted = {"amount": intent["amount"], "currency": intent["currency"], **params}
    currency = check_currency(wanted["currency"])
    amount = check_amount(wanted["amount"], currency)
    intent.update(amount=amount, currency=currency)
    _describe(intent, params)
    method = _given_method(params)
    if method:
        check_confirmable(intent)
        intent.update(
            payment_method=method["id"],
            status="requires_confirmation",
            next_action=None,
        )
    if intent["status"] in CONFIRMABLE:
        choose_method_types(intent)
    return STORE.save(intent)


def confirm(call: Call) -> Json:
    intent, params = _intent(call), call.params
    check_confirmable(intent)
    _describe(intent, params)
    method = _given_method(params)
    if method is None and intent["payment_method"]:
        method = STORE.get("payment_method", intent["payment_method"])
    said = _said(call)
    intents.confirm(intent, _checked(intent, method, said), said)
    return public_face(intent) if call.by_browser else intent


def cancel(call: Call) -> Json:
    intent = _intent(call)
    check_not_invoiced(intent, "canceled")
    intent_ends.cancel(intent, call.params.get("cancellation_reason"))
    return intent


def capture(call: Call) -> Json:
    intent = _intent(call)
    if "metadata" in call.params:
        intent["metadata"] = merged_metadata(intent, call.params["metadata"])
    intent_ends.capture(intent, call.params.get("amount_to_capture"))
    return intent


def all_intents(call: Call) -> Json:
    found = matching(STORE.all(KIND), customer=call.params.get("customer"))
    return page(call, found, kind=KIND)


def _intent(call: Call) -> Json:
    intent = found_in_path(KIND, call.arg("id"), param="intent")
    if call.by_browser:
        given = str(call.params.get("client_secret", ""))
        if not secrets.compare_digest(given, str(intent["client_secret"])):
            raise refused(
                "The client_secret provided does not match the client_secret "
                "associated with this PaymentIntent.",
                code="payment_intent_invalid_parameter",
                param="client_secret",
            )
    return intent


def _announce(intent: Json) -> None:
    STORE.save(intent)
    emit("payment_intent.created", intent)


def _said(call: Call) -> Confirmation:
    params = call.params
    return Confirmation(
        by_browser=call.by_browser,
        origin=call.origin,
        return_url=params.get("return_url"),
        use_stripe_sdk=call.by_browser or params.get("use_stripe_sdk", False),
        off_session=params.get("off_session", False),
        error_on_requires_action=params.get("error_on_requires_action", False),
    )


def _checked(intent: Json, method: Json | None, said: Confirmation) -> Json:
    """The payment method, if everything is there to confirm with it."""
    check_return_url(intent, said)
    if method is None:
        raise refused(
            "You cannot confirm this PaymentIntent because it's missing a payment "
            "method. You can either update the PaymentIntent with a payment method and "
            "then confirm it again, or confirm it again directly with a payment method "
            "or ConfirmationToken.",
            code="payment_intent_unexpected_state",
            payment_intent=public_face(intent) if said.by_browser else intent,
        )
    check_method(intent, method)
    return method


def _given_method(params: Json) -> Json | None:
    if params.get("payment_method_data"):
        return make_method(params["payment_method_data"], name="payment_method_data")
    if params.get("payment_method"):
        return method_from_reference(params["payment_method"])
    return None


def _describe(intent: Json, params: Json) -> None:
    for name in _PLAIN:
        if name in params:
            intent[name] = params[name] or None
    for name in ("allowed_payment_method_types", "excluded_payment_method_types"):
        if name in params:
            intent[name] = params[name] or None
    if "capture_method" in params:
        intent["capture_method"] = params["capture_method"]
    if params.get("customer"):
        intent["customer"] = found_by_param("customer", params["customer"])["id"]
    if "metadata" in params:
        intent["metadata"] = merged_metadata(intent, params["metadata"])
    for kind, options in params.get("payment_method_options", {}).items():
        merged = {**intent["payment_method_options"].get(kind, {}), **(options or {})}
        intent["payment_method_options"][kind] = merged


_ROOT = "/v1/payment_intents"
ENDPOINTS = (
    Endpoint("POST", _ROOT, tables.CREATE, create),
    Endpoint("GET", _ROOT, tables.LIST, all_intents),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read, tables.BROWSER_READ),
    Endpoint("POST", f"{_ROOT}/{{id}}", tables.UPDATE, update),
    Endpoint(
        "POST",
        f"{_ROOT}/{{id}}/confirm",
        tables.CONFIRM,
        confirm,
        tables.BROWSER_CONFIRM,
    ),
    Endpoint("POST", f"{_ROOT}/{{id}}/cancel", tables.CANCEL, cancel),
    Endpoint("POST", f"{_ROOT}/{{id}}/capture", tables.CAPTURE, capture),
)
