"""An invoice is paid: by a card, another way, or not."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    ASKS_EACH_TIME,
    FAILS_LATER,
    HOUR_S,
    advance,
    intent_of,
    make_clock,
    make_draft,
    make_payer,
    subscribe,
)
from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox_process import SandboxProcess


def test_paying_with_the_default_card(api: Api, sandbox: SandboxProcess) -> None:
    draft = make_draft(api, make_payer(api))

    paid = api.invoices.pay(draft.id)

    assert (paid.status, paid.amount_paid, paid.amount_remaining) == ("paid", 2000, 0)
    assert paid.status_transitions.paid_at
    [payment] = api.invoice_payments.list({"invoice": paid.id}).data
    assert (payment.status, payment.amount_paid) == ("paid", 2000)
    assert sandbox.events(type="invoice_payment.paid")
    assert sandbox.events(type="invoice.payment_succeeded")


def test_paying_with_a_card_of_the_moment(api: Api) -> None:
    customer = make_customer(api)
    card = api.payment_methods.attach("pm_card_mastercard", {"customer": customer.id})

    paid = api.invoices.pay(make_draft(api, customer).id, {"payment_method": card.id})

    assert intent_of(api, paid.id).payment_method == card.id


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (FAILS_LATER, "card_declined"),
        (ASKS_EACH_TIME, "invoice_payment_intent_requires_action"),
    ],
)
def test_a_card_that_does_not_pay_is_a_card_error(
    api: Api, sandbox: SandboxProcess, method: str, code: str
) -> None:
    draft = make_draft(api, make_payer(api, method))

    with pytest.raises(stripe.CardError) as refusal:
        api.invoices.pay(draft.id)

    assert (refusal.value.http_status, error_of(refusal).code) == (402, code)
    assert api.invoices.retrieve(draft.id).status == "open"
    assert sandbox.events(type="invoice.payment_failed")


def test_without_a_card_nothing_can_be_paid(api: Api) -> None:
    draft = make_draft(api, make_customer(api))

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.invoices.pay(draft.id)

    assert "no attached payment source" in error_of(refusal).message


def test_an_invoice_is_paid_once(api: Api) -> None:
    draft = make_draft(api, make_payer(api))
    api.invoices.pay(draft.id)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.invoices.pay(draft.id)

    assert error_of(refusal).message == "Invoice is already paid"
    assert len(api.charges.list().data) == 1


def test_money_that_came_another_way(api: Api, sandbox: SandboxProcess) -> None:
    draft = make_draft(api, make_customer(api))
    final = api.invoices.finalize_invoice(draft.id)
    intent = intent_of(api, final.id)

    paid = api.invoices.pay(final.id, {"paid_out_of_band": True})

    assert (paid.status, paid.amount_paid_off_stripe) == ("paid", 2000)
    assert api.payment_intents.retrieve(intent.id).status == "canceled"
    assert sandbox.events(type="invoice.paid")
    assert sandbox.events(type="invoice.payment_succeeded") == []


def test_an_invoices_intent_follows_the_invoice(api: Api) -> None:
    final = api.invoices.finalize_invoice(make_draft(api, make_customer(api)).id)
    intent = intent_of(api, final.id)

    with pytest.raises(stripe.InvalidRequestError):
        api.payment_intents.cancel(intent.id)
    with pytest.raises(stripe.InvalidRequestError):
        api.payment_intents.update(intent.id, {"amount": 1})

    assert api.payment_intents.retrieve(intent.id).amount == 2000


def test_an_invoice_is_found_by_its_intent(api: Api) -> None:
    final = api.invoices.finalize_invoice(make_draft(api, make_customer(api)).id)
    other = api.invoices.finalize_invoice(make_draft(api, make_customer(api)).id)
    intent = intent_of(api, final.id)

    wanted = {"payment": {"type": "payment_intent", "payment_intent": intent.id}}
    [found] = api.invoice_payments.list(wanted).data

    assert found.invoice == final.id != other.id
    assert api.invoice_payments.retrieve(found.id).is_default is True
    assert len(api.invoice_payments.list({"status": "open"}).data) == 2


@pytest.mark.parametrize(
    "doing", ["finalize_invoice", "void_invoice", "mark_uncollectible", "delete"]
)
def test_what_is_paid_stays_paid(api: Api, doing: str) -> None:
    draft = make_draft(api, make_payer(api))
    api.invoices.pay(draft.id)

    with pytest.raises(stripe.InvalidRequestError):
        getattr(api.invoices, doing)(draft.id)

    assert api.invoices.retrieve(draft.id).status == "paid"


def test_a_draft_that_advances_by_itself_is_paid_two_hours_later(api: Api) -> None:
    clock = make_clock(api)
    draft = make_draft(api, make_payer(api, test_clock=clock.id), auto_advance=True)
    assert draft.automatically_finalizes_at == clock.frozen_time + HOUR_S

    advance(api, clock, clock.frozen_time + HOUR_S)

    assert api.invoices.retrieve(draft.id).status == "paid"


def test_a_final_invoice_that_advances_is_tried_an_hour_later(api: Api) -> None:
    clock = make_clock(api)
    draft = make_draft(api, make_payer(api, test_clock=clock.id))
    final = api.invoices.finalize_invoice(draft.id, {"auto_advance": True})
    assert final.next_payment_attempt == clock.frozen_time + HOUR_S

    advance(api, clock, final.next_payment_attempt)

    assert api.invoices.retrieve(draft.id).status == "paid"


def test_an_invoice_that_is_sent_waits_for_its_payer(
    api: Api, sandbox: SandboxProcess
) -> None:
    draft = make_draft(
        api,
        make_customer(api),
        collection_method="send_invoice",
        days_until_due=7,
    )

    sent = api.invoices.send_invoice(draft.id)

    assert (sent.status, sent.due_date) == ("open", draft.created + 7 * 24 * HOUR_S)
    assert sandbox.events(type="invoice.sent")
    sandbox.pay(intent_of(api, sent.id).id)
    assert api.invoices.retrieve(sent.id).status == "paid"


def test_a_refunded_period_stays_paid(api: Api, sandbox: SandboxProcess) -> None:
    subscription = subscribe(api, make_payer(api))
    intent = intent_of(api, subscription.latest_invoice)

    refund = api.refunds.create({"payment_intent": intent.id})

    invoice = api.invoices.retrieve(subscription.latest_invoice)
    assert (refund.amount, refund.status) == (9700, "succeeded")
    assert (invoice.status, invoice.amount_paid) == ("paid", 9700)
    assert api.subscriptions.retrieve(subscription.id).status == "active"
    assert sandbox.events(type="charge.refunded")
