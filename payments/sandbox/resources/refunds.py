"""/v1/refunds. https://docs.stripe.com/api/refunds"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import Choice, Hash, Metadata, Text, Whole
from payments.sandbox.api.tables import EXPAND, EXPANDABLE, list_table
from payments.sandbox.errors import invalid, refused
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.machines.refunds import (
    KIND,
    cancel_refund,
    make_refund,
    settle_refund,
)
from payments.sandbox.store import STORE, Json
from payments.sandbox.timers import Action
from payments.sandbox.webhooks.events import emit

_CREATE = Hash(
    {
        "amount": Whole(minimum=1),
        "charge": Text(),
        "expand": EXPAND,
        "metadata": Metadata(),
        "payment_intent": Text(),
        "reason": Choice("duplicate", "fraudulent", "requested_by_customer"),
    }
)
_UPDATE = EXPANDABLE.plus(metadata=Metadata())


def create(call: Call) -> Json:
    params = call.params
    return make_refund(
        _charge_to_refund(params),
        amount=params.get("amount"),
        reason=params.get("reason"),
        metadata=merged_metadata({}, params.get("metadata")),
    )


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"))


def update(call: Call) -> Json:
    refund = found_in_path(KIND, call.arg("id"))
    if "metadata" in call.params:
        before = {"metadata": refund["metadata"]}
        refund["metadata"] = merged_metadata(refund, call.params["metadata"])
        emit("refund.updated", refund, before)
    return STORE.save(refund)


def cancel(call: Call) -> Json:
    refund = found_in_path(KIND, call.arg("id"))
    cancel_refund(refund)
    return refund


def all_refunds(call: Call) -> Json:
    found = matching(
        STORE.all(KIND),
        charge=call.params.get("charge"),
        payment_intent=call.params.get("payment_intent"),
    )
    return page(call, found, kind=KIND)


def _charge_to_refund(params: Json) -> Json:
    given = [name for name in ("charge", "payment_intent") if params.get(name)]
    if len(given) == 2:
        raise invalid(
            "You may only specify one of these parameters: charge, payment_intent."
        )
    if not given:
        raise invalid(
            "One of the following params should be provided for this request: "
            "payment_intent or charge."
        )
    if given == ["charge"]:
        return found_by_param("charge", params["charge"])
    intent = found_by_param("payment_intent", params["payment_intent"])
    if intent["status"] != "succeeded":
        raise refused(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to "
            "refund.",
            code="payment_intent_unexpected_state",
        )
    return found_by_param("charge", intent["latest_charge"])


ENDPOINTS = (
    Endpoint("POST", "/v1/refunds", _CREATE, create),
    Endpoint(
        "GET",
        "/v1/refunds",
        list_table(charge=Text(), payment_intent=Text()),
        all_refunds,
    ),
    Endpoint("GET", "/v1/refunds/{id}", EXPANDABLE, read),
    Endpoint("POST", "/v1/refunds/{id}", _UPDATE, update),
    Endpoint("POST", "/v1/refunds/{id}/cancel", EXPANDABLE, cancel),
)
TIMERS: dict[str, Action] = {"refund.settle": settle_refund}
