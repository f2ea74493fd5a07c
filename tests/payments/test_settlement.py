"""apply_intent: what Stripe says, applied to our books."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import Settings

from lumira.outbox.models import Message
from orders.models import OrderEvent
from payments.actions.settlement import apply_intent
from payments.gateway import IntentSnapshot
from payments.models import Payment
from tests.factories.payments import make_payment
from tests.payments.snapshots import declined, snapshot

# All that Stripe may say on the way to a paid order, old news included.
ROAD = (
    "requires_payment_method",
    "declined",
    "requires_confirmation",
    "requires_action",
    "processing",
    "succeeded",
)


def said(payment: Payment, word: str) -> IntentSnapshot:
    return declined(payment) if word == "declined" else snapshot(payment, word)


def hear(payment: Payment, *words: str) -> Payment:
    """Apply these, each to a fresh copy as separate requests do."""
    for word in words:
        apply_intent(Payment.objects.get(pk=payment.pk), said(payment, word), by="x")
    return Payment.objects.select_related("order").get(pk=payment.pk)


def assert_paid_once(payment: Payment) -> None:
    assert (payment.status, payment.stripe_status) == ("completed", "succeeded")
    assert payment.order.status == "paid"
    assert payment.completed_at == payment.order.paid_at is not None
    assert payment.charge_id == "ch_1"
    assert OrderEvent.objects.filter(order=payment.order, after="paid").count() == 1
    assert list(Message.objects.values_list("topic", flat=True)) == ["order_paid"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "status", "order_status"),
    [
        ("requires_payment_method", "pending", "pending"),
        ("declined", "failed", "failed"),
        ("requires_confirmation", "pending", "pending"),
        ("requires_action", "pending", "pending"),
        ("processing", "processing", "pending"),
        ("requires_capture", "processing", "pending"),
        ("succeeded", "completed", "paid"),
        ("canceled", "cancelled", "failed"),
    ],
)
def test_each_word_of_stripe_means_one_state(
    word: str, status: str, order_status: str
) -> None:
    payment = hear(make_payment(), word)

    assert (payment.status, payment.order.status) == (status, order_status)


@pytest.mark.django_db
def test_a_declined_card_keeps_its_codes_and_a_success_clears_them() -> None:
    payment = make_payment()

    failed = hear(payment, "declined")
    codes = (failed.failure_code, failed.decline_code)
    paid = hear(payment, "succeeded")

    assert codes == ("card_declined", "generic_decline")
    assert (paid.failure_code, paid.decline_code) == ("", "")
    assert_paid_once(paid)


@pytest.mark.django_db
def test_a_declined_card_fails_the_attempt_and_leaves_it_open() -> None:
    payment = hear(make_payment(), "declined", "declined")

    lines = OrderEvent.objects.filter(order=payment.order)
    assert payment.is_open
    assert [(line.after, line.note) for line in lines] == [
        ("failed", "requires_payment_method card_declined")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("late", [*ROAD, "canceled"])
def test_nothing_undoes_a_success(late: str) -> None:
    payment = hear(make_payment(), "succeeded", late)

    assert_paid_once(payment)


@pytest.mark.django_db
@pytest.mark.parametrize("late", [word for word in ROAD if word != "succeeded"])
def test_old_news_does_not_open_what_is_cancelled(late: str) -> None:
    payment = hear(make_payment(), "canceled", late)

    assert (payment.status, payment.stripe_status) == ("cancelled", "canceled")
    assert payment.order.status == "failed"


@pytest.mark.django_db
def test_money_on_an_attempt_that_was_cancelled_meanwhile_is_late() -> None:
    """Read while it was open, and another one is open by the time of its success."""
    read = make_payment(intent_id="pi_1")
    Payment.objects.filter(pk=read.pk).update(status="cancelled")
    younger = make_payment(order=read.order, intent_id="pi_2")

    apply_intent(read, said(read, "succeeded"), by="stripe", just_read=True)

    assert read.status == "completed"
    told = set(Message.objects.values_list("key", flat=True))
    assert told >= {
        f"order_paid:{read.order_id}",
        f"close:{younger.pk}",
        "alert:late_money:pi_1",
    }


@pytest.mark.django_db
def test_test_money_pays_nothing_once_our_keys_are_live(settings: Settings) -> None:
    payment = make_payment(livemode=False)
    settings.STRIPE_SECRET_KEY = "sk_live_of_this_shop"

    settled = hear(payment, "succeeded")

    assert (settled.status, settled.order.status) == ("pending", "pending")
    assert Message.objects.get().payload["kind"] == "payment_mismatch"


@pytest.mark.django_db
def test_a_success_with_an_order_that_went_on_does_not_bring_it_back() -> None:
    payment = hear(make_payment(), "succeeded")
    type(payment.order).objects.update(status="processing")

    hear(payment, "succeeded", "succeeded")

    payment.order.refresh_from_db()
    assert payment.order.status == "processing"
    assert Message.objects.count() == 1


class Orders(TestCase):
    """Whatever order the news of one purchase comes in, the end is the same."""

    @hypothesis_settings(
        max_examples=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(
        st.permutations(ROAD).flatmap(
            lambda road: st.lists(st.sampled_from(ROAD), min_size=0, max_size=6).map(
                lambda repeats: [*road[:3], *repeats, *road[3:]]
            )
        )
    )
    def test_any_order_with_any_repeats_ends_paid_once(self, news: list[str]) -> None:
        assert_paid_once(hear(make_payment(), *news))

    def test_every_order_of_the_news_that_matters_ends_paid_once(self) -> None:
        for news in permutations(
            ("declined", "requires_action", "processing", "succeeded")
        ):
            Message.objects.all().delete()

            payment = hear(make_payment(), *news)

            assert_paid_once(payment)
