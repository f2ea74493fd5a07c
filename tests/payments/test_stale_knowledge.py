"""What this process believes may be old, and an error may be about something else."""

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from orders.actions.settle import mark_paid, mark_payment_failed
from orders.models import Order, OrderEvent
from payments.actions.refund import carry_out
from payments.actions.settlement import apply_intent
from payments.gateway import WebhookEvent
from payments.models import Payment, Refund
from payments.webhooks.registry import handler_for
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.payments.canned_stripe import CannedStripe
from tests.payments.signed_events import intent_object
from tests.payments.snapshots import snapshot

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_intent_is_compared_with_the_row_and_not_with_an_old_reading() -> None:
    old_reading = make_payment(intent_id=None)
    Payment.objects.filter(pk=old_reading.pk).update(intent_id="pi_our_own")

    believed = apply_intent(
        old_reading, snapshot(old_reading, "succeeded", intent_id="pi_other"), by="test"
    )

    row = Payment.objects.get(pk=old_reading.pk)
    assert not believed
    assert (row.intent_id, row.status, row.order.status) == (
        "pi_our_own",
        "pending",
        "pending",
    )


def test_news_without_a_charge_does_not_undo_the_charge_that_came_meanwhile() -> None:
    old_reading = make_payment()
    row = Payment.objects.filter(pk=old_reading.pk)
    row.update(status="failed", charge_id="ch_refused")

    apply_intent(
        old_reading, snapshot(old_reading, "processing"), by="test", just_read=True
    )

    assert row.values_list("status", "charge_id").get() == ("processing", "ch_refused")


def test_what_was_undone_with_its_transaction_is_done_when_it_is_run_again() -> None:
    payment = make_payment()
    news = WebhookEvent(
        event_id="evt_1",
        type="payment_intent.succeeded",
        livemode=False,
        api_version="",
        object=intent_object(payment),
    )
    change = handler_for(news.type)(news)

    def run_and_undo() -> None:
        with transaction.atomic():  # noqa: TID251 to undo it
            change()
            raise DatabaseError("could not serialize access")

    with pytest.raises(DatabaseError, match="could not serialize"):
        run_and_undo()
    change()

    payment.refresh_from_db()
    assert (payment.status, payment.order.status) == ("completed", "paid")


@pytest.mark.parametrize("believed", ["pending", "failed", "paid"])
def test_a_try_that_failed_leaves_what_was_paid_meanwhile(believed: str) -> None:
    old_reading = make_order(status=believed)
    Order.objects.update(status="paid")

    is_ours = mark_payment_failed(old_reading, by="test", note="Refusé.")

    assert not is_ours
    assert (Order.objects.get().status, old_reading.status) == ("paid", "paid")


@pytest.mark.parametrize("believed", ["pending", "failed", "paid", "refunded"])
@pytest.mark.parametrize(
    ("stands", "ends"),
    [
        ("pending", "paid"),
        ("failed", "paid"),
        ("paid", "paid"),
        ("processing", "processing"),
        ("refunded", "refunded"),
    ],
)
def test_money_settles_what_is_unpaid_whatever_was_believed(
    believed: str, stands: str, ends: str
) -> None:
    old_reading = make_order(status=believed)
    Order.objects.update(status=stands)

    is_ours = mark_paid(old_reading, at=now(), by="test")

    assert is_ours == (stands in ("pending", "failed"))
    assert Order.objects.get().status == ends
    assert OrderEvent.objects.filter(after="paid").count() == is_ours


def test_a_failed_look_for_a_lost_refund_is_no_refusal_of_it(
    canned: CannedStripe,
) -> None:
    payment = make_payment(status="completed", amount_refunding=2000)
    refund = Refund.objects.create(
        payment=payment,
        order_number=payment.order_number,
        amount=2000,
        currency="eur",
        requested_by="esther",
    )
    canned.will_say(
        404, {"error": {"type": "invalid_request_error", "code": "resource_missing"}}
    )

    carry_out(refund)

    payment.refresh_from_db()
    assert (refund.status, payment.amount_refunding) == ("pending", 2000)
    assert all(call.startswith("GET") for call in canned.calls)
