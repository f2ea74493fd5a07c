"""Whoever has a subscription can not try cards on it without end either."""

import pytest
from django.test import Client

from orders.access import COOKIE, access_token
from payments.models import Subscription
from payments.status import InvoiceStatus, SubscriptionStatus
from tests.factories.subscriptions import make_invoice, make_subscription
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def subscription(sandbox: SandboxProcess) -> Subscription:
    late = make_subscription(status=SubscriptionStatus.PAST_DUE)
    make_invoice(late, status=InvoiceStatus.OPEN)
    return late


@pytest.mark.parametrize(
    ("page", "sent"), [("carte", {"setup_intent": "seti_1"}), ("regler", {})]
)
def test_a_form_that_comes_back_all_the_time_asks_stripe_no_more(
    client: Client,
    sandbox: SandboxProcess,
    subscription: Subscription,
    page: str,
    sent: dict[str, str],
) -> None:
    client.cookies[COOKIE] = access_token(subscription.first_order)
    address = f"/abonnements/{subscription.pk}/{page}/"
    for _time in range(40):
        assert client.post(address, sent).status_code != 429
    asked = len(sandbox.requests())

    refused = client.post(address, sent)

    assert refused.status_code == 429
    assert len(sandbox.requests()) == asked > 0
