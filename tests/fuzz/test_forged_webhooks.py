"""Ten thousand forged events: each is refused, and leaves no trace but that."""

import json
from random import Random

import pytest
from django.db import connection

from payments.models import Payment
from tests.factories.payments import make_payment
from tests.fuzz.forged_events import MARK, forgeries, post
from tests.fuzz.log_ears import Ears
from tests.lumira.table_contents import table_contents
from tests.payments.signed_events import signature, succeeded

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 20261123
# What is refused before the database is met tells nothing new of another one.
HOW_MANY = 10_000 if connection.vendor == "sqlite" else 500
REFUSALS = {
    400: b"Webhook signature verification failed.",
    413: b'{"error": "payload_too_large"',
}


@pytest.fixture
def right() -> bytes:
    """What Stripe says when an order is paid."""
    words = {"description": MARK, "receipt_email": f"{MARK}@example.org"}
    return json.dumps(succeeded(make_payment(), **words)).encode()


def test_forged_events_are_refused_and_leave_nothing(right: bytes) -> None:
    before = table_contents()
    wrong = []

    with Ears(MARK, failures_too=True) as ears:
        for kind, request in forgeries(Random(SEED), right, HOW_MANY):
            told = request.send()
            if not told.body.startswith(REFUSALS.get(told.status, b"none")):
                wrong.append((kind, request, told))

    assert wrong[:3] == [], f"{len(wrong)} of them, by Random({SEED})"
    assert table_contents() == before
    assert ears.heard >= HOW_MANY
    assert ears.too_much[:3] == []


def test_the_event_they_are_made_of_is_a_good_one(right: bytes) -> None:
    told = post(right, signature(right)).send()

    assert told.status == 200
    assert Payment.objects.get().status == "completed"
