"""What a page may load, run and be framed by (Content-Security-Policy).

Everything is forbidden, then the little that is needed is allowed. Nothing inline
runs anywhere. lumira/protective_headers.py chooses by address; the pages that take a
card add Stripe themselves (payments/views/stripe_pages.py).

No address for reports: it would be an open door to our logs, and browsers' extensions
fill it. tests/browser/test_policy_*.py look at every page instead.
"""

from typing import Any

from csp.constants import NONCE, NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

from .env import IS_PRODUCTION

__all__ = ["CONTENT_SECURITY_POLICY", "CSP_OF_ADMIN", "CSP_OF_API_DOCS"]

_nothing: dict[str, Any] = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "form-action": [SELF],
    "upgrade-insecure-requests": IS_PRODUCTION,
}
_own = {
    "connect-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF],
    "style-src": [SELF],
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": _nothing
    | _own
    | {
        # Only the scripts that a template of ours names, and what they import: a file
        # that somebody uploaded cannot be one.
        "script-src": [NONCE],
        "media-src": [SELF],  # a reading may be a recording
        "manifest-src": [SELF],
        # No text becomes HTML or a script.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    }
}

CSP_OF_ADMIN = (
    _nothing
    | _own
    | {
        # unfold's Alpine makes functions of attributes' texts; its templates name
        # scripts without a nonce.
        "script-src": [SELF, UNSAFE_EVAL],
        # It also writes style attributes. They can load nothing from elsewhere.
        "style-src-attr": [UNSAFE_INLINE],
        "img-src": [SELF, "data:"],  # a portrait that is not saved yet
        "media-src": [SELF],
        "frame-src": [SELF],  # a card as the shop will show it
    }
)

CSP_OF_API_DOCS = _nothing | _own | {"script-src": [SELF], "img-src": [SELF, "data:"]}
