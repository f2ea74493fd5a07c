"""A subscription’s pages."""

from typing import Any

from django.urls import reverse

from orders.models import Service
from payments.models import Subscription
from tests.factories.subscriptions import make_invoice, make_subscription
from tests.sandbox.billing.making import FAILS_LATER
from tests.screens.invented import EMAIL, PLACED, camille, claires_order
from tests.screens.stage import Stage
from tests.screens.state import Group
from tests.subscriptions.subscribing import (
    charge_from_now_on,
    pass_a_period,
    subscribe,
    under_a_clock,
)

GROUP = Group("A subscription")


def claires_subscription(**fields: Any) -> Subscription:
    integral = Service.objects.get(slug="integral")
    subscription = make_subscription(
        email=EMAIL, service=integral, created_at=PLACED, **fields
    )
    order = subscription.first_order
    type(order).objects.filter(pk=order.pk).update(
        number="LU991123-V6DK2S", expert=camille(), created_at=PLACED, paid_at=PLACED
    )
    make_invoice(
        subscription,
        payment=subscription.first_payment,
        created_at=PLACED,
        number="LUM-2099-0041",
    )
    return Subscription.objects.get(pk=subscription.pk)


def subscribed(stage: Stage) -> Subscription:
    """One that Stripe knows."""
    integral = Service.objects.get(slug="integral")
    return subscribe(stage.sandbox, claires_order(service=integral))


def late_subscription() -> Subscription:
    subscription = claires_subscription(status="past_due")
    make_invoice(
        subscription, created_at=PLACED.replace(month=12), number="LUM-2099-0057"
    )
    return subscription


def show(stage: Stage, subscription: Subscription, page: str = "subscription") -> None:
    stage.sign_in(subscription.first_order)
    stage.go(reverse(f"payments:{page}", args=[subscription.pk]))


@GROUP.state("It goes on")
def subscription(stage: Stage) -> None:
    show(stage, claires_subscription())


@GROUP.state("It goes on, in English", language="en")
def subscription_english(stage: Stage) -> None:
    show(stage, claires_subscription())


@GROUP.state("A period is not paid")
def subscription_late(stage: Stage) -> None:
    show(stage, late_subscription())


@GROUP.state("It stops at the end of the period")
def subscription_stopping(stage: Stage) -> None:
    show(stage, claires_subscription(stops_at_period_end=True))


@GROUP.state("It is over")
def subscription_ended(stage: Stage) -> None:
    ended = {"ended_at": PLACED, "end_reason": "payment_failed"}
    show(stage, claires_subscription(status="canceled", **ended))


@GROUP.state("Stop it? asked")
def subscription_stop(stage: Stage) -> None:
    show(stage, claires_subscription(), "subscription-stop")


@GROUP.state("Another card")
def subscription_card(stage: Stage) -> None:
    show(stage, subscribed(stage), "subscription-card")
    stage.customer.wait_until("ready")


@GROUP.state("Pay what is late")
def subscription_pay(stage: Stage) -> None:
    clock = under_a_clock(stage.sandbox, EMAIL)
    subscription = subscribed(stage)
    charge_from_now_on(stage.sandbox, subscription, FAILS_LATER)
    pass_a_period(stage.sandbox, clock, subscription)
    show(stage, subscription, "subscription-pay")
    stage.customer.wait_until("ready")


@GROUP.state("In « Mes commandes »")
def subscription_among_orders(stage: Stage) -> None:
    stage.sign_in(claires_subscription().first_order)
    stage.go(reverse("orders:my-orders"))
