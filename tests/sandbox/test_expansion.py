"""expand[]: ids become objects."""

import pytest
import stripe

from tests.sandbox.making import Api, make_customer, make_intent, make_paid_intent
from tests.sandbox_process import SandboxProcess


def test_an_id_becomes_the_object_it_names(api: Api) -> None:
    customer = make_customer(api)
    intent = make_intent(api, customer=customer.id, expand=["customer"])

    assert intent.customer.email == "alice@example.org"


def test_a_path_goes_through_several_objects(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_paid_intent(api)
    sandbox.wait_until_idle()

    found = api.payment_intents.retrieve(
        intent.id,
        {"expand": ["latest_charge.balance_transaction", "payment_method"]},
    )

    assert found.latest_charge.balance_transaction.net == 7900 - 144
    assert found.payment_method.card.last4 == "4242"


def test_lists_are_expanded_through_data(api: Api) -> None:
    customer = make_customer(api)
    make_intent(api, customer=customer.id)

    listed = api.payment_intents.list({"expand": ["data.customer"]})

    assert listed.data[0].customer.id == customer.id


def test_a_charge_shows_its_refunds_only_when_asked(api: Api) -> None:
    intent = make_paid_intent(api)
    refund = api.refunds.create({"payment_intent": intent.id, "amount": 100})

    plain = api.charges.retrieve(intent.latest_charge)
    expanded = api.charges.retrieve(intent.latest_charge, {"expand": ["refunds"]})

    assert getattr(plain, "refunds", None) is None
    assert [item.id for item in expanded.refunds.data] == [refund.id]


def test_null_stays_null(api: Api) -> None:
    intent = make_intent(api, expand=["customer", "latest_charge.customer"])

    assert intent.customer is None
    assert intent.latest_charge is None


@pytest.mark.parametrize("path", ["horoscope", "status", "amount", "customer.moon"])
def test_what_cannot_be_expanded_is_refused(api: Api, path: str) -> None:
    intent = make_intent(api, customer=make_customer(api).id)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.retrieve(intent.id, {"expand": [path]})

    assert f"This property cannot be expanded ({path})" in str(refusal.value)


def test_four_levels_are_the_most(api: Api) -> None:
    intent = make_intent(api)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.retrieve(intent.id, {"expand": ["a.b.c.d.e"]})

    assert "more than 4 levels" in str(refusal.value)


def test_expanding_changes_nothing_that_is_kept(api: Api) -> None:
    customer = make_customer(api)
    intent = make_intent(api, customer=customer.id, expand=["customer"])

    assert api.payment_intents.retrieve(intent.id).customer == customer.id
