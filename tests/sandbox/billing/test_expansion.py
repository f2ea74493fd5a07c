"""expand[] around subscriptions and invoices."""

import pytest
import stripe

from tests.sandbox.billing.making import make_payer, subscribe
from tests.sandbox.making import Api, error_of


def test_a_subscription_opens_up_to_its_invoice_customer_and_product(
    api: Api,
) -> None:
    customer = make_payer(api)
    subscription = subscribe(
        api,
        customer,
        expand=["customer", "latest_invoice.payments", "items.data.price.product"],
    )

    [payment] = subscription.latest_invoice.payments.data
    [item] = subscription["items"].data
    assert subscription.customer.id == customer.id
    assert payment.invoice == subscription.latest_invoice.id
    assert item.price.product.name == "Accompagnement Intégral"


def test_payments_and_secret_are_shown_only_when_asked(api: Api) -> None:
    subscription = subscribe(api, make_payer(api), expand=["latest_invoice"])

    assert getattr(subscription.latest_invoice, "payments", None) is None
    assert getattr(subscription.latest_invoice, "confirmation_secret", None) is None


@pytest.mark.parametrize("path", ["latest_invoice.payment_intent", "plan"])
def test_what_earlier_versions_had_cannot_be_expanded(api: Api, path: str) -> None:
    customer = make_payer(api)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        subscribe(api, customer, expand=[path])

    assert "cannot be expanded" in error_of(refusal).message
