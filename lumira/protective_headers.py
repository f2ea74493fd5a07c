"""What every answer tells the browser not to do."""

from functools import cache

from csp.constants import HEADER, SELF
from csp.middleware import CheckableLazyObject, CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What no page here uses, so that nothing in it can ask for it either.
UNUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)


# Stands for the nonce in a policy that is kept; no nonce has such a sign.
_HERE = "{nonce}"


def permissions_policy(allowed: dict[str, list[str]] | None = None) -> str:
    """Everything off but the `allowed` features: for our page and these origins."""
    parts = dict.fromkeys(UNUSED, "()")
    for feature, origins in (allowed or {}).items():
        named = " ".join(f'"{origin}"' for origin in origins)
        parts[feature] = f"(self {named})"
    return ", ".join(f"{feature}={value}" for feature, value in parts.items())


NOTHING_MORE = permissions_policy()


class ProtectiveHeaders(CSPMiddleware):
    """Middleware: Content-Security-Policy by address, Permissions-Policy, and that no
    other site may embed what we answer. A view's own header stays."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/admin/"):
            parts.config = settings.CSP_OF_ADMIN
        elif request.path_info == "/api/docs":
            parts.config = settings.CSP_OF_API_DOCS
        # One truth: what a view says with Django's decorator.
        if response.get("X-Frame-Options") == "SAMEORIGIN":
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", NOTHING_MORE)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not _has_the_usual_policy(request, response):
            return super().process_response(request, response)
        nonce = getattr(request, "_csp_nonce", None)
        policy = _usual_policy(has_nonce=nonce is not None)
        response.headers.setdefault(HEADER, policy.replace(_HERE, nonce or ""))
        if nonce is None:
            late = self._csp_nonce_post_response  # raises: the policy has been said
            request.csp_nonce = CheckableLazyObject(late)  # type: ignore[attr-defined]
        return response


@cache
def _usual_policy(*, has_nonce: bool) -> str:
    """The shop's, which nothing of an answer changes but the nonce. Putting the
    directives together takes longer than answering a kept page."""
    return build_policy(nonce=_HERE if has_nonce else None)


def _has_the_usual_policy(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Not what a view or an address has said otherwise; django-csp sees to those."""
    return not (
        settings.DEBUG
        or request.path_info.startswith(("/admin/", "/api/docs"))
        or response.get("X-Frame-Options") == "SAMEORIGIN"
        or any(name.startswith("_csp") for name in response.__dict__)
    )
