"""The catalogue at Stripe: products, and prices that never change."""

import pytest
import stripe

from tests.sandbox.billing.making import make_payer, make_price, make_product, subscribe
from tests.sandbox.making import Api, error_of
from tests.sandbox_process import SandboxProcess


def test_a_product_is_told_read_changed_and_deleted(
    api: Api, sandbox: SandboxProcess
) -> None:
    product = make_product(api, description="Un mois", metadata={"slug": "integral"})

    updated = api.products.update(product.id, {"name": "Intégral", "active": False})
    gone = api.products.delete(product.id)

    assert updated.name == "Intégral"
    assert gone.deleted is True
    assert api.products.retrieve(product.id).deleted is True
    assert [event["type"] for event in sandbox.events()] == [
        "product.created",
        "product.updated",
        "product.deleted",
    ]
    [told] = sandbox.events(type="product.updated")
    former = told["data"]["previous_attributes"]
    assert former["name"] == "Accompagnement Intégral"
    assert former["active"] is True


def test_a_product_may_bring_its_own_id_once(api: Api) -> None:
    make_product(api, id="integral")

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_product(api, id="integral")

    assert error_of(refusal).code == "resource_already_exists"


def test_a_product_can_be_made_with_its_first_price(api: Api) -> None:
    product = make_product(
        api,
        default_price_data={
            "currency": "eur",
            "unit_amount": 9700,
            "recurring": {"interval": "month"},
        },
        expand=["default_price"],
    )

    assert product.default_price.unit_amount == 9700
    assert product.default_price.product == product.id


def test_a_product_with_prices_stays(api: Api) -> None:
    price = make_price(api)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.products.delete(price.product)

    assert "user-created prices" in error_of(refusal).message


def test_a_recurring_price_is_told_as_a_plan_too(
    api: Api, sandbox: SandboxProcess
) -> None:
    price = make_price(api, recurring={"interval": "month", "interval_count": 3})

    assert price.type == "recurring"
    assert price.recurring.interval_count == 3
    [plan] = sandbox.events(type="plan.created")
    assert plan["data"]["object"]["amount"] == 9700
    assert sandbox.events(type="price.created")


def test_a_price_without_interval_is_paid_once(api: Api) -> None:
    price = make_price(api, recurring=None)

    assert price.type == "one_time"
    assert price.recurring is None


@pytest.mark.parametrize("name", ["unit_amount", "currency", "recurring"])
def test_the_sum_of_a_price_never_changes(api: Api, name: str) -> None:
    price = make_price(api)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.prices.update(price.id, {name: 1})

    assert error_of(refusal).code == "parameter_unknown"


def test_a_price_needs_a_product(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.prices.create({"currency": "eur", "unit_amount": 100})

    assert error_of(refusal).param == "product"


def test_a_price_can_bring_its_product(api: Api) -> None:
    price = api.prices.create(
        {
            "currency": "eur",
            "unit_amount": 100,
            "product_data": {"name": "Tarot"},
            "expand": ["product"],
        }
    )

    assert price.product.name == "Tarot"


def test_a_lookup_key_belongs_to_one_price_and_can_be_handed_over(api: Api) -> None:
    old = make_price(api, lookup_key="integral")
    with pytest.raises(stripe.InvalidRequestError):
        make_price(api, lookup_key="integral")

    new = make_price(api, 10_700, lookup_key="integral", transfer_lookup_key=True)

    [found] = api.prices.list({"lookup_keys": ["integral"]}).data
    assert found.id == new.id
    assert api.prices.retrieve(old.id).lookup_key is None


def test_prices_are_found_by_product_type_interval_and_activity(api: Api) -> None:
    monthly = make_price(api)
    yearly = make_price(api, product=monthly.product, recurring={"interval": "year"})
    once = make_price(api, product=monthly.product, recurring=None)
    api.prices.update(once.id, {"active": False})

    def ids(**wanted: object) -> list[str]:
        found = api.prices.list({"product": monthly.product, **wanted}).data
        return [price.id for price in found]

    assert ids() == [once.id, yearly.id, monthly.id]
    assert ids(type="recurring") == [yearly.id, monthly.id]
    assert ids(recurring={"interval": "year"}) == [yearly.id]
    assert ids(active=False) == [once.id]


def test_subscribers_keep_a_price_that_is_withdrawn_and_see_that_it_is(
    api: Api,
) -> None:
    price = make_price(api)
    subscription = subscribe(api, make_payer(api), price)

    api.prices.update(price.id, {"active": False, "nickname": "2026"})

    [item] = api.subscriptions.retrieve(subscription.id)["items"].data
    assert (item.price.id, item.price.active) == (price.id, False)
    assert item.plan.nickname == "2026"


def test_a_withdrawn_price_takes_no_new_subscribers(api: Api) -> None:
    price = make_price(api, active=False)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        subscribe(api, make_payer(api), price)

    assert "inactive" in error_of(refusal).message
    assert error_of(refusal).param == "items[0][price]"
