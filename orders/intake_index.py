"""What an order is found by in the customer's answers, in one spelling of each.

Dates of birth are not among it: there are so few of them that a mark of each says
who shares one, and nobody looks for an order by it.
"""

import re
import unicodedata
from typing import Any

# A form of our own takes numbers of six digits and more: orders/forms.py.
SHORTEST_PHONE = 6
# Where the shop is: a number that begins with one 0 is of this country.
HOME_PREFIX = "33"

_PHONE = re.compile(r"\+?[\d .()/\-]+")


def phone_in(intake: Any) -> str:
    return spelt_phone(_answer(intake, "phone"))


def last_name_in(intake: Any) -> str:
    return spelt_name(_answer(intake, "lastName"))


def spelt_phone(text: str) -> str:
    """06 12 34 56 78, +33 (0)6 12…, 0033 6 12…: 33612345678. "" for no number."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not _PHONE.fullmatch(text):
        return ""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if len(digits) < SHORTEST_PHONE:
        return ""
    if text.startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return HOME_PREFIX + digits[1:] if digits.startswith("0") else digits


def spelt_name(text: str) -> str:
    """Keller-Étienne, KELLER ETIENNE: kelleretienne. "" for nothing but signs."""
    taken_apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in taken_apart if letter.isalnum())


def _answer(intake: Any, key: str) -> str:
    return str(intake.get(key) or "") if isinstance(intake, dict) else ""
