"""An object in one line: what it is about, how much, and how it stands."""

from collections.abc import Callable

from payments.sandbox.store import STORE, Json


def summary(thing: Json) -> Json:
    """`amount` is in minor units of `currency`; both are None where there is no sum."""
    kind = thing["object"]
    amount = thing.get(_AMOUNTS.get(kind, "amount"))
    return {
        "id": thing["id"],
        "object": kind,
        "title": _title(thing),
        "status": _status(thing),
        "amount": amount if isinstance(amount, int) else None,
        "currency": thing.get("currency"),
        "created": thing.get("created"),
    }


def _title(thing: Json) -> str:
    title = _TITLES.get(thing["object"], _described)(thing)
    return title or _described(thing)


def _described(thing: Json) -> str:
    """What the merchant wrote: a description, else the first of the metadata."""
    if thing.get("description"):
        return str(thing["description"])
    pairs = (thing.get("metadata") or {}).items()
    return next((f"{name} {value}" for name, value in pairs), "")


def _status(thing: Json) -> str:
    kind = thing["object"]
    if kind == "charge":
        return _charge_status(thing)
    if kind in ("product", "price", "plan"):
        return "active" if thing["active"] else "archived"
    if kind == "payment_method":
        return "attached" if thing["customer"] else ""
    return str(thing.get("status") or "")


def _charge_status(charge: Json) -> str:
    if charge["disputed"]:
        return "disputed"
    if charge["refunded"]:
        return "refunded"
    if charge["amount_refunded"]:
        return "partly refunded"
    is_held = charge["status"] == "succeeded" and not charge["captured"]
    return "authorized" if is_held else str(charge["status"])


def _method_in_words(details: Json) -> str:
    """`visa ·· 4242`, from a payment method or from a charge's details of one."""
    kind = str(details["type"])
    inner = details.get(kind) or {}
    name = inner.get("brand") or kind.replace("_debit", "").replace("_", " ")
    return f"{name} ·· {inner['last4']}" if inner.get("last4") else str(name)


def _charge_title(charge: Json) -> str:
    details = charge["payment_method_details"]
    return _method_in_words(details) if details else ""


def _customer_title(customer: Json) -> str:
    return str(customer.get("email") or customer.get("name") or "")


def _subscription_title(subscription: Json) -> str:
    names = [_price_title(item["price"]) for item in subscription["items"]["data"]]
    return ", ".join(name for name in names if name)


def _price_title(price: Json) -> str:
    product = STORE.get("product", str(price["product"])) or {}
    recurring = price["recurring"] or {}
    words = [price["nickname"] or product.get("name") or ""]
    if recurring:
        words.append(f"every {recurring['interval_count']} {recurring['interval']}")
    return " ".join(word for word in words if word)


def _worded(value: object) -> str:
    return str(value or "").replace("_", " ")


_AMOUNTS = {"invoice": "total", "price": "unit_amount"}
_TITLES: dict[str, Callable[[Json], str]] = {
    "balance_transaction": lambda thing: _worded(thing["type"]),
    "charge": _charge_title,
    "customer": _customer_title,
    "dispute": lambda thing: _worded(thing["reason"]),
    "invoice": lambda thing: str(thing["number"] or "draft"),
    "payment_method": _method_in_words,
    "price": _price_title,
    "product": lambda thing: str(thing["name"]),
    "radar.early_fraud_warning": lambda thing: _worded(thing["fraud_type"]),
    "refund": lambda thing: _worded(thing["reason"]),
    "subscription": _subscription_title,
    "test_helpers.test_clock": lambda thing: str(thing["name"] or ""),
    "webhook_endpoint": lambda thing: str(thing["url"]),
}
