"""Refunds: never more than was taken, and never silent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox_process import SandboxProcess


def test_a_refund_gives_everything_back(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_paid_intent(api)

    refund = api.refunds.create(
        {
            "payment_intent": intent.id,
            "reason": "requested_by_customer",
            "metadata": {"refundId": "1"},
        }
    )

    charge = api.charges.retrieve(intent.latest_charge)
    assert (refund.status, refund.amount) == ("succeeded", 7900)
    assert refund.charge == charge.id
    assert refund.reason == "requested_by_customer"
    assert refund.metadata["refundId"] == "1"
    assert (charge.refunded, charge.amount_refunded) == (True, 7900)
    types = [event["type"] for event in sandbox.events()]
    assert types.count("refund.created") == 1
    assert types.count("charge.refunded") == 1


def test_a_partial_refund_leaves_the_charge_not_refunded(api: Api) -> None:
    intent = make_paid_intent(api)

    api.refunds.create({"charge": intent.latest_charge, "amount": 900})

    charge = api.charges.retrieve(intent.latest_charge)
    assert (charge.refunded, charge.amount_refunded) == (False, 900)


def test_refunds_add_up_to_the_charge_at_most(api: Api) -> None:
    intent = make_paid_intent(api)
    api.refunds.create({"payment_intent": intent.id, "amount": 7000})

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.refunds.create({"payment_intent": intent.id, "amount": 901})

    assert "greater than unrefunded amount on charge (€9.00)" in str(refusal.value)
    rest = api.refunds.create({"payment_intent": intent.id})
    assert rest.amount == 900
    assert api.charges.retrieve(intent.latest_charge).refunded is True


def test_what_is_refunded_cannot_be_refunded_again(api: Api) -> None:
    intent = make_paid_intent(api)
    api.refunds.create({"payment_intent": intent.id})

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.refunds.create({"payment_intent": intent.id})

    assert refusal.value.code == "charge_already_refunded"


def test_many_at_once_do_not_refund_too_much(api: Api) -> None:
    intent = make_paid_intent(api)

    def refund(_: int) -> bool:
        try:
            api.refunds.create({"payment_intent": intent.id, "amount": 1000})
        except stripe.InvalidRequestError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(refund, range(16)))

    assert sum(made) == 7
    assert api.charges.retrieve(intent.latest_charge).amount_refunded == 7000


def test_what_was_not_paid_cannot_be_refunded(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.refunds.create({"payment_intent": make_intent(api).id})

    assert "does not have a successful charge" in str(refusal.value)


def test_a_refund_names_a_charge_or_an_intent_but_not_both(api: Api) -> None:
    intent = make_paid_intent(api)
    both = {"payment_intent": intent.id, "charge": intent.latest_charge}

    for params in ({}, both):
        with pytest.raises(stripe.InvalidRequestError):
            api.refunds.create(params)


def test_a_disputed_charge_cannot_be_refunded(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_paid_intent(api)
    sandbox.control("POST", f"charges/{intent.latest_charge}/dispute")

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.refunds.create({"payment_intent": intent.id})

    assert refusal.value.code == "charge_disputed"


def test_a_slow_refund_says_when_it_is_done(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_paid_intent(api, "pm_card_pendingRefund")
    refund = api.refunds.create({"payment_intent": intent.id})

    sandbox.advance(60)

    [updated] = sandbox.events(type="refund.updated")
    assert refund.pending_reason == "processing"
    assert updated["data"]["object"]["status"] == "succeeded"
    assert updated["data"]["previous_attributes"]["status"] == "pending"


def test_a_refund_that_fails_after_it_succeeded_is_told_by_refund_failed_alone(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_paid_intent(api, "pm_card_refundFail")
    api.refunds.create({"payment_intent": intent.id})
    sandbox.wait_until_idle()
    before = len(sandbox.events())

    sandbox.advance(60)

    [told] = sandbox.events()[before:]
    charge = api.charges.retrieve(intent.latest_charge)
    assert told["type"] == "refund.failed"
    assert told["data"]["object"]["status"] == "failed"
    assert told["data"]["object"]["failure_balance_transaction"].startswith("txn_")
    assert (charge.refunded, charge.amount_refunded) == (False, 0)


def test_a_failed_refund_may_be_made_again(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_paid_intent(api, "pm_card_refundFail")
    api.refunds.create({"payment_intent": intent.id})
    sandbox.advance(60)

    again = api.refunds.create({"payment_intent": intent.id})

    assert again.amount == 7900


def test_only_a_refund_that_waits_for_the_buyer_can_be_canceled(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_paid_intent(api)
    refund = api.refunds.create({"payment_intent": intent.id})

    with pytest.raises(stripe.InvalidRequestError):
        api.refunds.cancel(refund.id)
    sandbox.control("POST", f"refunds/{refund.id}", status="requires_action")
    canceled = api.refunds.cancel(refund.id)

    assert canceled.status == "canceled"
    assert api.charges.retrieve(intent.latest_charge).amount_refunded == 0


def test_a_refund_made_in_the_dashboard_belongs_to_no_request(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_paid_intent(api)

    refund = sandbox.control(
        "POST", f"charges/{intent.latest_charge}/refund", amount=500
    )

    [event] = sandbox.events(type="refund.created")
    assert refund["amount"] == 500
    assert event["request"] == {"id": None, "idempotency_key": None}
    assert api.refunds.retrieve(refund["id"]).payment_intent == intent.id


def test_metadata_of_a_refund_can_change(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_paid_intent(api)
    refund = api.refunds.create({"payment_intent": intent.id})

    changed = api.refunds.update(refund.id, {"metadata": {"why": "late"}})

    assert changed.metadata["why"] == "late"
    assert len(sandbox.events(type="refund.updated")) == 1


def test_refunds_are_listed_by_charge_and_by_intent(api: Api) -> None:
    intent, other = make_paid_intent(api), make_paid_intent(api)
    mine = api.refunds.create({"payment_intent": intent.id})
    api.refunds.create({"payment_intent": other.id})

    by_intent = api.refunds.list({"payment_intent": intent.id})
    by_charge = api.refunds.list({"charge": intent.latest_charge})

    assert [refund.id for refund in by_intent.data] == [mine.id]
    assert [refund.id for refund in by_charge.data] == [mine.id]


def test_the_balance_shows_what_a_refund_took(api: Api) -> None:
    intent = make_paid_intent(api)

    refund = api.refunds.create(
        {"payment_intent": intent.id, "expand": ["balance_transaction"]}
    )

    assert refund.balance_transaction.net == -7900
    assert refund.balance_transaction.type == "refund"
