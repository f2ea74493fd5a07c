"""Events that Stripe signed and we cannot make sense of.

An event as such is there (id, type, mode), so it is not refused with 400: it is kept in
the ledger with what went wrong, answered with 500, and Stripe sends it again. Perhaps
we have learned to read it by then. Only where the object's very id is no name there is
nothing to keep: 400, as for what is no event at all (forged_events.py).
"""

import copy
import json
from random import Random
from typing import Any

import pytest

from orders.models import Order
from orders.status import UNPAID
from payments.models import Payment, ProcessedEvent
from payments.status import PaymentStatus
from payments.webhooks.registry import acted_on
from tests.fuzz.forged_events import MARK, post
from tests.fuzz.log_ears import Ears
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import event, intent_object, signature
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 20261123
HOW_MANY = 250
# Whether its row in the ledger says that it was processed; None if there is no row.
EXPECTED = {200: True, 500: False, 400: None}
ODD = (
    *(None, True, 0, -1, 1.5, 2**70, "", "odd", "\x00", "\ud800", "x" * 9_000),
    *([], {}, ["odd"], {"id": "odd"}, {"orderId": "odd"}, [None], {"id": None}),
)


def whole_object(payment: Payment) -> dict[str, Any]:
    """Something of an intent, a charge, a refund, a dispute and an invoice."""
    return intent_object(payment, amount_received=1) | {
        "payment_intent": payment.intent_id,
        "created": 1_795_000_000,
        "reason": "fraudulent",
        "fraud_type": "misc",
        "actionable": True,
        "balance_transactions": [{"amount": -7900}],
        "evidence_details": {"due_by": 1_796_000_000},
        "last_payment_error": {"code": "card_declined", "message": MARK},
        "parent": {"subscription_details": {"subscription": "sub_1", "metadata": {}}},
        "subscription": "sub_1",
        "receipt_email": f"{MARK}@example.org",
        "description": MARK,
        "items": {"data": [{"price": {"id": "price_1"}}]},
    }


def mangle(random: Random, whole: Any) -> None:
    """Take a member away, or put something odd in its place; at any depth."""
    name = random.choice(list(whole) if isinstance(whole, dict) else range(len(whole)))
    if isinstance(whole[name], dict | list) and whole[name] and random.random() < 0.6:
        mangle(random, whole[name])
    elif isinstance(whole, dict) and random.random() < 0.3:
        del whole[name]
    else:
        whole[name] = random.choice(ODD)


def test_they_are_kept_or_answered_with_500_and_pay_nothing(
    sandbox: SandboxProcess,
) -> None:
    random = Random(SEED)
    payment = open_purchase()
    whole = whole_object(payment)
    wrong = []

    with Ears(MARK, failures_too=False) as ears:
        for _n in range(HOW_MANY):
            about = copy.deepcopy(whole)
            for _time in range(random.choice((1, 1, 2, 5))):
                mangle(random, about)
            happened = event(random.choice(sorted(acted_on())), about, livemode=False)
            body = json.dumps(happened).encode()
            told = post(body, signature(body)).send()
            kept = ProcessedEvent.objects.filter(pk=happened["id"]).first()
            if EXPECTED.get(told.status, ...) is not (kept and kept.processed):
                wrong.append((told, kept, happened))

    assert wrong[:3] == [], f"{len(wrong)} of them, by Random({SEED})"
    assert ears.too_much[:3] == []
    assert not Payment.objects.filter(status=PaymentStatus.COMPLETED).exists()
    assert not Order.objects.exclude(status__in=UNPAID).exists()
