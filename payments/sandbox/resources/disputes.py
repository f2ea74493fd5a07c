"""/v1/disputes and /v1/radar/early_fraud_warnings. https://docs.stripe.com/api/disputes"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import Hash, Metadata, Text, YesNo
from payments.sandbox.api.tables import EXPANDABLE, list_table
from payments.sandbox.machines import fraud_warnings
from payments.sandbox.machines.disputes import (
    EVIDENCE,
    KIND,
    answer_dispute,
    close_dispute,
    decide_dispute,
    follow_charge,
    let_lapse,
)
from payments.sandbox.machines.lookup import found_in_path, merged_metadata
from payments.sandbox.store import STORE, Json
from payments.sandbox.timers import Action

_EVIDENCE_LENGTH = 20_000
_UPDATE = EXPANDABLE.plus(
    evidence=Hash({name: Text(_EVIDENCE_LENGTH) for name in EVIDENCE}),
    metadata=Metadata(),
    submit=YesNo(),
)
_LIST = list_table(charge=Text(), payment_intent=Text())


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"))


def update(call: Call) -> Json:
    dispute, params = found_in_path(KIND, call.arg("id")), call.params
    if "metadata" in params:
        dispute["metadata"] = merged_metadata(dispute, params["metadata"])
        STORE.save(dispute)
    if "evidence" in params or "submit" in params:
        answer_dispute(
            dispute, params.get("evidence", {}), submit=params.get("submit", True)
        )
    return dispute


def close(call: Call) -> Json:
    dispute = found_in_path(KIND, call.arg("id"))
    close_dispute(dispute)
    return dispute


def all_disputes(call: Call) -> Json:
    return page(call, _of_payment(KIND, call), kind=KIND)


def read_warning(call: Call) -> Json:
    return found_in_path(fraud_warnings.KIND, call.arg("id"))


def all_warnings(call: Call) -> Json:
    found = _of_payment(fraud_warnings.KIND, call)
    return page(call, found, kind=fraud_warnings.KIND)


def _of_payment(kind: str, call: Call) -> list[Json]:
    return matching(
        STORE.all(kind),
        charge=call.params.get("charge"),
        payment_intent=call.params.get("payment_intent"),
    )


_WARNINGS = "/v1/radar/early_fraud_warnings"
ENDPOINTS = (
    Endpoint("GET", "/v1/disputes", _LIST, all_disputes),
    Endpoint("GET", "/v1/disputes/{id}", EXPANDABLE, read),
    Endpoint("POST", "/v1/disputes/{id}", _UPDATE, update),
    Endpoint("POST", "/v1/disputes/{id}/close", EXPANDABLE, close),
    Endpoint("GET", _WARNINGS, _LIST, all_warnings),
    Endpoint("GET", f"{_WARNINGS}/{{id}}", EXPANDABLE, read_warning),
)
TIMERS: dict[str, Action] = {
    "charge.sequel": follow_charge,
    "dispute.decide": decide_dispute,
    "dispute.overdue": let_lapse,
}
