"""The SetupIntent's machine: keep a payment method for later.

https://docs.stripe.com/payments/setupintents/lifecycle
"""

from typing import Any

from payments.sandbox import clock
from payments.sandbox.cards import Authentication
from payments.sandbox.errors import ApiError, doc_url, refused
from payments.sandbox.ids import new_id, new_secret
from payments.sandbox.machines.confirmation import Confirmation
from payments.sandbox.machines.customers import attach_method
from payments.sandbox.machines.intent_object import remember as remember_intent
from payments.sandbox.machines.mandates import make_mandate
from payments.sandbox.machines.methods import REDIRECTING, card_of, remember
from payments.sandbox.machines.next_actions import ask_for_redirect, ask_for_three_ds
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

KIND = "setup_intent"
OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
_PUBLIC = (
    "id",
    "object",
    "automatic_payment_methods",
    "cancellation_reason",
    "client_secret",
    "created",
    "description",
    "last_setup_error",
    "livemode",
    "next_action",
    "payment_method",
    "payment_method_configuration_details",
    "payment_method_types",
    "status",
    "usage",
)


def new_setup(**fields: Any) -> Json:
    """A setup intent in its first state, not saved and not told of yet."""
    setup_id = new_id("seti")
    return {
        "id": setup_id,
        "object": KIND,
        "allowed_payment_method_types": None,
        "application": None,
        "automatic_payment_methods": None,
        "cancellation_reason": None,
        "client_secret": new_secret(setup_id),
        "created": clock.now(),
        "customer": None,
        "customer_account": None,
        "description": None,
        "excluded_payment_method_types": None,
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "managed_payments": None,
        "mandate": None,
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "single_use_mandate": None,
        "status": "requires_payment_method",
        "usage": "off_session",
        **fields,
    }


def confirm_setup(setup: Json, method: Json, said: Confirmation) -> None:
    """Try to set the method up. A decline is a 402."""
    setup.update(payment_method=method["id"], last_setup_error=None, next_action=None)
    if said.return_url:
        remember_intent(setup, return_url=said.return_url)
    if method["type"] in REDIRECTING:
        _require_action(setup, ask_for_redirect(setup, said))
        return
    if method["type"] == "card":
        card = card_of(method)
        if not card.attaches and card.decline:
            raise _fail(
                setup,
                {
                    "code": card.decline.code,
                    "decline_code": card.decline.decline_code,
                    "doc_url": doc_url(card.decline.code),
                    "message": card.decline.message,
                    "payment_method": dict(method),
                    "type": "card_error",
                },
                said,
            )
        if _needs_authentication(method):
            _require_action(setup, ask_for_three_ds(setup, said))
            return
    _succeed(setup, method)


def authenticate_setup(setup: Json, *, succeeds: bool) -> None:
    """The buyer came back from 3-D Secure or a bank's page."""
    if setup["status"] != "requires_action":
        raise refused(
            f"This SetupIntent has a status of {setup['status']}: there is nothing to "
            "authenticate.",
            code="setup_intent_unexpected_state",
            setup_intent=setup,
        )
    method = STORE.get("payment_method", setup["payment_method"]) or {}
    setup["next_action"] = None
    if succeeds:
        _succeed(setup, method)
        return
    code = "setup_intent_authentication_failure"
    error = {
        "code": code,
        "doc_url": doc_url(code),
        "message": (
            "The latest attempt to set up the payment method has failed because "
            "authentication failed."
        ),
        "payment_method": dict(method),
        "type": "invalid_request_error",
    }
    _fail(setup, error, Confirmation())


def cancel_setup(setup: Json, reason: str | None) -> None:
    if setup["status"] not in OPEN:
        raise refused(
            f"You cannot cancel this SetupIntent because it has a status of "
            f"{setup['status']}. Only a SetupIntent with one of the following statuses "
            f"may be canceled: {', '.join(OPEN)}.",
            code="setup_intent_unexpected_state",
            setup_intent=setup,
        )
    setup.update(status="canceled", cancellation_reason=reason, next_action=None)
    STORE.save(setup)
    emit("setup_intent.canceled", setup)


def check_setup_confirmable(setup: Json) -> None:
    if setup["status"] not in OPEN:
        raise refused(
            "You cannot confirm this SetupIntent because it has a status of "
            f"{setup['status']}.",
            code="setup_intent_unexpected_state",
            setup_intent=setup,
        )


def public_setup(setup: Json) -> Json:
    """The setup intent as a buyer's browser may see it."""
    return {name: setup[name] for name in _PUBLIC}


def _needs_authentication(method: Json) -> bool:
    card = card_of(method)
    asks = card.authentication in (Authentication.ALWAYS, Authentication.UNLESS_SET_UP)
    return asks and not card.already_set_up


def _require_action(setup: Json, action: Json) -> None:
    setup.update(status="requires_action", next_action=action)
    STORE.save(setup)
    emit("setup_intent.requires_action", setup)


def _succeed(setup: Json, method: Json) -> None:
    remember(method, set_up=True)
    if method["type"] == "sepa_debit":
        setup["mandate"] = make_mandate(method)["id"]
        remember(method, mandate=setup["mandate"])
    customer = STORE.get("customer", setup["customer"] or "")
    if customer and not method["customer"]:
        attach_method(method, customer)
    setup.update(status="succeeded", next_action=None, last_setup_error=None)
    STORE.save(setup)
    emit("setup_intent.succeeded", setup)


def _fail(setup: Json, error: Json, said: Confirmation) -> ApiError:
    setup.update(
        status="requires_payment_method",
        last_setup_error=error,
        payment_method=None,
        next_action=None,
    )
    STORE.save(setup)
    emit("setup_intent.setup_failed", setup)
    shown = public_setup(setup) if said.by_browser else setup
    problem = ApiError(402, error["message"], type=error["type"])
    problem.error = {**error, "setup_intent": shown}
    return problem
