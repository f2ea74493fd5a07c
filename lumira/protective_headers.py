"""What every answer tells the browser not to do."""

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
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


def permissions_policy(allowed: dict[str, list[str]] | None = None) -> str:
    """Everything off but the `allowed` features: for our page and these origins."""
    parts = dict.fromkeys(UNUSED, "()")
    for feature, origins in (allowed or {}).items():
        named = " ".join(f'"{origin}"' for origin in origins)
        parts[feature] = f"(self {named})"
    return ", ".join(f"{feature}={value}" for feature, value in parts.items())


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
        response.headers.setdefault("Permissions-Policy", permissions_policy())
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return super().process_response(request, response)
