"""Amounts are whole minor units (int) beside a currency, until a person reads them."""

import re
from decimal import Decimal

from django.utils import translation

# How many decimals Stripe's amounts carry, where it is not two.
# https://docs.stripe.com/currencies#zero-decimal and #three-decimal; ISK and UGX
# are sent with two decimals although they have none.
ZERO_DECIMAL = frozenset(
    ("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga")
    + ("pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf")
)
THREE_DECIMAL = frozenset(("bhd", "jod", "kwd", "omr", "tnd"))
# https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
LARGEST_AMOUNT = 99_999_999
SYMBOLS = {"eur": "€", "usd": "$", "gbp": "£", "jpy": "¥"}


def decimals(currency: str) -> int:
    """How many digits of an amount stand behind the decimal sign."""
    if currency.lower() in ZERO_DECIMAL:
        return 0
    return 3 if currency.lower() in THREE_DECIMAL else 2


def money(amount: int, currency: str) -> str:
    """Format minor units in the active language: 7900, "eur" -> "79,00 €" or "€79.00".

    Works in integers from end to end: no float ever holds money.
    """
    places = decimals(currency)
    whole, rest = divmod(abs(amount), 10**places)
    symbol = SYMBOLS.get(currency.lower(), currency.upper())
    sign = "-" if amount < 0 else ""
    fraction = f"{rest:0{places}d}" if places else ""
    if (translation.get_language() or "fr").startswith("fr"):
        digits = f"{whole:,}".replace(",", "\u202f")
        return f"{sign}{digits}{',' if places else ''}{fraction}\u00a0{symbol}"
    gap = "" if len(symbol) == 1 else "\u00a0"
    return f"{sign}{symbol}{gap}{whole:,}{'.' if places else ''}{fraction}"


def main_units(amount: int, currency: str) -> Decimal:
    """The amount as a person counts it, exactly: 7900, "eur" -> Decimal("79.00").

    For files of other programs and for fields to type in; nothing here calculates
    with it.
    """
    return Decimal(amount).scaleb(-decimals(currency))


def minor_units(text: str, currency: str) -> int:
    """Read what a person typed: "79", "79,5", "1 079,50 €" -> minor units.

    Raises ValueError for anything else, more decimals than the currency has included.
    """
    places = decimals(currency)
    cleaned = re.sub(r"[\s\u00a0\u202f€$£¥]", "", text)
    found = re.fullmatch(r"(\d{1,12})(?:[.,](\d+))?", cleaned)
    if found is None or len(found[2] or "") > places:
        raise ValueError(f"Not an amount: {text!r}")
    whole, fraction = int(found[1]), (found[2] or "").ljust(places, "0")
    return whole * int("1" + "0" * places) + int(fraction or 0)
