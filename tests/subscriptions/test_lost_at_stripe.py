"""What a subscription needs at Stripe is gone there, or was never answered."""

from typing import Any

import pytest

from payments.actions.start_payment import start_payment
from payments.models import Customer, RecurringPrice, Subscription
from payments.subscriptions.change import move_to_todays_price
from tests.money.books import assert_no_drift, run_reconcile
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    make_monthly,
    make_monthly_order,
    sdk,
    subscribe,
)

pytestmark = pytest.mark.django_db(transaction=True)


def running(sandbox: SandboxProcess) -> list[Any]:
    return list(sdk(sandbox).subscriptions.list({"status": "active"}).data)


def test_a_customer_deleted_in_the_dashboard_subscribes_again(
    sandbox: SandboxProcess,
) -> None:
    service = make_monthly()
    first = subscribe(sandbox, make_monthly_order(service=service))
    sdk(sandbox).customers.delete(first.customer.stripe_id)

    again = subscribe(sandbox, make_monthly_order(service=service))

    assert again.status == "active"
    assert [row.id for row in running(sandbox)] == [again.stripe_id]
    assert Customer.objects.count() == 1


def test_the_subscriptions_of_a_deleted_customer_end_here_too(
    sandbox: SandboxProcess,
) -> None:
    service = make_monthly()
    first = subscribe(sandbox, make_monthly_order(service=service))
    sdk(sandbox).customers.delete(first.customer.stripe_id)
    subscribe(sandbox, make_monthly_order(service=service))

    run = run_reconcile()

    first.refresh_from_db()
    assert run.is_clean
    assert first.status == "canceled"
    assert_no_drift()


@pytest.mark.parametrize("kind", ["prices", "products"])
def test_what_was_archived_in_the_dashboard_is_sold_while_the_catalogue_sells_it(
    sandbox: SandboxProcess, kind: str
) -> None:
    service = make_monthly()
    subscribe(sandbox, make_monthly_order(service=service))
    resource = getattr(sdk(sandbox), kind)
    [thing] = resource.list().data
    resource.update(thing.id, {"active": False})

    again = subscribe(
        sandbox, make_monthly_order(service=service, email="bob@example.org")
    )

    assert again.status == "active"
    assert len(running(sandbox)) == 2


def test_a_subscriber_moves_to_a_price_that_was_archived(
    sandbox: SandboxProcess,
) -> None:
    service = make_monthly()
    subscription = subscribe(sandbox, make_monthly_order(service=service))
    service.price = 11900
    service.save()
    start_payment(make_monthly_order(service=service, email="bob@example.org"))
    newer = RecurringPrice.objects.get(amount=11900)
    sdk(sandbox).prices.update(newer.stripe_id, {"active": False})

    move_to_todays_price(subscription, by="esther")

    subscription.refresh_from_db()
    assert subscription.amount == 11900


def test_data_that_was_deleted_at_stripe_is_made_anew(
    sandbox: SandboxProcess,
) -> None:
    service = make_monthly()
    start_payment(make_monthly_order(service=service))
    sandbox.reset()

    again = subscribe(sandbox, make_monthly_order(service=service))

    assert again.status == "active"
    [product] = sdk(sandbox).products.list().data
    assert product.name == service.name


@pytest.mark.parametrize("route", ["customers", "products", "prices"])
def test_a_failure_that_stripe_stored_does_not_close_the_shop_for_a_day(
    sandbox: SandboxProcess, route: str
) -> None:
    sandbox.fault("500", route=f"POST /v1/{route}", count=1)

    _, intent = start_payment(make_monthly_order())

    assert intent.client_secret
    assert Subscription.objects.get().stripe_id


def test_a_subscription_that_stripe_does_not_know_hides_no_other(
    sandbox: SandboxProcess,
) -> None:
    service = make_monthly()
    lost = subscribe(sandbox, make_monthly_order(service=service))
    other = subscribe(
        sandbox, make_monthly_order(service=service, email="bob@example.org")
    )
    Subscription.objects.filter(pk=lost.pk).update(stripe_id="sub_elsewhere")
    sdk(sandbox).subscriptions.cancel(lost.stripe_id)
    sdk(sandbox).subscriptions.cancel(other.stripe_id)

    report = run_reconcile()

    other.refresh_from_db()
    assert other.status == "canceled"
    assert [drift.about for drift, _ in report.left] == ["sub_elsewhere"]
    assert report.problems == []
