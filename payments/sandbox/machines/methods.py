"""Payment methods: made from a form, a token or a test card number.

What the sandbox must know beyond the object (which test card it is) is kept beside it.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

from payments.sandbox import clock
from payments.sandbox.cards import TOKENS, Card, brand_of, find_card, passes_luhn
from payments.sandbox.errors import ApiError, invalid, missing
from payments.sandbox.ids import new_id
from payments.sandbox.machines.iban import check_iban
from payments.sandbox.store import STORE, Json

KIND = "payment_method"
_BEHIND = "_behind_method"
_NO_ADDRESS = {
    name: None for name in ("city", "country", "line1", "line2", "postal_code", "state")
}
REDIRECTING = ("bancontact", "ideal")
EURO_ONLY = ("bancontact", "ideal", "sepa_debit")
SUPPORTED = ("card", "bancontact", "ideal", "sepa_debit")


def card_of(method: Json) -> Card:
    """The test card behind a payment method of type card."""
    return find_card(behind(method)["number"])


def behind(method: Json) -> Json:
    """What the sandbox knows about a method: number, cvc, set_up, used."""
    return STORE.get(_BEHIND, method["id"]) or {}


def remember(method: Json, **facts: Any) -> None:
    STORE.put(_BEHIND, method["id"], {**behind(method), **facts})


def method_from_reference(reference: str, *, param: str = "payment_method") -> Json:
    """An existing method, or a new one from one of Stripe's test tokens."""
    if reference in TOKENS:
        data = {"type": "card", "card": test_card_data(TOKENS[reference])}
        return make_method(data)
    method = STORE.get(KIND, reference)
    if method is None:
        raise missing("PaymentMethod", reference, param=param, in_path=False)
    return method


def test_card_data(number: str) -> Json:
    """A form filled in with this number and things that are valid."""
    digits = 4 if brand_of(number) == "amex" else 3
    year = datetime.fromtimestamp(clock.now(), UTC).year + 1
    return {"number": number, "exp_month": 12, "exp_year": year, "cvc": "1" * digits}


def make_method(data: Json, *, name: str = "") -> Json:
    """Make a payment method from checked parameters; `name` is where they were.

    Raises a card error for a number, date or code that cannot be right.
    """
    kind = data["type"]
    if kind not in SUPPORTED:
        raise invalid(
            f"The sandbox has no payment method of type {kind}, only "
            f"{', '.join(SUPPORTED)}.",
            param=f"{name}[type]" if name else "type",
        )
    method: Json = {
        "id": new_id("pm"),
        "object": KIND,
        "allow_redisplay": data.get("allow_redisplay", "unspecified"),
        "billing_details": billing_details(data.get("billing_details")),
        "created": clock.now(),
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": data.get("metadata") or {},
        "type": kind,
    }
    if kind == "card":
        _add_card(method, data.get("card") or {}, name)
    elif kind == "sepa_debit":
        _add_iban(method, data.get("sepa_debit") or {}, name)
    elif kind == "ideal":
        bank = (data.get("ideal") or {}).get("bank") or None
        method["ideal"] = {"bank": bank, "bic": None}
    else:
        method["bancontact"] = {}
    return STORE.save(method)


def billing_details(given: Json | None) -> Json:
    """All of Stripe's fields, null where nothing was given."""
    given = given or {}
    address = given.get("address")
    details: Json = {
        name: given.get(name) or None for name in ("email", "name", "phone", "tax_id")
    }
    details["address"] = full_address(address)
    return details


def full_address(given: Json | None) -> Json:
    return {name: (given or {}).get(name) or None for name in _NO_ADDRESS}


def _add_card(method: Json, given: Json, name: str) -> None:
    if "token" in given:
        token = str(given["token"]).replace("tok_", "pm_card_")
        if token not in TOKENS:
            raise missing("token", given["token"], param="token", in_path=False)
        given = test_card_data(TOKENS[token])
    number = "".join(str(given.get("number", "")).split())
    _check_card(number, given, name)
    card = find_card(number)
    method["card"] = {
        "brand": card.brand,
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "unchecked" if given.get("cvc") else None,
        },
        "country": card.country,
        "display_brand": card.brand,
        "exp_month": given["exp_month"],
        "exp_year": _full_year(given["exp_year"]),
        "fingerprint": fingerprint(number),
        "funding": card.funding,
        "generated_from": None,
        "last4": number[-4:],
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }
    remember(method, number=number, cvc=bool(given.get("cvc")))


def _check_card(number: str, given: Json, name: str) -> None:
    path = f"{name}[card]" if name else "card"
    for field in ("number", "exp_month", "exp_year"):
        if field not in given:
            raise invalid(
                f"Missing required param: {path}[{field}].",
                code="parameter_missing",
                param=f"{path}[{field}]",
            )
    if not passes_luhn(number):
        code = "incorrect_number" if number.isdecimal() else "invalid_number"
        raise _card_error(code, "Your card number is incorrect.", "number")
    today = datetime.fromtimestamp(clock.now(), UTC)
    year = _full_year(given["exp_year"])
    if not 1 <= given["exp_month"] <= 12:
        message = "Your card's expiration month is invalid."
        raise _card_error("invalid_expiry_month", message, "exp_month")
    if year < today.year or year > today.year + 50:
        message = "Your card's expiration year is invalid."
        raise _card_error("invalid_expiry_year", message, "exp_year")
    if (year, given["exp_month"]) < (today.year, today.month):
        message = "Your card's expiration month is invalid."
        raise _card_error("invalid_expiry_month", message, "exp_month")
    cvc, digits = given.get("cvc"), 4 if brand_of(number) == "amex" else 3
    if cvc is not None and not (cvc.isdecimal() and len(cvc) in (3, digits)):
        message = "Your card's security code is invalid."
        raise _card_error("invalid_cvc", message, "cvc")


def _card_error(code: str, message: str, param: str) -> ApiError:
    return ApiError(402, message, type="card_error", code=code, param=param)


def _full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


def fingerprint(text: str) -> str:
    """The same card or account always has the same one."""
    return hashlib.sha256(f"sandbox {text}".encode()).hexdigest()[:16]


def _add_iban(method: Json, given: Json, name: str) -> None:
    path = f"{name}[sepa_debit][iban]" if name else "sepa_debit[iban]"
    iban = check_iban(given.get("iban", ""), param=path)
    for field in ("email", "name"):
        if not method["billing_details"][field]:
            param = f"{name}[billing_details]" if name else "billing_details"
            raise invalid(
                f"Missing required param: {param}[{field}].",
                code="parameter_missing",
                param=f"{param}[{field}]",
            )
    method["sepa_debit"] = {
        "bank_code": iban[4:12],
        "branch_code": "",
        "country": iban[:2],
        "fingerprint": fingerprint(iban),
        "generated_from": {"charge": None, "setup_attempt": None},
        "last4": iban[-4:],
    }
    remember(method, iban=iban)
