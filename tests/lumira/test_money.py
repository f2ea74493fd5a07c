import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lumira.kit.money import decimals, minor_units, money

NARROW, HARD = "\u202f", "\u00a0"  # the spaces of French typography


@pytest.mark.parametrize(
    ("amount", "currency", "french", "english"),
    [
        (7900, "eur", f"79,00{HARD}€", "€79.00"),
        (5, "eur", f"0,05{HARD}€", "€0.05"),
        (0, "eur", f"0,00{HARD}€", "€0.00"),
        (123456789, "eur", f"1{NARROW}234{NARROW}567,89{HARD}€", "€1,234,567.89"),
        (-7900, "eur", f"-79,00{HARD}€", "-€79.00"),
        (-5, "eur", f"-0,05{HARD}€", "-€0.05"),
        (500, "jpy", f"500{HARD}¥", "¥500"),
        (50000, "KRW", f"50{NARROW}000{HARD}KRW", f"KRW{HARD}50,000"),
        (1234, "kwd", f"1,234{HARD}KWD", f"KWD{HARD}1.234"),
        (7900, "chf", f"79,00{HARD}CHF", f"CHF{HARD}79.00"),
    ],
)
def test_minor_units_become_what_a_person_reads(
    amount: int, currency: str, french: str, english: str
) -> None:
    with translation.override("fr"):
        in_french = money(amount, currency)
    with translation.override("en"):
        in_english = money(amount, currency)

    assert (in_french, in_english) == (french, english)


@pytest.mark.parametrize(
    ("currency", "places"), [("eur", 2), ("jpy", 0), ("isk", 2), ("ugx", 2), ("bhd", 3)]
)
def test_each_currency_has_the_decimals_stripe_gives_it(
    currency: str, places: int
) -> None:
    assert decimals(currency) == places


@given(
    st.integers(min_value=-(10**30), max_value=10**30),
    st.sampled_from(["eur", "jpy", "kwd"]),
)
def test_no_digit_is_lost_however_large_the_amount(amount: int, currency: str) -> None:
    with translation.override("fr"):
        text = money(amount, currency)

    digits = int("".join(sign for sign in text if sign.isdigit()))
    assert digits == abs(amount)
    assert text.startswith("-") == (amount < 0)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("79", "eur", 7900),
        ("79,5", "eur", 7950),
        ("79.05 €", "eur", 7905),
        ("1\u202f079,50\u00a0€", "eur", 107950),
        ("500", "jpy", 500),
        ("1,234", "kwd", 1234),
    ],
)
def test_what_a_person_types_is_read(text: str, currency: str, amount: int) -> None:
    assert minor_units(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [("", "eur"), ("-5", "eur"), ("1e3", "eur"), ("5,005", "eur"), ("5,0", "jpy")],
)
def test_what_is_no_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match="Not an amount"):
        minor_units(text, currency)


@given(
    amount=st.integers(min_value=0, max_value=10**11),
    currency=st.sampled_from(["eur", "jpy", "kwd"]),
)
def test_what_is_written_is_read_again(amount: int, currency: str) -> None:
    text = money(amount, currency).replace(currency.upper(), "")

    assert minor_units(text, currency) == amount
