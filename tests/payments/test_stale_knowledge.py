"""What this process believes may be old, and an error may be about something else."""

import pytest

from payments.actions.refund import carry_out
from payments.actions.settlement import apply_intent
from payments.models import Payment, Refund
from tests.factories.payments import make_payment
from tests.payments.canned_stripe import CannedStripe
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
