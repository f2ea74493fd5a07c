"""One attempt to take money: a charge that succeeds, fails or waits.

https://docs.stripe.com/api/charges/object
"""

from payments.sandbox import clock, timers
from payments.sandbox.cards import Authentication, Decline, Sequel
from payments.sandbox.ids import new_id, random_text
from payments.sandbox.machines.balance import move_balance
from payments.sandbox.machines.methods import behind, card_of
from payments.sandbox.money import processing_fee
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

KIND = "charge"
_AUTHORIZED = {
    "advice_code": None,
    "network_advice_code": None,
    "network_decline_code": None,
    "network_status": "approved_by_network",
    "reason": None,
    "risk_level": "normal",
    "risk_score": 20,
    "seller_message": "Payment complete.",
    "type": "authorized",
}


def make_charge(intent: Json, method: Json, *, authenticated: bool) -> Json:
    """A charge for the whole intent, whose status is not decided yet."""
    is_card = method["type"] == "card"
    return {
        "id": new_id("ch" if is_card else "py"),
        "object": KIND,
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": (
            intent["statement_descriptor"] or "STRIPE SANDBOX"
        ),
        "captured": False,
        "created": clock.now(),
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": None,
        "paid": False,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": _details(intent, method, authenticated),
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": intent["shipping"],
        "source": None,
        "source_transfer": None,
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "pending",
        "transfer_data": None,
        "transfer_group": intent["transfer_group"],
    }


def decline_charge(charge: Json, decline: Decline) -> None:
    """The bank said no."""
    blocked = decline.by == "blocked"
    charge.update(
        status="failed",
        failure_code=decline.code,
        failure_message=decline.message,
        outcome={
            "advice_code": decline.advice,
            "network_advice_code": None,
            "network_decline_code": None,
            "network_status": "not_sent_to_network"
            if blocked
            else "declined_by_network",
            "reason": "highest_risk_level" if blocked else decline.decline_code,
            "risk_level": "highest" if blocked else "normal",
            "risk_score": 92 if blocked else 20,
            "seller_message": "Stripe blocked this payment as too risky."
            if blocked
            else "The bank did not return any further details with this decline.",
            "type": "blocked" if blocked else "issuer_declined",
        },
    )
    STORE.save(charge)
    emit("charge.failed", charge)


def authorize_charge(charge: Json, *, capture_now: bool, fee_later: bool) -> None:
    """The bank said yes. The fee is known at once, or a moment later."""
    charge.update(status="succeeded", paid=True, outcome=dict(_AUTHORIZED))
    details = charge["payment_method_details"].get("card")
    if details:
        details["amount_authorized"] = charge["amount"]
        details["network_transaction_id"] = random_text(15).lower()
    if capture_now:
        _take(charge, charge["amount"])
        if not fee_later:
            book_charge(charge)
    STORE.save(charge)
    emit("charge.succeeded", charge)
    if capture_now:
        _start_what_follows(charge, fee_later=fee_later)


def capture_charge(charge: Json, amount: int, *, fee_later: bool) -> None:
    """Take the money that was authorized; what is left over goes back."""
    _take(charge, amount)
    charge["amount_refunded"] = charge["amount"] - amount
    if not fee_later:
        book_charge(charge)
    STORE.save(charge)
    emit("charge.captured", charge)
    _start_what_follows(charge, fee_later=fee_later)


def release_charge(charge: Json) -> None:
    """Let go of an authorization that is not wanted any more."""
    charge.update(amount_refunded=charge["amount"], refunded=True)
    STORE.save(charge)
    emit("charge.refunded", charge)


def book_charge(charge: Json) -> None:
    """Put the captured money, less the fee, onto the balance."""
    amount = charge["amount_captured"]
    moved = move_balance(
        charge,
        amount=amount,
        type="charge" if charge["id"].startswith("ch_") else "payment",
        category="charge",
        fee=processing_fee(amount, charge["currency"]),
    )
    charge["balance_transaction"] = moved["id"]
    STORE.save(charge)


def book_later(charge_id: str) -> None:
    """The timer behind `automatic_async`: the fee arrives with charge.updated."""
    charge = STORE.get(KIND, charge_id)
    if charge and charge["balance_transaction"] is None:
        book_charge(charge)
        emit("charge.updated", charge, {"balance_transaction": None})


def _take(charge: Json, amount: int) -> None:
    charge.update(captured=True, amount_captured=amount)


def _start_what_follows(charge: Json, *, fee_later: bool) -> None:
    if fee_later:
        timers.schedule("charge.book", delay_s=0, charge_id=charge["id"])
    method = STORE.get("payment_method", charge["payment_method"])
    if method is None or method["type"] != "card":
        return
    sequel = card_of(method).sequel
    if sequel is not Sequel.NOTHING:
        timers.schedule(
            "charge.sequel", delay_s=0, charge_id=charge["id"], sequel=sequel.value
        )


def _details(intent: Json, method: Json, authenticated: bool) -> Json:
    kind = method["type"]
    if kind == "card":
        return {"type": kind, "card": _card_details(method, authenticated)}
    if kind == "sepa_debit":
        debit = {
            name: method["sepa_debit"][name]
            for name in ("bank_code", "branch_code", "country", "fingerprint", "last4")
        }
        return {"type": kind, kind: {**debit, "mandate": behind(method).get("mandate")}}
    shared = {
        "bic": None,
        "generated_sepa_debit": None,
        "generated_sepa_debit_mandate": None,
        "iban_last4": None,
        "verified_name": method["billing_details"]["name"],
    }
    if kind == "ideal":
        bank = method["ideal"]["bank"]
        return {"type": kind, kind: {**shared, "bank": bank, "transaction_id": None}}
    bancontact = {"bank_code": None, "bank_name": None, "preferred_language": "fr"}
    return {"type": kind, kind: {**shared, **bancontact}}


def _card_details(method: Json, authenticated: bool) -> Json:
    card = method["card"]
    checks = dict(card["checks"])
    if checks["cvc_check"] == "unchecked":
        declined = card_of(method).decline
        wrong = declined is not None and declined.code == "incorrect_cvc"
        checks["cvc_check"] = "fail" if wrong else "pass"
    return {
        "amount_authorized": None,
        "authorization_code": None,
        "brand": card["brand"],
        "checks": checks,
        "country": card["country"],
        "electronic_commerce_indicator": "05" if authenticated else None,
        "exp_month": card["exp_month"],
        "exp_year": card["exp_year"],
        "fingerprint": card["fingerprint"],
        "funding": card["funding"],
        "installments": None,
        "last4": card["last4"],
        "mandate": None,
        "network": card["brand"],
        "network_transaction_id": None,
        "regulated_status": "unregulated",
        "three_d_secure": _three_d_secure(method) if authenticated else None,
        "transaction_link_id": None,
        "wallet": None,
    }


def _three_d_secure(method: Json) -> Json:
    frictionless = card_of(method).authentication is Authentication.NEVER
    return {
        "authentication_flow": "frictionless" if frictionless else "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": random_text(36),
        "version": "2.2.0",
    }
