"""Form bodies and what endpoints accept, in Stripe's own words."""

import pytest
import stripe

from tests.sandbox.making import Api, make_intent
from tests.sandbox.raw_calls import BEARER, RawApi
from tests.sandbox_process import SandboxProcess

INTENT = {"amount": "7900", "currency": "eur"}


def test_nested_names_become_nested_values(
    raw: RawApi, sandbox: SandboxProcess
) -> None:
    raw.post("/v1/customers", **{"address[city]": "Lyon", "preferred_locales[0]": "fr"})

    [call] = sandbox.requests(path="/v1/customers")
    assert call["params"] == {"address": {"city": "Lyon"}, "preferred_locales": ["fr"]}
    assert call["response"]["address"]["city"] == "Lyon"
    assert call["response"]["preferred_locales"] == ["fr"]


def test_lists_may_be_written_without_positions(raw: RawApi) -> None:
    body = "preferred_locales[]=fr&preferred_locales[]=en"

    answer = raw.call("POST", f"/v1/customers?{body}", headers=BEARER)
    listed = raw.call(
        "GET", "/v1/events?types[]=customer.created&types[]=charge.failed"
    )

    assert answer.status == 200
    assert [event["type"] for event in listed.body["data"]] == ["customer.created"]


def test_metadata_may_have_keys_that_are_numbers(raw: RawApi) -> None:
    answer = raw.post("/v1/customers", **{"metadata[2024]": "x", "metadata[7]": "y"})

    assert answer.body["metadata"] == {"2024": "x", "7": "y"}


@pytest.mark.parametrize("name", ["a[b", "[a]", "a]b["])
def test_a_name_that_is_not_well_formed_is_refused(raw: RawApi, name: str) -> None:
    answer = raw.post("/v1/customers", **{name: "x"})

    assert answer.status == 400
    assert "Invalid request parameter" in answer.error["message"]


def test_a_name_cannot_be_a_value_and_a_group_at_once(raw: RawApi) -> None:
    answer = raw.call("POST", "/v1/customers", {"metadata": "x", "metadata[a]": "y"})

    assert answer.status == 400


def test_an_unknown_parameter_is_refused(raw: RawApi) -> None:
    answer = raw.post("/v1/payment_intents", **INTENT, colour="green")

    assert answer.status == 400
    assert answer.error["code"] == "parameter_unknown"
    assert answer.error["param"] == "colour"
    assert answer.error["message"] == "Received unknown parameter: colour"


def test_an_unknown_parameter_is_refused_at_every_depth(raw: RawApi) -> None:
    deep = {"automatic_payment_methods[enabled]": "true"}

    answer = raw.post(
        "/v1/payment_intents",
        **INTENT,
        **deep,
        **{"shipping[name]": "A", "shipping[address][moon]": "x"},
    )

    assert answer.error["param"] == "shipping[address][moon]"


def test_payment_method_types_is_no_longer_a_parameter(raw: RawApi) -> None:
    answer = raw.post(
        "/v1/payment_intents", **INTENT, **{"payment_method_types[0]": "card"}
    )

    assert answer.status == 400
    assert answer.error["code"] == "parameter_unknown"


def test_a_missing_parameter_is_named(raw: RawApi) -> None:
    answer = raw.post("/v1/payment_intents", currency="eur")

    assert answer.status == 400
    assert answer.error["code"] == "parameter_missing"
    assert answer.error["message"] == "Missing required param: amount."


@pytest.mark.parametrize("amount", ["79.00", "79,00", "many", "", "0x10"])
def test_an_amount_is_an_integer(raw: RawApi, amount: str) -> None:
    answer = raw.post("/v1/payment_intents", currency="eur", amount=amount)

    assert answer.status == 400
    assert answer.error["code"] == "parameter_invalid_integer"
    assert answer.error["param"] == "amount"


def test_a_boolean_is_true_or_false(raw: RawApi) -> None:
    answer = raw.post("/v1/payment_intents", **INTENT, confirm="yes")

    assert answer.error["message"] == "Invalid boolean: yes"


def test_a_choice_names_the_words_that_are_allowed(raw: RawApi) -> None:
    answer = raw.post("/v1/payment_intents", **INTENT, capture_method="later")

    assert answer.error["message"] == (
        "Invalid capture_method: must be one of automatic, automatic_async, or manual"
    )


def test_the_smallest_amount_depends_on_the_currency(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_intent(api, amount=49)

    assert refusal.value.code == "amount_too_small"
    assert make_intent(api, amount=30, currency="gbp").amount == 30


def test_the_largest_amount_is_limited(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_intent(api, amount=100_000_000)

    assert refusal.value.code == "amount_too_large"


def test_a_currency_is_one_of_stripes_in_any_case(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_intent(api, currency="zzz")

    assert "Invalid currency: zzz" in str(refusal.value)
    assert make_intent(api, currency="EUR").currency == "eur"


def test_metadata_is_limited_in_keys_and_lengths(raw: RawApi) -> None:
    many = {f"metadata[k{number}]": "x" for number in range(51)}

    assert raw.post("/v1/customers", **many).status == 400
    assert raw.post("/v1/customers", **{"metadata[k]": "x" * 501}).status == 400
    assert raw.post("/v1/customers", **{f"metadata[{'k' * 41}]": "x"}).status == 400
    assert (
        raw.post("/v1/customers", **{f"metadata[{'k' * 40}]": "x" * 500}).status == 200
    )


def test_metadata_is_merged_and_an_empty_value_removes_its_key(api: Api) -> None:
    intent = make_intent(api, metadata={"order": "1", "level": "2"})

    merged = api.payment_intents.update(
        intent.id, {"metadata": {"level": "", "c": "3"}}
    )
    emptied = api.payment_intents.update(intent.id, {"metadata": ""})

    assert merged.metadata.to_dict() == {"order": "1", "c": "3"}
    assert emptied.metadata.to_dict() == {}


def test_an_empty_text_unsets(api: Api) -> None:
    customer = api.customers.create({"name": "Alice"})

    updated = api.customers.update(customer.id, {"name": ""})

    assert updated.name is None


def test_nullable_fields_are_there_as_null(raw: RawApi) -> None:
    answer = raw.post("/v1/payment_intents", **INTENT)

    for name in ("canceled_at", "customer", "last_payment_error", "latest_charge"):
        assert answer.body[name] is None
