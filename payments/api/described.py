"""What the API's document says besides types: headers, who is asked for, the webhook.

tests/fuzz holds the answers against the document.
"""

from typing import Any

from django.http import HttpRequest
from ninja.security.http import HttpAuthBase

DESCRIPTION = """\
Payments. Amounts are integers in the currency's minor unit.

Everywhere: 404 for an unknown address, 405 for a wrong method, 413 for a body of more
than a megabyte, 500 when something went wrong here. All of them are a Problem; 429 has
the header `Retry-After` (seconds).
"""


class SignedLink(HttpAuthBase):
    """The token of the link in the customer's mail.

    For the document only: whose the token is and what it opens, the views judge.
    """

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> bool:
        return True


def _header(name: str, description: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "description": description,
        "required": required,
        "schema": {"type": "string"},
    }


REPEATABLE = {
    "parameters": [
        _header("X-Request-Id", "A repeat with it is the same order and intent."),
        _header("Idempotency-Key", "The same, where there is no X-Request-Id."),
    ]
}
SIGNED_EVENT = {
    "parameters": [
        _header("Stripe-Signature", "Of the raw body, minutes ago.", required=True)
    ],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    },
    "responses": {
        400: {
            "description": "Not signed by Stripe, or not an event",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        }
    },
}
