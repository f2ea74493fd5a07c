"""Controls that stand for the buyer: paying without a browser, authenticating."""

import secrets

from django.http import HttpRequest

from payments.sandbox.controls.json_views import Unusable, control
from payments.sandbox.errors import ApiError
from payments.sandbox.machines import intents, setups
from payments.sandbox.machines.confirmation import Confirmation
from payments.sandbox.machines.intent_checks import check_confirmable, check_method
from payments.sandbox.machines.intent_object import KIND, behind, public_face
from payments.sandbox.machines.lookup import found_in_path
from payments.sandbox.machines.methods import make_method, test_card_data
from payments.sandbox.store import Json
from payments.sandbox.transaction import change_and_release

_BUYER = {"email": "acheteuse@example.org", "name": "Camille Martin"}
_OUTCOMES = ("pass", "fail", "none")


@control("POST")
def pay(request: HttpRequest, asked: Json, intent_id: str) -> Json:
    """A buyer pays: `card` (a number), or `type` and `iban`; `three_d_secure` answers.

    Answers {"payment_intent", "error"}; a decline is an answer, not a failure.
    """
    answer = asked.get("three_d_secure", "pass")
    if answer not in _OUTCOMES:
        raise Unusable(f"three_d_secure is one of {', '.join(_OUTCOMES)}.")
    with change_and_release():
        intent = found_in_path(KIND, intent_id, param="intent")
        try:
            check_confirmable(intent)
            method = make_method(_method_data(asked))
            check_method(intent, method)
            said = Confirmation(
                by_browser=True,
                origin=f"{request.scheme}://{request.get_host()}",
                return_url=asked.get("return_url"),
                use_stripe_sdk=True,
            )
            intents.confirm(intent, method, said)
            if intent["status"] == "requires_action" and answer != "none":
                intents.authenticate(intent, succeeds=answer == "pass")
        except ApiError as error:
            return {"payment_intent": intent, "error": error.error}
        return {"payment_intent": intent, "error": intent["last_payment_error"]}


@control("POST")
def settle(request: HttpRequest, asked: Json, intent_id: str) -> Json:
    """The bank answers a direct debit now: `outcome` is succeed or fail."""
    succeeds = _succeeds(asked)
    with change_and_release():
        intent = found_in_path(KIND, intent_id, param="intent")
        intents.settle_debit(intent_id, succeeds=succeeds)
        return intent


@control("POST")
def authenticate(request: HttpRequest, asked: Json) -> Json:
    """What the 3-D Secure dialog and the bank's page send: form or JSON.

    `payment_intent` or `setup_intent`, `client_secret`, `outcome` (succeed or fail).
    """
    succeeds = _succeeds(asked)
    intent_id = str(asked.get("payment_intent") or asked.get("setup_intent") or "")
    is_setup = intent_id.startswith("seti_")
    kind = setups.KIND if is_setup else KIND
    with change_and_release():
        intent = found_in_path(kind, intent_id, param="intent")
        secret = str(asked.get("client_secret", ""))
        if not secrets.compare_digest(secret, str(intent["client_secret"])):
            raise Unusable("That is not the client secret of this intent.")
        if is_setup:
            setups.authenticate_setup(intent, succeeds=succeeds)
        else:
            intents.authenticate(intent, succeeds=succeeds)
        shown = setups.public_setup(intent) if is_setup else public_face(intent)
        return {
            "status": intent["status"],
            kind: shown,
            "return_url": behind(intent).get("return_url"),
        }


def _succeeds(asked: Json) -> bool:
    if asked.get("outcome") not in ("succeed", "fail"):
        raise Unusable("outcome is succeed or fail.")
    return bool(asked["outcome"] == "succeed")


def _method_data(asked: Json) -> Json:
    kind = asked.get("type", "card")
    data: Json = {"type": kind, "billing_details": _BUYER}
    if kind == "card":
        number = str(asked.get("card", "4242424242424242"))
        data["card"] = test_card_data(number)
    elif kind == "sepa_debit":
        data["sepa_debit"] = {"iban": asked.get("iban", "FR1420041010050500013M02606")}
    return data
