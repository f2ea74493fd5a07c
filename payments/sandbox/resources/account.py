"""/v1/account: the one account that every key opens.

https://docs.stripe.com/api/accounts
"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.tables import EXPANDABLE
from payments.sandbox.store import Json

# What a standard account tells of itself, without what the sandbox does not have.
_ACCOUNT: Json = {
    "id": "acct_1LumiraSandbox0",
    "object": "account",
    "business_type": None,
    "charges_enabled": True,
    "country": "FR",
    "default_currency": "eur",
    "details_submitted": True,
    "email": None,
    "payouts_enabled": True,
    "type": "standard",
}


def read(call: Call) -> Json:
    return dict(_ACCOUNT)


ENDPOINTS = (Endpoint("GET", "/v1/account", EXPANDABLE, read),)
