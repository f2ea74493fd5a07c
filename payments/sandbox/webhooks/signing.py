"""The Stripe-Signature header. https://docs.stripe.com/webhooks/signature"""

import hashlib
import hmac
import time
from collections.abc import Iterable


def signature_header(body: bytes, secrets: Iterable[str], *, age_s: int = 0) -> str:
    """Sign with every secret, as Stripe does while one is rolled.

    The time is the machine's, not the sandbox's: the receiver checks it with its own.
    """
    timestamp = int(time.time()) - age_s
    signed = b"%d." % timestamp + body
    marks = [
        hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        for secret in secrets
    ]
    return ",".join([f"t={timestamp}", *(f"v1={mark}" for mark in marks)])
