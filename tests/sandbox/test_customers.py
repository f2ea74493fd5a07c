"""Customers, their payment methods, and setting one up for later."""

import pytest
import stripe

from tests.sandbox.making import Api, error_of, make_customer, make_paid_intent
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess


def test_a_customer_is_made_changed_and_found_by_email(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api, name="Alice", address={"city": "Lyon"})
    make_customer(api, email="bob@example.org")

    api.customers.update(customer.id, {"phone": "+33100000000"})

    [found] = api.customers.list({"email": "alice@example.org"}).data
    [updated] = sandbox.events(type="customer.updated")
    assert found.id == customer.id
    assert (found.name, found.phone) == ("Alice", "+33100000000")
    assert found.address.city == "Lyon"
    assert updated["data"]["previous_attributes"] == {"phone": None}


def test_a_deleted_customer_says_so_and_can_do_nothing(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api, payment_method="pm_card_visa")

    api.customers.delete(customer.id)

    gone = api.customers.retrieve(customer.id)
    assert gone.deleted is True
    assert api.customers.list().data == []
    assert len(sandbox.events(type="customer.deleted")) == 1
    assert len(sandbox.events(type="payment_method.detached")) == 1
    with pytest.raises(stripe.InvalidRequestError):
        make_paid_intent(api, customer=customer.id)
    with pytest.raises(stripe.InvalidRequestError):
        api.customers.update(customer.id, {"name": "B"})


def test_a_method_is_attached_listed_and_detached(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    method = api.payment_methods.attach("pm_card_visa", {"customer": customer.id})

    listed = api.customers.payment_methods.list(customer.id, {"type": "card"})
    one = api.customers.payment_methods.retrieve(customer.id, method.id)
    detached = api.payment_methods.detach(method.id)

    assert [item.id for item in listed.data] == [method.id]
    assert one.customer == customer.id
    assert detached.customer is None
    assert api.payment_methods.list({"customer": customer.id}).data == []
    assert len(sandbox.events(type="payment_method.attached")) == 1


def test_a_method_of_another_customer_is_not_found(api: Api) -> None:
    alice, bob = make_customer(api), make_customer(api)
    method = api.payment_methods.attach("pm_card_visa", {"customer": alice.id})

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.customers.payment_methods.retrieve(bob.id, method.id)
    with pytest.raises(stripe.InvalidRequestError):
        api.payment_methods.attach(method.id, {"customer": bob.id})

    assert refusal.value.http_status == 404


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("pm_card_chargeDeclined", "card_declined"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
    ],
)
def test_the_bank_is_asked_when_a_card_is_attached(
    api: Api, token: str, code: str
) -> None:
    customer = make_customer(api)

    with pytest.raises(stripe.CardError) as refusal:
        api.payment_methods.attach(token, {"customer": customer.id})

    assert refusal.value.code == code


def test_the_0341_card_attaches_and_every_charge_fails(api: Api) -> None:
    customer = make_customer(api)
    method = api.payment_methods.attach(
        "pm_card_chargeCustomerFail", {"customer": customer.id}
    )

    with pytest.raises(stripe.CardError) as refusal:
        make_paid_intent(api, method.id, customer=customer.id)

    assert refusal.value.code == "card_declined"


def test_an_attached_method_can_be_changed(api: Api, sandbox: SandboxProcess) -> None:
    customer = make_customer(api)
    method = api.payment_methods.attach("pm_card_visa", {"customer": customer.id})

    changed = api.payment_methods.update(
        method.id,
        {"billing_details": {"name": "Alice"}, "card": {"exp_year": 2040}},
    )

    assert changed.billing_details.name == "Alice"
    assert changed.card.exp_year == 2040
    assert len(sandbox.events(type="payment_method.updated")) == 1


def test_a_loose_method_cannot_be_changed(api: Api) -> None:
    method = api.payment_methods.create({"type": "card", "card": {"token": "tok_visa"}})

    with pytest.raises(stripe.InvalidRequestError):
        api.payment_methods.update(method.id, {"metadata": {"a": "b"}})


def test_a_customer_has_a_default_method_for_invoices(api: Api) -> None:
    customer = make_customer(api, payment_method="pm_card_visa")
    [method] = api.customers.payment_methods.list(customer.id).data

    api.customers.update(
        customer.id, {"invoice_settings": {"default_payment_method": method.id}}
    )

    found = api.customers.retrieve(
        customer.id, {"expand": ["invoice_settings.default_payment_method"]}
    )
    assert found.invoice_settings.default_payment_method.card.last4 == "4242"


def test_a_setup_keeps_a_card_without_taking_money(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    setup = api.setup_intents.create({"customer": customer.id})

    done = api.setup_intents.confirm(setup.id, {"payment_method": "pm_card_visa"})

    [method] = api.customers.payment_methods.list(customer.id).data
    assert setup.status == "requires_payment_method"
    assert done.status == "succeeded"
    assert done.payment_method == method.id
    assert api.charges.list().data == []
    types = [event["type"] for event in sandbox.events()]
    assert types[-2:] == ["payment_method.attached", "setup_intent.succeeded"]


def test_a_setup_may_be_declined(api: Api, sandbox: SandboxProcess) -> None:
    setup = api.setup_intents.create({"payment_method": "pm_card_chargeDeclined"})

    with pytest.raises(stripe.CardError) as refusal:
        api.setup_intents.confirm(setup.id)

    found = api.setup_intents.retrieve(setup.id)
    assert setup.status == "requires_confirmation"
    assert error_of(refusal).setup_intent.id == setup.id
    assert found.status == "requires_payment_method"
    assert found.last_setup_error.code == "card_declined"
    assert len(sandbox.events(type="setup_intent.setup_failed")) == 1


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("succeed", "succeeded"), ("fail", "requires_payment_method")],
)
def test_a_setup_in_the_browser_asks_for_3d_secure(
    api: Api, raw: RawApi, outcome: str, status: str
) -> None:
    setup = api.setup_intents.create({"customer": make_customer(api).id})
    secret = {"client_secret": setup.client_secret}
    card = {
        "payment_method_data[type]": "card",
        "payment_method_data[card][number]": "4000002500003155",
        "payment_method_data[card][exp_month]": "12",
        "payment_method_data[card][exp_year]": "2034",
        "payment_method_data[card][cvc]": "123",
    }
    path = f"/v1/setup_intents/{setup.id}"

    waiting = raw.from_browser("POST", f"{path}/confirm", {**secret, **card})
    answer = raw.call(
        "POST",
        "/_/browser/authenticate",
        {"setup_intent": setup.id, **secret, "outcome": outcome},
        headers={},
    )

    seen = raw.from_browser("GET", path, secret)
    assert waiting.body["status"] == "requires_action"
    assert answer.body["status"] == status
    assert seen.body["status"] == status
    assert "customer" not in seen.body


def test_a_setup_can_be_canceled_until_it_is_done(
    api: Api, sandbox: SandboxProcess
) -> None:
    setup = api.setup_intents.create()
    done = api.setup_intents.create(
        {"confirm": True, "payment_method": "pm_card_visa", "usage": "on_session"}
    )

    canceled = api.setup_intents.cancel(setup.id, {"cancellation_reason": "abandoned"})

    assert canceled.status == "canceled"
    assert done.usage == "on_session"
    assert len(sandbox.events(type="setup_intent.canceled")) == 1
    for over in (setup, done):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            api.setup_intents.cancel(over.id)
        assert refusal.value.code == "setup_intent_unexpected_state"


def test_setups_are_changed_and_listed(api: Api) -> None:
    customer = make_customer(api)
    setup = api.setup_intents.create({"customer": customer.id})
    api.setup_intents.create()

    changed = api.setup_intents.update(setup.id, {"description": "Abonnement"})
    listed = api.setup_intents.list({"customer": customer.id})

    assert changed.description == "Abonnement"
    assert [item.id for item in listed.data] == [setup.id]
