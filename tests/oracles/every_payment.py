"""A day of payments in which every kind of object and event of theirs comes up."""

from contextlib import suppress
from operator import attrgetter

import stripe

from tests.sandbox.making import Api, make_customer, make_intent, make_paid_intent
from tests.sandbox_process import SandboxProcess

_WEEK_S = 7 * 24 * 3600
_ASKS_BACK = "4000002760003184"
_FAILING_IBAN = "FR8420041010050500013M02607"
_ADDRESS = {"line1": "1 rue de la Paix", "postal_code": "75002", "city": "Paris"}
_SHIPPING = {"name": "Alice", "address": _ADDRESS}
_LISTS = (
    "payment_intents",
    "charges",
    "refunds",
    "disputes",
    "radar.early_fraud_warnings",
    "customers",
    "payment_methods",
    "setup_intents",
    "balance_transactions",
    "events",
    "webhook_endpoints",
)


def make_every_payment(api: Api, sandbox: SandboxProcess) -> None:
    _buyers(api, sandbox)
    _intents(api)
    _refunds(api, sandbox)
    _disputes(api, sandbox)
    _customers(api)
    _setups(api)
    _endpoints(api)
    sandbox.advance(_WEEK_S + 1)
    sandbox.wait_until_idle()
    _read_all(api)


def _buyers(api: Api, sandbox: SandboxProcess) -> None:
    """Who pays in the browser, by every kind of method, and who does not get there."""
    kinds = ["card", "bancontact", "ideal", "sepa_debit"]
    sandbox.control("POST", "payment_methods", enabled=kinds)
    for kind in kinds:
        sandbox.pay(make_intent(api, shipping=_SHIPPING).id, type=kind)
    for outcome in ("none", "fail"):
        sandbox.pay(make_intent(api).id, type="bancontact", three_d_secure=outcome)
        sandbox.pay(make_intent(api).id, card=_ASKS_BACK, three_d_secure=outcome)
    sandbox.pay(make_intent(api).id, type="sepa_debit", iban=_FAILING_IBAN)
    sandbox.control("POST", "payment_methods", enabled=["card"])


def _intents(api: Api) -> None:
    with suppress(stripe.CardError):
        make_paid_intent(api, "pm_card_chargeDeclined")
    with suppress(stripe.InvalidRequestError):
        make_intent(api, amount=1)
    api.payment_intents.cancel(make_intent(api).id)
    changed = make_intent(api)
    api.payment_intents.update(changed.id, {"description": "Tarot"})
    api.payment_intents.confirm(changed.id, {"payment_method": "pm_card_mastercard"})
    captured = make_paid_intent(api, capture_method="manual")
    api.payment_intents.capture(captured.id, {"amount_to_capture": 5000})
    canceled = make_paid_intent(api, capture_method="manual")
    api.payment_intents.cancel(canceled.id, {"cancellation_reason": "abandoned"})
    make_paid_intent(api, capture_method="manual")


def _refunds(api: Api, sandbox: SandboxProcess) -> None:
    whole = make_paid_intent(api)
    refund = api.refunds.create({"payment_intent": whole.id, "amount": 1000})
    api.refunds.update(refund.id, {"metadata": {"order": "7"}})
    api.refunds.create({"charge": whole.latest_charge, "reason": "duplicate"})
    for method in ("pm_card_pendingRefund", "pm_card_refundFail"):
        paid = make_paid_intent(api, method)
        api.refunds.create({"payment_intent": paid.id})
    late = api.refunds.create({"payment_intent": make_paid_intent(api).id})
    sandbox.control("POST", f"refunds/{late.id}", status="requires_action")
    api.refunds.cancel(late.id)


def _disputes(api: Api, sandbox: SandboxProcess) -> None:
    for method in ("createDisputeInquiry", "createIssuerFraudRecord", "createDispute"):
        make_paid_intent(api, f"pm_card_{method}")
    for evidence in ("winning_evidence", "losing_evidence"):
        paid = make_paid_intent(api)
        path = f"charges/{paid.latest_charge}/dispute"
        dispute = sandbox.control("POST", path, reason="general")
        text = {"uncategorized_text": evidence}
        api.disputes.update(dispute["id"], {"evidence": text, "submit": True})
    closed = sandbox.control(
        "POST", f"charges/{make_paid_intent(api).latest_charge}/dispute"
    )
    api.disputes.close(closed["id"])


def _customers(api: Api) -> None:
    customer = make_customer(api, name="Alice", shipping=_SHIPPING, address=_ADDRESS)
    api.customers.update(customer.id, {"phone": "+33 1 23 45 67 89"})
    kept = api.payment_methods.attach("pm_card_visa", {"customer": customer.id})
    api.payment_methods.update(kept.id, {"metadata": {"colour": "blue"}})
    api.customers.payment_methods.list(customer.id)
    api.customers.payment_methods.retrieve(customer.id, kept.id)
    make_paid_intent(api, kept.id, customer=customer.id)
    api.payment_methods.detach(kept.id)
    api.customers.delete(make_customer(api).id)


def _setups(api: Api) -> None:
    customer = make_customer(api)
    wanted = {"customer": customer.id, "automatic_payment_methods": {"enabled": True}}
    now = {**wanted, "confirm": True, "return_url": "http://a.test"}
    for method in ("pm_card_visa", "pm_card_authenticationRequiredOnSetup"):
        api.setup_intents.create({**now, "payment_method": method})
    with suppress(stripe.CardError):
        api.setup_intents.create({**now, "payment_method": "pm_card_chargeDeclined"})
    open_one = api.setup_intents.create(wanted)
    api.setup_intents.update(open_one.id, {"description": "Later"})
    api.setup_intents.cancel(open_one.id)


def _endpoints(api: Api) -> None:
    where_to = {"url": "http://127.0.0.1:9/", "enabled_events": ["customer.deleted"]}
    for description in ("kept", "deleted"):
        made = api.webhook_endpoints.create({**where_to, "description": description})
        api.webhook_endpoints.update(made.id, {"metadata": {"team": "shop"}})
    api.webhook_endpoints.delete(made.id)


def _read_all(api: Api) -> None:
    """List each kind of object and read each one again."""
    for name in _LISTS:
        service = attrgetter(name)(api)
        for row in service.list({"limit": 100}).data:
            service.retrieve(row.id)
    for charge in api.charges.list({"limit": 100}).data:
        details = charge.payment_method_details
        mandate = getattr(getattr(details, "sepa_debit", None), "mandate", None)
        if mandate:
            api.mandates.retrieve(mandate)
