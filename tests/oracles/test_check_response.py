"""The response oracle notices one field that is not as Stripe's classes have it."""

from typing import Any

import pytest

from tests.oracles.by_hand import changed_in_each_field, having, without
from tests.oracles.check_response import check_error, check_event, check_response
from tests.sandbox.making import Api, make_customer, make_paid_intent
from tests.sandbox_process import SandboxProcess

Json = dict[str, Any]
KINDS = ["payment_intent", "charge", "refund", "dispute", "customer", "list", "event"]


@pytest.fixture
def bodies(api: Api, sandbox: SandboxProcess) -> dict[str, Json]:
    """One answer or event of each kind, as the sandbox gave it."""
    customer = make_customer(api, metadata={"colour": "blue"})
    intent = make_paid_intent(api, customer=customer.id)
    api.charges.retrieve(intent.latest_charge)
    api.refunds.create({"payment_intent": intent.id, "amount": 900})
    disputed = make_paid_intent(api, "pm_card_createDispute")
    sandbox.wait_until_idle()
    [dispute] = api.disputes.list({"payment_intent": disputed.id}).data
    api.disputes.retrieve(dispute.id)
    answers = [call["response"] for call in sandbox.requests()]
    return {body["object"]: body for body in answers} | {
        "event": sandbox.events(type="payment_intent.succeeded")[0]
    }


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_sandbox_says_is_right(bodies: dict[str, Json], kind: str) -> None:
    assert problems_in(bodies[kind]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nonsense_in_any_one_field_is_noticed(
    bodies: dict[str, Json], kind: str
) -> None:
    variants = list(changed_in_each_field(bodies[kind]))

    unnoticed = [name for name, changed in variants if not problems_in(changed)]

    assert len(variants) > 5
    assert unnoticed == []


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("7900", ["amount"]),
        (79.0, ["amount"]),
        (True, ["amount"]),
        ("paid", ["status"]),
        (None, ["livemode"]),
        ("yes", ["automatic_payment_methods", "enabled"]),
        ("charge", ["object"]),
        ([], ["charges"]),
        ({"tip": {"amount": "5"}}, ["amount_details"]),
    ],
)
def test_one_wrong_value_is_noticed(
    bodies: dict[str, Json], value: Any, path: list[str]
) -> None:
    changed = having(bodies["payment_intent"], value, *path)

    assert check_response(changed) != []


@pytest.mark.parametrize("name", ["id", "object", "amount", "status", "created"])
def test_a_missing_field_is_noticed(bodies: dict[str, Json], name: str) -> None:
    assert check_response(without(bodies["payment_intent"], name)) != []


def test_a_list_must_be_one(bodies: dict[str, Json]) -> None:
    rows = bodies["list"]

    assert check_response(without(rows, "url")) == ["list: not a list object"]
    assert check_response(having(rows, "no", "has_more")) != []
    assert check_response(having(rows, 7, "total_count")) != []


def test_a_deleted_object_tells_nothing_else() -> None:
    gone = {"id": "cus_1", "object": "customer", "deleted": True}

    assert check_response(gone) == []
    assert check_response({**gone, "email": None}) != []


def test_an_event_names_only_fields_that_its_object_has(
    bodies: dict[str, Json],
) -> None:
    event = having(bodies["event"], {"paid": False}, "data", "previous_attributes")

    assert check_event(event) != []


@pytest.mark.parametrize(
    "changes",
    [{"type": "oops"}, {"code": None}, {"advice": "retry"}, {"message": 7}],
)
def test_one_wrong_field_of_an_error_is_noticed(changes: Json) -> None:
    error = {"type": "card_error", "code": "card_declined", "message": "No."}

    assert check_error(error) == []
    assert check_error({**error, **changes}) != []


def problems_in(body: Json) -> list[str]:
    return check_event(body) if body.get("object") == "event" else check_response(body)
