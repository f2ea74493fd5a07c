"""Invoices on their own: drafted, described, final, voided, given up, found."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    intent_of,
    make_draft,
    make_payer,
    subscribe,
    told_so_far,
    types_since,
)
from tests.sandbox.making import Api, error_of, make_customer
from tests.sandbox_process import SandboxProcess


def test_a_draft_shows_its_sum_and_no_number(api: Api) -> None:
    draft = make_draft(api, make_customer(api))

    assert (draft.status, draft.total, draft.amount_due) == ("draft", 2000, 2000)
    assert (draft.number, draft.hosted_invoice_url) == (None, None)
    assert draft.billing_reason == "manual"
    assert draft.auto_advance is False
    assert draft.customer_email == "alice@example.org"


def test_finalizing_gives_a_number_and_an_intent(
    api: Api, sandbox: SandboxProcess
) -> None:
    customer = make_customer(api)
    draft = make_draft(api, customer)
    before = told_so_far(sandbox)

    final = api.invoices.finalize_invoice(
        draft.id, {"expand": ["confirmation_secret", "payments"]}
    )

    prefix = api.customers.retrieve(customer.id).invoice_prefix
    assert (final.status, final.number) == ("open", f"{prefix}-0001")
    assert final.status_transitions.finalized_at == final.effective_at
    [payment] = final.payments.data
    intent = api.payment_intents.retrieve(payment.payment.payment_intent)
    assert intent.client_secret == final.confirmation_secret.client_secret
    assert (intent.amount, intent.customer) == (2000, customer.id)
    assert (payment.status, payment.amount_requested) == ("open", 2000)
    assert types_since(sandbox, before) == [
        "payment_intent.created",
        "invoice.finalized",
    ]


def test_numbers_count_up_for_each_customer(api: Api) -> None:
    customer = make_customer(api)

    numbers = [
        api.invoices.finalize_invoice(make_draft(api, customer).id).number
        for _ in range(3)
    ]

    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003"]


def test_voiding_cancels_the_intent(api: Api, sandbox: SandboxProcess) -> None:
    final = api.invoices.finalize_invoice(make_draft(api, make_customer(api)).id)
    intent = intent_of(api, final.id)

    void = api.invoices.void_invoice(final.id)

    assert void.status == "void"
    assert void.status_transitions.voided_at
    canceled = api.payment_intents.retrieve(intent.id)
    assert canceled.cancellation_reason == "void_invoice"
    [payment] = api.invoice_payments.list({"invoice": final.id}).data
    assert payment.status == "canceled"
    assert sandbox.events(type="invoice.voided")


def test_what_was_given_up_can_still_be_paid(api: Api, sandbox: SandboxProcess) -> None:
    final = api.invoices.finalize_invoice(make_draft(api, make_payer(api)).id)

    given_up = api.invoices.mark_uncollectible(final.id)

    assert given_up.status == "uncollectible"
    assert sandbox.events(type="invoice.marked_uncollectible")
    assert api.invoices.pay(final.id).status == "paid"


@pytest.mark.parametrize("doing", ["void_invoice", "mark_uncollectible"])
def test_a_draft_is_not_due_yet(api: Api, doing: str) -> None:
    draft = make_draft(api, make_customer(api))

    with pytest.raises(stripe.InvalidRequestError):
        getattr(api.invoices, doing)(draft.id)


def test_deleting_a_draft_lets_its_items_wait_again(
    api: Api, sandbox: SandboxProcess
) -> None:
    draft = make_draft(api, make_customer(api))

    gone = api.invoices.delete(draft.id)

    assert gone.deleted is True
    assert [item.amount for item in api.invoice_items.list({"pending": True}).data] == [
        2000
    ]
    assert sandbox.events(type="invoice.deleted")
    with pytest.raises(stripe.InvalidRequestError):
        api.invoices.retrieve(draft.id)


def test_a_draft_can_be_described_and_a_final_one_only_annotated(
    api: Api, sandbox: SandboxProcess
) -> None:
    draft = make_draft(api, make_customer(api))
    described = api.invoices.update(draft.id, {"description": "Merci"})
    api.invoices.finalize_invoice(draft.id)

    annotated = api.invoices.update(draft.id, {"metadata": {"order": "7"}})

    assert described.description == annotated.description == "Merci"
    assert annotated.metadata.to_dict() == {"order": "7"}
    assert len(sandbox.events(type="invoice.updated")) == 2
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.invoices.update(draft.id, {"description": "Trop tard"})
    assert error_of(refusal).code == "invoice_not_editable"


def test_invoices_are_found_by_customer_subscription_and_status(api: Api) -> None:
    customer = make_payer(api)
    subscription = subscribe(api, customer)
    draft = make_draft(api, customer)
    make_draft(api, make_customer(api))

    def ids(**wanted: object) -> list[str]:
        return [invoice.id for invoice in api.invoices.list(wanted).data]

    assert ids(customer=customer.id) == [draft.id, subscription.latest_invoice]
    assert ids(subscription=subscription.id) == [subscription.latest_invoice]
    assert ids(customer=customer.id, status="draft") == [draft.id]
