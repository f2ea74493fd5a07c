"""Who is calling: a secret test key, a publishable test key, or nobody.

Keys are not looked up: any well-formed test key opens the same account.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from payments.sandbox.errors import ApiError
from payments.sandbox.store import Json

_TEST_KEY = re.compile(r"^(sk|rk|pk)_test_[A-Za-z0-9_]{3,250}$")
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="Stripe"'}


@dataclass(frozen=True)
class Key:
    text: str

    @property
    def is_publishable(self) -> bool:
        return self.text.startswith("pk_")


def read_key(authorization: str, params: Json) -> Key:
    """Find the key in the header, or in `key` as Stripe.js sends it. Else 401."""
    text = _from_header(authorization)
    if not text:
        inner = params.get("key")
        text = inner if isinstance(inner, str) else ""
        if text and not text.startswith("pk_"):
            raise _unauthorized("Secret keys travel in the Authorization header only.")
    if not text:
        raise _unauthorized(
            "You did not provide an API key. You need to provide your API key in the "
            "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
            "YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for "
            "details, or we can help at https://support.stripe.com/."
        )
    if "_live_" in text:
        raise _unauthorized(
            "This is the sandbox: a live key has no business here. It was not kept. "
            "Use a test key (sk_test_…, rk_test_…, pk_test_…)."
        )
    if not _TEST_KEY.match(text):
        raise _unauthorized(f"Invalid API Key provided: {_masked(text)}")
    return Key(text)


def _from_header(authorization: str) -> str:
    scheme, _, rest = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            user = base64.b64decode(rest.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return ""
        return user.partition(":")[0]
    return ""


def _masked(text: str) -> str:
    return f"{text[:8]}{'*' * max(len(text) - 12, 3)}{text[-4:]}"


def _unauthorized(message: str) -> ApiError:
    return ApiError(401, message, began=False, headers=_CHALLENGE)
