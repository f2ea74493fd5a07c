"""What the next invoice will say, before it is made."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    DAY_S,
    advance,
    make_clock,
    make_payer,
    make_price,
    period_of,
    subscribe,
    told_so_far,
)
from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox_process import SandboxProcess


def test_the_next_renewal(api: Api, sandbox: SandboxProcess) -> None:
    subscription = subscribe(api, make_payer(api))
    before = told_so_far(sandbox)

    preview = api.invoices.create_preview({"subscription": subscription.id})

    _, end = period_of(subscription)
    assert preview.id.startswith("upcoming_in_")
    assert (preview.total, preview.amount_due, preview.status) == (9700, 9700, "draft")
    assert preview.lines.data[0].period.start == end
    assert len(api.invoices.list().data) == 1
    assert told_so_far(sandbox) == before


def test_what_a_change_of_price_would_cost(api: Api) -> None:
    clock = make_clock(api, "2026-04-01")
    old = make_price(api, 9000)
    dearer = make_price(api, 12_000, product=old.product)
    subscription = subscribe(api, make_payer(api, test_clock=clock.id), old)
    item = subscription["items"].data[0]
    advance(api, clock, clock.frozen_time + 15 * DAY_S)

    items = [{"id": item.id, "price": dearer.id}]
    preview = api.invoices.create_preview(
        {"subscription": subscription.id, "subscription_details": {"items": items}}
    )

    assert [line.amount for line in preview.lines.data] == [6000, -4500, 12_000]
    assert api.invoice_items.list().data == []
    found = api.subscriptions.retrieve(subscription.id)["items"].data[0]
    assert found.price.id == old.id


def test_the_first_invoice_of_somebody_new(api: Api) -> None:
    customer, price = make_customer(api), make_price(api)

    preview = api.invoices.create_preview(
        {
            "customer": customer.id,
            "subscription_details": {"items": [{"price": price.id, "quantity": 2}]},
        }
    )

    assert preview.total == 19_400
    assert api.subscriptions.list({"status": "all"}).data == []


@pytest.mark.parametrize("how", ["canceled", "stopping"])
def test_what_will_not_be_renewed_has_no_next_invoice(api: Api, how: str) -> None:
    subscription = subscribe(api, make_payer(api))
    if how == "canceled":
        api.subscriptions.cancel(subscription.id)
    else:
        api.subscriptions.update(subscription.id, {"cancel_at_period_end": True})

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.invoices.create_preview({"subscription": subscription.id})

    assert error_of(refusal).code == "invoice_upcoming_none"
    assert refusal.value.http_status == 404
