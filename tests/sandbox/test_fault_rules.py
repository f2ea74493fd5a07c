"""Which call a fault strikes, and how one sees that it did."""

import pytest

from tests.sandbox.making import Api, make_intent
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess

ROUTE = "POST /v1/payment_intents"
PATH = "/v1/payment_intents"
INTENT = {"amount": "7900", "currency": "eur"}


def test_the_nth_call_is_struck_and_so_many_after_it(
    raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("503", route=ROUTE, nth=2, count=2)

    statuses = [raw.post(PATH, **INTENT).status for _ in range(4)]

    assert statuses == [200, 503, 503, 200]


@pytest.mark.parametrize(
    "route",
    [
        "POST /v1/payment_intents/{id}/confirm",
        "POST /v1/payment_intents/*/confirm",
        "POST *",
        "* /v1/payment_intents/*",
    ],
)
def test_a_route_may_be_a_template_or_a_pattern(
    api: Api, raw: RawApi, sandbox: SandboxProcess, route: str
) -> None:
    intent = make_intent(api)
    sandbox.fault("503", route=route)

    answer = raw.post(f"{PATH}/{intent.id}/confirm", payment_method="pm_card_visa")

    assert answer.status == 503
    assert raw.get("/v1/customers").status == 200


def test_the_journal_names_the_fault(raw: RawApi, sandbox: SandboxProcess) -> None:
    sandbox.fault("503", route=ROUTE)

    raw.post(PATH, **INTENT)
    raw.post(PATH, **INTENT)

    assert [call["fault"] for call in sandbox.requests()] == ["503", None]


def test_faults_are_listed_with_what_they_did_and_forgotten(
    raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("503", route=ROUTE)
    raw.post(PATH, **INTENT)

    [rule] = sandbox.control("GET", "faults")
    sandbox.control("DELETE", "faults")

    assert (rule["fault"], rule["seen"], rule["struck"]) == ("503", 1, 1)
    assert sandbox.control("GET", "faults") == []
