"""/v1/setup_intents. https://docs.stripe.com/api/setup_intents"""

import secrets

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import (
    Choice,
    Fields,
    Hash,
    ListOf,
    Metadata,
    Text,
    YesNo,
)
from payments.sandbox.api.tables import (
    AUTOMATIC_METHODS,
    EXPAND,
    EXPANDABLE,
    list_table,
)
from payments.sandbox.errors import refused
from payments.sandbox.machines.confirmation import Confirmation
from payments.sandbox.machines.intent_checks import check_return_url
from payments.sandbox.machines.intent_object import (
    check_method_types,
    choose_method_types,
)
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.machines.methods import make_method, method_from_reference
from payments.sandbox.machines.setups import (
    KIND,
    OPEN,
    cancel_setup,
    check_setup_confirmable,
    confirm_setup,
    new_setup,
    public_setup,
)
from payments.sandbox.resources.method_tables import (
    BROWSER_MANDATE_DATA,
    MANDATE_DATA,
    METHOD_DATA,
    METHOD_DATA_WITH_CARD,
    SETUP_METHOD_OPTIONS,
)
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_METHOD: Fields = {
    "payment_method": Text(),
    "payment_method_data": METHOD_DATA,
    "payment_method_options": SETUP_METHOD_OPTIONS,
}
_OPTIONS = ("mandate_options", "network", "request_three_d_secure")
_CONFIRMING: Fields = {
    "return_url": Text(),
    "use_stripe_sdk": YesNo(),
}
_DESCRIBING: Fields = {
    **_METHOD,
    "allowed_payment_method_types": ListOf(Text()),
    "customer": Text(),
    "description": Text(1000),
    "excluded_payment_method_types": ListOf(Text()),
    "expand": EXPAND,
    "metadata": Metadata(),
}
_CREATE = Hash(
    {
        **_DESCRIBING,
        **_CONFIRMING,
        "automatic_payment_methods": AUTOMATIC_METHODS,
        "confirm": YesNo(),
        "mandate_data": MANDATE_DATA,
        "usage": Choice("off_session", "on_session"),
    }
)
_CONFIRM = Hash(
    {
        **_METHOD,
        **_CONFIRMING,
        "expand": EXPAND,
        "mandate_data": MANDATE_DATA,
    }
)
_BROWSER_CONFIRM = _CONFIRM.plus(
    "client_secret",
    key=Text(),
    client_secret=Text(),
    mandate_data=BROWSER_MANDATE_DATA,
    payment_method_data=METHOD_DATA_WITH_CARD,
)
_SECRET = Hash(
    {"key": Text(), "client_secret": Text(), "expand": EXPAND},
    required=("client_secret",),
)


def create(call: Call) -> Json:
    params = call.params
    check_method_types(params.get("allowed_payment_method_types", []))
    setup = new_setup(usage=params.get("usage", "off_session"))
    automatic = params.get("automatic_payment_methods")
    if automatic:
        setup["automatic_payment_methods"] = {
            "allow_redirects": automatic.get("allow_redirects", "always"),
            "enabled": automatic["enabled"],
        }
    _describe(setup, params)
    method = _given_method(params)
    if method:
        setup.update(payment_method=method["id"], status="requires_confirmation")
    said = _said(call)
    if params.get("confirm"):
        _check(setup, method, said)
    STORE.save(setup)
    emit("setup_intent.created", setup)
    if params.get("confirm") and method:
        confirm_setup(setup, method, said)
    return setup


def read(call: Call) -> Json:
    setup = _setup(call)
    return public_setup(setup) if call.by_browser else setup


def update(call: Call) -> Json:
    setup = _setup(call)
    _describe(setup, call.params)
    method = _given_method(call.params)
    if method:
        check_setup_confirmable(setup)
        setup.update(payment_method=method["id"], status="requires_confirmation")
    return STORE.save(setup)


def confirm(call: Call) -> Json:
    setup, params = _setup(call), call.params
    check_setup_confirmable(setup)
    method = _given_method(params)
    if method is None and setup["payment_method"]:
        method = STORE.get("payment_method", setup["payment_method"])
    said = _said(call)
    _check(setup, method, said)
    confirm_setup(setup, method or {}, said)
    return public_setup(setup) if call.by_browser else setup


def cancel(call: Call) -> Json:
    setup = _setup(call)
    cancel_setup(setup, call.params.get("cancellation_reason"))
    return setup


def all_setups(call: Call) -> Json:
    found = matching(
        STORE.all(KIND),
        customer=call.params.get("customer"),
        payment_method=call.params.get("payment_method"),
    )
    return page(call, found, kind=KIND)


def _setup(call: Call) -> Json:
    setup = found_in_path(KIND, call.arg("id"), param="intent")
    if call.by_browser:
        given = str(call.params.get("client_secret", ""))
        if not secrets.compare_digest(given, str(setup["client_secret"])):
            raise refused(
                "The client_secret provided does not match the client_secret "
                "associated with this SetupIntent.",
                code="setup_intent_invalid_parameter",
                param="client_secret",
            )
    return setup


def _describe(setup: Json, params: Json) -> None:
    if "description" in params:
        setup["description"] = params["description"] or None
    if params.get("customer"):
        setup["customer"] = found_by_param("customer", params["customer"])["id"]
    if "metadata" in params:
        setup["metadata"] = merged_metadata(setup, params["metadata"])
    for name in ("allowed_payment_method_types", "excluded_payment_method_types"):
        if name in params:
            setup[name] = params[name] or None
    if setup["status"] in OPEN:
        # A setup has no currency; the sandbox's account is in the euro area.
        euro = {**setup, "currency": "eur"}
        choose_method_types(euro)
        del euro["currency"]
        setup.update(euro, payment_method_options=_options(euro))


def _options(setup: Json) -> Json:
    """A setup's options are fewer than a payment's."""
    return {
        kind: {name: options[name] for name in _OPTIONS if name in options}
        for kind, options in setup["payment_method_options"].items()
        if kind in ("card", "sepa_debit")
    }


def _given_method(params: Json) -> Json | None:
    if params.get("payment_method_data"):
        return make_method(params["payment_method_data"], name="payment_method_data")
    if params.get("payment_method"):
        return method_from_reference(params["payment_method"])
    return None


def _said(call: Call) -> Confirmation:
    return Confirmation(
        by_browser=call.by_browser,
        origin=call.origin,
        return_url=call.params.get("return_url"),
        use_stripe_sdk=call.by_browser or call.params.get("use_stripe_sdk", False),
    )


def _check(setup: Json, method: Json | None, said: Confirmation) -> None:
    check_return_url(setup, said)
    if method is None:
        raise refused(
            "You cannot confirm this SetupIntent because it's missing a payment "
            "method. Update the SetupIntent with a payment method and then confirm it "
            "again.",
            code="setup_intent_unexpected_state",
        )


_ROOT = "/v1/setup_intents"
ENDPOINTS = (
    Endpoint("POST", _ROOT, _CREATE, create),
    Endpoint(
        "GET", _ROOT, list_table(customer=Text(), payment_method=Text()), all_setups
    ),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read, _SECRET),
    Endpoint("POST", f"{_ROOT}/{{id}}", Hash(_DESCRIBING), update),
    Endpoint(
        "POST",
        f"{_ROOT}/{{id}}/confirm",
        _CONFIRM,
        confirm,
        _BROWSER_CONFIRM,
    ),
    Endpoint(
        "POST",
        f"{_ROOT}/{{id}}/cancel",
        EXPANDABLE.plus(
            cancellation_reason=Choice(
                "abandoned", "duplicate", "requested_by_customer"
            )
        ),
        cancel,
    ),
)
