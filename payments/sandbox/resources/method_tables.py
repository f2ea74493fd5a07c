"""Parameters that describe a payment method."""

from payments.sandbox.api.params import (
    Choice,
    Fields,
    Hash,
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
    "card": CARD,
    "bancontact": Hash({}, may_be_empty=True),
    "ideal": Hash({"bank": Text()}, may_be_empty=True),
    "sepa_debit": Hash({"iban": Text()}, required=("iban",)),
}
METHOD_DATA = Hash(METHOD_FIELDS, required=("type",))

MANDATE_DATA = Hash(
    {
        "customer_acceptance": Hash(
            {
                "type": Choice("online", "offline"),
                "accepted_at": Whole(),
                "online": Hash(
                    {
                        "ip_address": Text(),
                        "user_agent": Text(),
                        "infer_from_client": YesNo(),
                    }
                ),
                "offline": Hash({}, may_be_empty=True),
            },
            required=("type",),
        )
    },
    may_be_empty=True,
)
METHOD_OPTIONS = Hash(
    {
        "card": Hash(
            {
                "request_three_d_secure": Choice("any", "automatic", "challenge"),
            },
            may_be_empty=True,
        ),
        "bancontact": Hash(
            {"preferred_language": Choice("de", "en", "fr", "nl")}, may_be_empty=True
        ),
    }
)
