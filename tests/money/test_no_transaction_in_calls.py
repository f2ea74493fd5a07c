"""No database transaction is open while Stripe is asked (SPEC §5.6).

The interpreter itself says when something is sent; nothing of ours is replaced.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from payments.actions.close_payment import close_payment
from payments.actions.confirm_payment import confirm_payment
from payments.actions.start_payment import start_payment
from tests.factories.orders import make_order
from tests.money.books import let_pass, paid, pay, refund, run_reconcile
from tests.money.dashboard import contest, news, refund_there, warn
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import deliver
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
_listening: list[list[bool]] = []


def _listen(event: str, args: tuple[Any, ...]) -> None:
    if event == "http.client.send":
        for heard in _listening:
            heard.append(connection.in_atomic_block)


sys.addaudithook(_listen)  # for good; it does nothing while nobody listens


@contextmanager
def calls() -> Iterator[list[bool]]:
    """For each thing sent over HTTP meanwhile: whether a transaction was open."""
    heard: list[bool] = []
    _listening.append(heard)
    try:
        yield heard
    finally:
        _listening.remove(heard)


def test_while_a_payment_is_opened_confirmed_and_closed(
    sandbox: SandboxProcess,
) -> None:
    order = make_order()

    with calls() as heard:
        payment, _intent = start_payment(order)
        start_payment(order)
        confirm_payment(payment, by="customer")
        close_payment(payment, by="expiry")

    assert len(heard) >= 4
    assert not any(heard)


def test_while_money_goes_back(sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)

    with calls() as heard:
        refund(payment, 2000)

    assert len(heard) >= 2
    assert not any(heard)


def test_while_events_are_acted_upon(client: Client, sandbox: SandboxProcess) -> None:
    payment = pay(sandbox, card="4000000000007726")
    refund_there(sandbox, payment, amount=1000)
    warn(sandbox, payment)
    contest(sandbox, payment)
    sandbox.pay(str(open_purchase().intent_id), card="4000000000000002")
    events = news(sandbox)

    with calls() as heard:
        answers = {deliver(client, event).status_code for event in events}

    assert answers == {200}
    assert len(heard) >= 5
    assert not any(heard)


def test_while_books_are_reconciled(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    refund_there(sandbox, payment)
    open_purchase()
    let_pass(timedelta(hours=25))

    with calls() as heard:
        report = run_reconcile()

    assert report.expired == 1
    assert len(heard) >= 8
    assert not any(heard)
