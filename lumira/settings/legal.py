"""Who runs the shop, as the law wants it said: orders/shop_operator.py shows it.

A missing value is no reason not to start: `manage.py check --deploy` names it
(lumira/checks.py).
"""

import re

from django.core.exceptions import ImproperlyConfigured

from .env import env_str

__all__ = [
    "LEGAL_ADDRESS",
    "LEGAL_FORM",
    "LEGAL_HOST",
    "LEGAL_IS_WITHOUT_VAT",
    "LEGAL_MEDIATOR",
    "LEGAL_NAME",
    "LEGAL_PHONE",
    "LEGAL_PUBLISHER",
    "LEGAL_SIRET",
    "LEGAL_VAT",
]


def is_siret(text: str) -> bool:
    """Fourteen digits, the last of which is Luhn's check of the others."""
    if not re.fullmatch(r"[0-9]{14}", text):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(text[::-1]))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


LEGAL_NAME = env_str("LEGAL_NAME", "")
LEGAL_FORM = env_str("LEGAL_FORM", "")
LEGAL_ADDRESS = env_str("LEGAL_ADDRESS", "")
LEGAL_PHONE = env_str("LEGAL_PHONE", "")
LEGAL_PUBLISHER = env_str("LEGAL_PUBLISHER", "")
LEGAL_HOST = env_str("LEGAL_HOST", "")
LEGAL_MEDIATOR = env_str("LEGAL_MEDIATOR", "")

LEGAL_SIRET = env_str("LEGAL_SIRET", "").replace(" ", "")
if LEGAL_SIRET and not is_siret(LEGAL_SIRET):
    raise ImproperlyConfigured("LEGAL_SIRET is no SIRET: fourteen digits, as issued.")

# Who owes no VAT (article 293 B of the tax code) has to say so.
_vat = env_str("LEGAL_VAT", "").replace(" ", "")
if _vat and not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{2,13}|exempt", _vat):
    raise ImproperlyConfigured("LEGAL_VAT: write the number (FR12345678901) or exempt.")
LEGAL_IS_WITHOUT_VAT = _vat == "exempt"
LEGAL_VAT = "" if LEGAL_IS_WITHOUT_VAT else _vat
