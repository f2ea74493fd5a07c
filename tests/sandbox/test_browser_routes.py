"""What a buyer's browser may see and do with the publishable key."""

from typing import Any

import pytest

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess

CARD = {
    "payment_method_data[type]": "card",
    "payment_method_data[card][number]": "4242424242424242",
    "payment_method_data[card][exp_month]": "12",
    "payment_method_data[card][exp_year]": "34",
    "payment_method_data[card][cvc]": "123",
    "payment_method_data[billing_details][name]": "Alice",
    "return_url": "http://shop.example/confirmation",
}
HIDDEN = ("metadata", "customer", "latest_charge", "amount_received", "transfer_group")


def path_of(intent: Any, end: str = "") -> str:
    return f"/v1/payment_intents/{intent.id}{end}"


def test_the_browser_reads_an_intent_with_its_secret(api: Api, raw: RawApi) -> None:
    intent = make_intent(api, metadata={"orderId": "1"})

    answer = raw.from_browser(
        "GET", path_of(intent), {"client_secret": intent.client_secret}
    )

    assert answer.status == 200
    assert answer.body["status"] == "requires_payment_method"
    assert answer.body["amount"] == 7900
    assert not set(HIDDEN) & set(answer.body)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("secret", ["", "pi_x_secret_y"])
def test_a_wrong_secret_opens_nothing(api: Api, raw: RawApi, secret: str) -> None:
    intent = make_intent(api)

    read = raw.from_browser("GET", path_of(intent), {"client_secret": secret})
    confirm = raw.from_browser(
        "POST", path_of(intent, "/confirm"), {**CARD, "client_secret": secret}
    )

    assert (read.status, confirm.status) == (400, 400)
    assert "amount" not in read.body
    assert api.payment_intents.retrieve(intent.id).status == "requires_payment_method"


def test_the_secret_is_required(api: Api, raw: RawApi) -> None:
    answer = raw.from_browser("GET", path_of(make_intent(api)))

    assert answer.error["code"] == "parameter_missing"
    assert answer.error["param"] == "client_secret"


def test_the_browser_pays_with_a_card(api: Api, raw: RawApi) -> None:
    intent = make_intent(api)

    answer = raw.from_browser(
        "POST",
        path_of(intent, "/confirm"),
        {**CARD, "client_secret": intent.client_secret},
    )

    assert answer.body["status"] == "succeeded"
    charge = api.charges.list({"payment_intent": intent.id}).data[0]
    assert charge.billing_details.name == "Alice"
    assert charge.payment_method_details.card.exp_year == 2034


def test_the_browser_pays_with_a_method_made_before(api: Api, raw: RawApi) -> None:
    intent = make_intent(api)
    data = {
        name.replace("payment_method_data[", "", 1).replace("]", "", 1): value
        for name, value in CARD.items()
        if name.startswith("payment_method_data")
    }
    method = raw.from_browser("POST", "/v1/payment_methods", data)

    answer = raw.from_browser(
        "POST",
        path_of(intent, "/confirm"),
        {"payment_method": method.body["id"], "client_secret": intent.client_secret},
    )

    assert answer.body["status"] == "succeeded"


def test_a_decline_shows_the_browser_its_own_view_of_the_intent(
    api: Api, raw: RawApi
) -> None:
    intent = make_intent(api, metadata={"orderId": "1"})
    card = {**CARD, "payment_method_data[card][number]": "4000000000009995"}

    answer = raw.from_browser(
        "POST",
        path_of(intent, "/confirm"),
        {**card, "client_secret": intent.client_secret},
    )

    assert answer.status == 402
    assert answer.error["decline_code"] == "insufficient_funds"
    assert answer.error["payment_intent"]["status"] == "requires_payment_method"
    assert "metadata" not in answer.error["payment_intent"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("number", "4242424242424241", "incorrect_number"),
        ("number", "4242 4242", "incorrect_number"),
        ("exp_month", "13", "invalid_expiry_month"),
        ("exp_year", "20", "invalid_expiry_year"),
        ("cvc", "12", "invalid_cvc"),
    ],
)
def test_what_cannot_be_right_on_a_card_is_a_card_error(
    api: Api, raw: RawApi, field: str, value: str, code: str
) -> None:
    intent = make_intent(api)
    card = {**CARD, f"payment_method_data[card][{field}]": value}

    answer = raw.from_browser(
        "POST",
        path_of(intent, "/confirm"),
        {**card, "client_secret": intent.client_secret},
    )

    assert answer.status == 402
    assert answer.error["code"] == code
    assert answer.error["param"] == field


def test_a_card_number_from_a_server_is_refused(api: Api, raw: RawApi) -> None:
    intent = make_intent(api)

    answer = raw.call("POST", path_of(intent, "/confirm"), CARD)

    assert answer.status == 400
    assert answer.error["code"] == "parameter_unknown"


@pytest.mark.parametrize("end", ["", "/cancel", "/capture"])
def test_the_browser_may_do_nothing_else(api: Api, raw: RawApi, end: str) -> None:
    intent = make_intent(api)

    answer = raw.from_browser(
        "POST", path_of(intent, end), {"client_secret": intent.client_secret}
    )

    assert answer.status == 403


def test_a_preflight_is_allowed_from_anywhere(raw: RawApi) -> None:
    answer = raw.call("OPTIONS", "/v1/payment_intents/pi_1", headers={})

    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]


def confirm_with_3ds(raw: RawApi, intent: Any) -> dict[str, Any]:
    card = {**CARD, "payment_method_data[card][number]": "4000002760003184"}
    form = {**card, "client_secret": intent.client_secret}
    return raw.from_browser("POST", path_of(intent, "/confirm"), form).body


def test_3d_secure_names_the_page_of_the_dialog(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)

    waiting = confirm_with_3ds(raw, intent)

    action = waiting["next_action"]["use_stripe_sdk"]
    assert waiting["status"] == "requires_action"
    assert action["type"] == "three_d_secure_redirect"
    assert action["stripe_js"] == (
        f"{sandbox.url}/_/3ds/{intent.id}?client_secret={intent.client_secret}"
    )


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("succeed", "succeeded"), ("fail", "requires_payment_method")],
)
def test_the_dialog_moves_the_intent_on(
    api: Api, raw: RawApi, outcome: str, status: str
) -> None:
    intent = make_intent(api)
    confirm_with_3ds(raw, intent)

    answer = raw.call(
        "POST",
        "/_/browser/authenticate",
        {
            "payment_intent": intent.id,
            "client_secret": intent.client_secret,
            "outcome": outcome,
        },
        headers={},
    )

    assert answer.body["status"] == status
    assert answer.body["payment_intent"]["id"] == intent.id
    assert "metadata" not in answer.body["payment_intent"]
    assert answer.body["return_url"] == "http://shop.example/confirmation"
    assert api.payment_intents.retrieve(intent.id).status == status


def test_the_dialog_needs_the_secret_too(api: Api, raw: RawApi) -> None:
    intent = make_intent(api)
    confirm_with_3ds(raw, intent)
    forged = {"payment_intent": intent.id, "client_secret": "x", "outcome": "succeed"}

    answer = raw.call("POST", "/_/browser/authenticate", forged, headers={})

    assert answer.status == 400
    assert api.payment_intents.retrieve(intent.id).status == "requires_action"


def test_there_is_nothing_to_authenticate_on_a_paid_intent(
    api: Api, raw: RawApi
) -> None:
    intent = make_paid_intent(api)
    form = {
        "payment_intent": intent.id,
        "client_secret": intent.client_secret,
        "outcome": "fail",
    }

    answer = raw.call("POST", "/_/browser/authenticate", form, headers={})

    assert answer.status == 400
    assert api.payment_intents.retrieve(intent.id).status == "succeeded"


def test_while_the_dialog_is_open_another_card_may_be_tried(
    api: Api, raw: RawApi
) -> None:
    intent = make_intent(api)
    confirm_with_3ds(raw, intent)

    answer = raw.from_browser(
        "POST",
        path_of(intent, "/confirm"),
        {**CARD, "client_secret": intent.client_secret},
    )

    assert answer.body["status"] == "succeeded"
