"""Idempotency-Key: the same call again gets the same answer again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox.raw_calls import BEARER, RawAnswer, RawApi
from tests.sandbox_process import SandboxProcess

PATH = "/v1/payment_intents"
INTENT = {"amount": "7900", "currency": "eur"}
DECLINED = {**INTENT, "confirm": "true", "payment_method": "pm_card_chargeDeclined"}


def post(raw: RawApi, key: str, form: dict[str, str], path: str = PATH) -> RawAnswer:
    return raw.call("POST", path, form, headers={**BEARER, "Idempotency-Key": key})


def test_a_repeat_gets_the_stored_answer(raw: RawApi) -> None:
    first = post(raw, "k1", INTENT)

    again = post(raw, "k1", INTENT)

    assert again.text == first.text
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Original-Request"] == first.headers["Request-Id"]
    assert again.headers["Request-Id"] != first.headers["Request-Id"]
    assert again.headers["Idempotency-Key"] == "k1"


def test_a_repeat_changes_nothing(raw: RawApi, api: Api) -> None:
    post(raw, "k1", INTENT)
    post(raw, "k1", INTENT)

    assert len(api.payment_intents.list().data) == 1


def test_the_order_of_parameters_does_not_matter(raw: RawApi) -> None:
    first = post(raw, "k1", INTENT)

    again = post(raw, "k1", dict(reversed(INTENT.items())))

    assert again.body["id"] == first.body["id"]


def test_other_parameters_under_the_same_key_are_refused(raw: RawApi) -> None:
    post(raw, "k1", INTENT)

    answer = post(raw, "k1", {**INTENT, "amount": "2900"})

    assert answer.status == 400
    assert answer.error["type"] == "idempotency_error"
    assert "can only be used with the same parameters" in answer.error["message"]


def test_another_endpoint_under_the_same_key_is_refused(raw: RawApi) -> None:
    post(raw, "k1", INTENT)

    answer = post(raw, "k1", {}, path="/v1/customers")

    assert answer.status == 400
    assert answer.error["type"] == "idempotency_error"
    assert "same endpoint" in answer.error["message"]


def test_the_sdk_calls_it_an_idempotency_error(api: Api) -> None:
    api.customers.create({"name": "A"}, {"idempotency_key": "k1"})

    with pytest.raises(stripe.IdempotencyError):
        api.customers.create({"name": "B"}, {"idempotency_key": "k1"})


def test_a_decline_is_stored(raw: RawApi, api: Api) -> None:
    first = post(raw, "k1", DECLINED)

    again = post(raw, "k1", DECLINED)

    assert (first.status, again.status) == (402, 402)
    assert again.text == first.text
    assert len(api.charges.list().data) == 1


def test_a_500_is_stored(raw: RawApi, sandbox: SandboxProcess, api: Api) -> None:
    sandbox.fault("500", route=f"POST {PATH}")

    first = post(raw, "k1", INTENT)
    again = post(raw, "k1", INTENT)

    assert (first.status, again.status) == (500, 500)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert api.payment_intents.list().data == []


def test_a_refusal_by_the_state_of_things_is_stored(raw: RawApi, api: Api) -> None:
    intent = make_paid_intent(api)
    path = f"{PATH}/{intent.id}/cancel"

    first = post(raw, "k1", {}, path)
    again = post(raw, "k1", {}, path)

    assert (first.status, again.status) == (400, 400)
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_refusal_of_the_parameters_is_not_stored(raw: RawApi) -> None:
    refused = post(raw, "k1", {"amount": "7900"})

    accepted = post(raw, "k1", INTENT)

    assert (refused.status, accepted.status) == (400, 200)


def test_a_401_is_not_stored(raw: RawApi) -> None:
    key = {"Idempotency-Key": "k1"}
    refused = raw.call("POST", PATH, INTENT, headers=key)

    accepted = post(raw, "k1", INTENT)

    assert (refused.status, accepted.status) == (401, 200)


@pytest.mark.parametrize(("fault", "status"), [("429", 429), ("conflict", 409)])
def test_a_429_and_a_409_are_not_stored(
    raw: RawApi, sandbox: SandboxProcess, fault: str, status: int
) -> None:
    sandbox.fault(fault, route=f"POST {PATH}")

    refused = post(raw, "k1", INTENT)
    accepted = post(raw, "k1", INTENT)

    assert (refused.status, accepted.status) == (status, 200)


def test_a_repeat_while_the_first_call_runs_is_409(
    raw: RawApi, sandbox: SandboxProcess
) -> None:
    sandbox.fault("slow", route=f"POST {PATH}", seconds=0.5)

    with ThreadPoolExecutor() as pool:
        calls = [pool.submit(post, raw, "k1", INTENT) for _ in range(2)]
        answers = sorted((call.result() for call in calls), key=lambda it: it.status)

    assert [answer.status for answer in answers] == [200, 409]
    assert answers[1].error["type"] == "idempotency_error"
    assert answers[1].error["code"] == "idempotency_key_in_use"


def test_fifty_at_once_under_one_key_make_one_intent(raw: RawApi, api: Api) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: post(raw, "k1", INTENT), range(50)))

    assert {answer.status for answer in answers} <= {200, 409}
    assert len(api.payment_intents.list().data) == 1


def test_a_key_on_a_get_means_nothing(raw: RawApi, api: Api) -> None:
    intent = make_intent(api)
    headers = {**BEARER, "Idempotency-Key": "k1"}
    raw.call("GET", f"{PATH}/{intent.id}", headers=headers)
    api.payment_intents.cancel(intent.id)

    answer = raw.call("GET", f"{PATH}/{intent.id}", headers=headers)

    assert answer.body["status"] == "canceled"
    assert "Idempotency-Key" not in answer.headers


def test_a_key_is_forgotten_after_a_day(raw: RawApi, sandbox: SandboxProcess) -> None:
    first = post(raw, "k1", INTENT)
    sandbox.advance(24 * 3600 + 1)

    again = post(raw, "k1", {**INTENT, "amount": "2900"})

    assert again.status == 200
    assert again.body["id"] != first.body["id"]


def test_a_key_is_at_most_255_characters_long(raw: RawApi) -> None:
    assert post(raw, "k" * 255, INTENT).status == 200
    assert post(raw, "k" * 256, INTENT).status == 400


def test_an_event_names_the_call_and_the_key_behind_it(
    raw: RawApi, sandbox: SandboxProcess
) -> None:
    answer = post(raw, "k1", INTENT)

    [event] = sandbox.events()
    assert event["request"] == {
        "id": answer.headers["Request-Id"],
        "idempotency_key": "k1",
    }
