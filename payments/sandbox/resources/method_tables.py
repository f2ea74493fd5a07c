"""Parameters that describe a payment method."""

from payments.sandbox.api.params import (
    Choice,
    Fields,
    Hash,
    Kind,
    Metadata,
    Text,
    Whole,
    YesNo,
)
from payments.sandbox.api.tables import BILLING_DETAILS

CARD = Hash(
    {
        "number": Text(),
        "exp_month": Whole(),
        "exp_year": Whole(),
        "cvc": Text(),
        "token": Text(),
    }
)
METHOD_FIELDS: Fields = {
    "type": Text(),
    "allow_redisplay": Choice("always", "limited", "unspecified"),
    "billing_details": BILLING_DETAILS,
    "metadata": Metadata(),
    "bancontact": Hash({}, may_be_empty=True),
    "ideal": Hash({"bank": Text()}, may_be_empty=True),
    "sepa_debit": Hash({"iban": Text()}, required=("iban",)),
}
METHOD_DATA = Hash(METHOD_FIELDS, required=("type",))
# Card numbers come from browsers, and from whoever makes a payment method with one.
METHOD_DATA_WITH_CARD = METHOD_DATA.plus(card=CARD)


def _mandate_data(**online: Kind) -> Hash:
    shown = {"ip_address": Text(), "user_agent": Text(), **online}
    acceptance: Fields = {
        "type": Choice("online", "offline"),
        "accepted_at": Whole(),
        "online": Hash(shown),
        "offline": Hash({}, may_be_empty=True),
    }
    inner = Hash(acceptance, required=("type",))
    return Hash({"customer_acceptance": inner}, may_be_empty=True)


MANDATE_DATA = _mandate_data()
# Stripe.js leaves address and agent to be read from the request.
BROWSER_MANDATE_DATA = _mandate_data(infer_from_client=YesNo())
CARD_OPTIONS = Hash(
    {"request_three_d_secure": Choice("any", "automatic", "challenge")},
    may_be_empty=True,
)
SETUP_METHOD_OPTIONS = Hash({"card": CARD_OPTIONS})
METHOD_OPTIONS = SETUP_METHOD_OPTIONS.plus(
    bancontact=Hash(
        {"preferred_language": Choice("de", "en", "fr", "nl")}, may_be_empty=True
    )
)
