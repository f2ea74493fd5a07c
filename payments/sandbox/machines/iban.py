"""Test IBANs and what becomes of a debit. https://docs.stripe.com/payments/sepa-debit"""

from dataclasses import dataclass

from payments.sandbox.errors import invalid

SOON_S = 5.0
THREE_MINUTES_S = 180.0


@dataclass(frozen=True)
class DebitCourse:
    """Whether the debit succeeds, after how many sandbox seconds, and a dispute."""

    succeeds: bool
    after_s: float
    disputed: bool = False


_SUCCEEDS_SOON = DebitCourse(True, SOON_S)
_SUCCEEDS_LATER = DebitCourse(True, THREE_MINUTES_S)
_FAILS_SOON = DebitCourse(False, SOON_S)
_FAILS_LATER = DebitCourse(False, THREE_MINUTES_S)
_DISPUTED = DebitCourse(True, SOON_S, disputed=True)

_COURSES = {
    "FR1420041010050500013M02606": _SUCCEEDS_SOON,
    "FR3020041010050500013M02609": _SUCCEEDS_LATER,
    "FR8420041010050500013M02607": _FAILS_SOON,
    "FR7920041010050500013M02600": _FAILS_LATER,
    "FR5720041010050500013M02608": _DISPUTED,
    "DE89370400440532013000": _SUCCEEDS_SOON,
    "DE08370400440532013003": _SUCCEEDS_LATER,
    "DE62370400440532013001": _FAILS_SOON,
    "DE78370400440532013004": _FAILS_LATER,
    "DE35370400440532013002": _DISPUTED,
}


def course_of(iban: str) -> DebitCourse:
    """Any other valid IBAN succeeds."""
    return _COURSES.get(iban, _SUCCEEDS_SOON)


def check_iban(text: str, *, param: str) -> str:
    """The IBAN without spaces. Refuses one whose check digits are wrong."""
    iban = "".join(text.split()).upper()
    is_plain = iban.isascii() and iban.isalnum() and 15 <= len(iban) <= 34
    if not is_plain or _remainder(iban) != 1:
        raise invalid(
            "The IBAN you provided is invalid.", code="invalid_iban", param=param
        )
    return iban


def _remainder(iban: str) -> int:
    """ISO 13616: letters are 10 to 35, and the whole is 1 modulo 97."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97
