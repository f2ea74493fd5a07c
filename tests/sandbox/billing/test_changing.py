"""Another price, another quantity, another interval, in the middle of a period."""

from typing import Any

import pytest
import stripe

from tests.sandbox.billing.making import (
    DAY_S,
    FAILS_LATER,
    advance,
    give_card,
    intent_of,
    invoices_of,
    latest_invoice,
    make_clock,
    make_payer,
    make_price,
    pass_renewal,
    period_of,
    subscribe,
    told_so_far,
    types_since,
)
from tests.sandbox.making import Api, error_of
from tests.sandbox_process import SandboxProcess


class Halfway:
    """A subscriber in the middle of a period of 30 days, and a dearer price."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.clock = make_clock(api, "2026-04-01")
        self.customer = make_payer(api, test_clock=self.clock.id)
        self.old = make_price(api, 9000)
        self.new = make_price(api, 12_000, product=self.old.product)
        self.subscription = subscribe(api, self.customer, self.old)
        self.item = self.subscription["items"].data[0]
        advance(api, self.clock, self.clock.frozen_time + 15 * DAY_S)

    def change(self, price: Any, **how: object) -> Any:
        wanted = {"items": [{"id": self.item.id, "price": price.id}], **how}
        return self.api.subscriptions.update(self.subscription.id, wanted)

    def amounts(self, invoice: Any) -> list[int]:
        return [line.amount for line in invoice.lines.data]


@pytest.fixture
def halfway(api: Api) -> Halfway:
    return Halfway(api)


def test_a_dearer_price_is_prorated_onto_the_next_invoice(
    api: Api, halfway: Halfway
) -> None:
    changed = halfway.change(halfway.new)

    assert changed["items"].data[0].id == halfway.item.id
    assert changed["items"].data[0].price.id == halfway.new.id
    assert period_of(changed) == period_of(halfway.subscription)
    pending = api.invoice_items.list({"pending": True}).data
    assert [item.amount for item in pending] == [6000, -4500]
    assert {item.proration for item in pending} == {True}
    invoice = pass_renewal(api, halfway.clock, halfway.subscription)
    assert halfway.amounts(invoice) == [6000, -4500, 12_000]
    assert invoice.amount_paid == 13_500


def test_a_proration_says_what_it_is_for(api: Api, halfway: Halfway) -> None:
    first = latest_invoice(api, halfway.subscription)

    halfway.change(halfway.new)

    debit, credit = api.invoice_items.list({"pending": True}).data
    name = "Accompagnement Intégral"
    assert credit.description == f"Unused time on {name} after 16 Apr 2026"
    assert debit.description == f"Remaining time on {name} after 16 Apr 2026"
    credited = credit.proration_details.credited_items.invoice_line_item_details
    assert credited.invoice == first.id
    assert credited.invoice_line_items == [first.lines.data[0].id]
    assert credit.parent.subscription_details.subscription_item == halfway.item.id


def test_none_changes_the_price_from_the_next_period_on(
    api: Api, halfway: Halfway
) -> None:
    halfway.change(halfway.new, proration_behavior="none")

    invoice = pass_renewal(api, halfway.clock, halfway.subscription)

    assert halfway.amounts(invoice) == [12_000]


def test_always_invoice_charges_the_difference_now(
    api: Api, sandbox: SandboxProcess, halfway: Halfway
) -> None:
    before = told_so_far(sandbox)

    changed = halfway.change(halfway.new, proration_behavior="always_invoice")

    invoice = api.invoices.retrieve(changed.latest_invoice)
    assert invoice.billing_reason == "subscription_update"
    assert (invoice.status, invoice.amount_paid) == ("paid", 1500)
    told = types_since(sandbox, before)
    assert told[:3] == ["invoiceitem.created", "invoiceitem.created", "invoice.created"]
    assert told.count("customer.subscription.updated") == 1


def test_a_cheaper_price_leaves_a_credit_for_the_next_invoice(
    api: Api, halfway: Halfway
) -> None:
    cheaper = make_price(api, 3000, product=halfway.old.product)

    changed = halfway.change(cheaper, proration_behavior="always_invoice")

    credited = api.invoices.retrieve(changed.latest_invoice)
    assert (credited.total, credited.amount_due) == (-3000, 0)
    assert (credited.status, credited.ending_balance) == ("paid", -3000)
    assert api.customers.retrieve(halfway.customer.id).balance == -3000
    renewal = pass_renewal(api, halfway.clock, halfway.subscription)
    assert (renewal.total, renewal.amount_due) == (3000, 0)
    assert api.customers.retrieve(halfway.customer.id).balance == 0


def test_a_change_that_cannot_be_paid_is_past_due(api: Api, halfway: Halfway) -> None:
    give_card(api, halfway.customer, FAILS_LATER)

    changed = halfway.change(halfway.new, proration_behavior="always_invoice")

    assert changed.status == "past_due"
    assert changed["items"].data[0].price.id == halfway.new.id


def test_error_if_incomplete_changes_nothing(api: Api, halfway: Halfway) -> None:
    give_card(api, halfway.customer, FAILS_LATER)

    with pytest.raises(stripe.CardError):
        halfway.change(
            halfway.new,
            proration_behavior="always_invoice",
            payment_behavior="error_if_incomplete",
        )

    found = api.subscriptions.retrieve(halfway.subscription.id)
    assert (found.status, found["items"].data[0].price.id) == ("active", halfway.old.id)
    assert api.invoice_items.list().data == []


def test_default_incomplete_waits_for_the_buyer(
    api: Api, sandbox: SandboxProcess, halfway: Halfway
) -> None:
    changed = halfway.change(
        halfway.new,
        proration_behavior="always_invoice",
        payment_behavior="default_incomplete",
    )
    assert changed.status == "past_due"

    sandbox.pay(intent_of(api, changed.latest_invoice).id)

    assert api.subscriptions.retrieve(changed.id).status == "active"


def test_another_interval_starts_a_new_period_now(api: Api, halfway: Halfway) -> None:
    yearly = make_price(
        api, 90_000, product=halfway.old.product, recurring={"interval": "year"}
    )

    changed = halfway.change(yearly)

    now = api.test_helpers.test_clocks.retrieve(halfway.clock.id).frozen_time
    assert period_of(changed) == (now, now + 365 * DAY_S)
    assert changed.billing_cycle_anchor == now
    invoice = api.invoices.retrieve(changed.latest_invoice)
    assert halfway.amounts(invoice) == [-4500, 90_000]
    assert invoice.amount_paid == 85_500


def test_the_anchor_can_be_set_to_now(api: Api, halfway: Halfway) -> None:
    changed = api.subscriptions.update(
        halfway.subscription.id, {"billing_cycle_anchor": {"type": "now"}}
    )

    now = api.test_helpers.test_clocks.retrieve(halfway.clock.id).frozen_time
    assert period_of(changed)[0] == now
    assert halfway.amounts(api.invoices.retrieve(changed.latest_invoice)) == [
        -4500,
        9000,
    ]


def test_a_proration_can_count_from_another_moment(api: Api, halfway: Halfway) -> None:
    start, _ = period_of(halfway.subscription)

    halfway.change(halfway.new, proration_date=start + 10 * DAY_S)

    pending = api.invoice_items.list({"pending": True}).data
    assert [item.amount for item in pending] == [8000, -6000]


def test_a_quantity_is_prorated_too(api: Api, halfway: Halfway) -> None:
    api.subscription_items.update(halfway.item.id, {"quantity": 3})

    pending = api.invoice_items.list({"pending": True}).data
    assert [item.amount for item in pending] == [13_500, -4500]
    assert pending[0].description.startswith("Remaining time on 3 × ")


def test_items_can_be_added_read_listed_and_taken_away(
    api: Api, halfway: Halfway
) -> None:
    extra = make_price(api, 600)
    made = api.subscription_items.create(
        {"subscription": halfway.subscription.id, "price": extra.id, "quantity": 2}
    )

    listed = api.subscription_items.list({"subscription": halfway.subscription.id})
    gone = api.subscription_items.delete(made.id)

    assert {item.id for item in listed.data} == {halfway.item.id, made.id}
    assert gone.deleted is True
    found = api.subscriptions.retrieve(halfway.subscription.id)
    assert [item.id for item in found["items"].data] == [halfway.item.id]
    pending = api.invoice_items.list({"pending": True}).data
    assert [item.amount for item in pending] == [-600, 600]
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.subscription_items.retrieve(made.id)
    assert refusal.value.http_status == 404


def test_the_last_item_stays(api: Api, halfway: Halfway) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.subscription_items.delete(halfway.item.id)

    assert "at least one" in error_of(refusal).message


def test_saying_the_same_again_is_free_and_untold(
    api: Api, sandbox: SandboxProcess, halfway: Halfway
) -> None:
    before = told_so_far(sandbox)

    halfway.change(halfway.old)

    assert types_since(sandbox, before) == []
    assert len(invoices_of(api, halfway.subscription)) == 1


def test_metadata_and_description_are_told_with_their_former_values(
    api: Api, sandbox: SandboxProcess, halfway: Halfway
) -> None:
    changed = api.subscriptions.update(
        halfway.subscription.id,
        {"description": "Un mois de plus", "metadata": {"level": "4"}},
    )

    assert changed.metadata.to_dict() == {"level": "4"}
    [told] = sandbox.events(type="customer.subscription.updated")
    assert told["data"]["previous_attributes"] == {
        "description": None,
        "metadata": {"level": None},
    }


def test_what_is_refused_changes_nothing(api: Api, halfway: Halfway) -> None:
    wrong = [{"id": halfway.item.id, "price": "price_none"}]

    with pytest.raises(stripe.InvalidRequestError):
        api.subscriptions.update(
            halfway.subscription.id, {"description": "Jamais", "items": wrong}
        )

    found = api.subscriptions.retrieve(halfway.subscription.id)
    assert found.description is None
