"""Amounts: currencies, smallest charges, and how Stripe writes a sum in a sentence."""

from payments.sandbox.errors import invalid

# https://docs.stripe.com/currencies#zero-decimal
_ZERO_DECIMAL = "bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf"
_TWO_DECIMALS = """
    aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bmd bnd bob brl bsd bwp
    byn bzd cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip
    gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd jod kes kgs khr kwd kyd kzt lak lbp
    lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd
    omr pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std
    szl thb tjs tnd top try ttd twd tzs uah usd uyu uzs wst xcd yer zar zmw
"""
ZERO_DECIMAL = frozenset(_ZERO_DECIMAL.split())
CURRENCIES = ZERO_DECIMAL | frozenset(_TWO_DECIMALS.split())
# https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
_MINIMUM = {
    "aud": 50,
    "brl": 50,
    "cad": 50,
    "chf": 50,
    "czk": 1500,
    "dkk": 250,
    "eur": 50,
    "gbp": 30,
    "hkd": 400,
    "huf": 17500,
    "jpy": 50,
    "mxn": 1000,
    "nok": 300,
    "nzd": 50,
    "pln": 200,
    "ron": 200,
    "sek": 300,
    "sgd": 50,
    "usd": 50,
}
_MAXIMUM = 99_999_999
_SIGN = {"eur": "€", "usd": "$", "gbp": "£", "jpy": "¥"}


def check_currency(currency: str) -> str:
    """The code in lower case. Refuses what Stripe does not support."""
    code = currency.lower()
    if code not in CURRENCIES:
        raise invalid(
            f"Invalid currency: {code}. Stripe currently supports these currencies: "
            f"{', '.join(sorted(CURRENCIES))}",
            param="currency",
        )
    return code


def check_amount(amount: int, currency: str) -> int:
    """Refuses less and more than a charge may be."""
    least = _MINIMUM.get(currency, 1)
    if amount < least:
        raise invalid(
            f"Amount must be at least {in_words(least, currency)} {currency}",
            code="amount_too_small",
            param="amount",
        )
    if amount > _MAXIMUM:
        raise invalid(
            f"Amount must be no more than {in_words(_MAXIMUM, currency)}",
            code="amount_too_large",
            param="amount",
        )
    return amount


def in_words(amount: int, currency: str) -> str:
    """Minor units as Stripe's messages write them: €79.00, ¥500, 3.00 CHF."""
    if currency in ZERO_DECIMAL:
        figure = f"{amount:,}"
    else:
        figure = f"{amount // 100:,}.{amount % 100:02d}"
    sign = _SIGN.get(currency)
    return f"{sign}{figure}" if sign else f"{figure} {currency.upper()}"


def processing_fee(amount: int, currency: str) -> int:
    """What Stripe would keep: 1.5 % and 25 cents, in minor units, rounded half up."""
    fixed = 25 if currency not in ZERO_DECIMAL else 30
    return (amount * 15 + 500) // 1000 + fixed
