"""Addresses: the API, the panel, the JSON controls, the Stripe.js stand-in."""

from django.urls import include, path

from payments.sandbox.api.views import api

urlpatterns = [
    path("v1/<path:path>", api),
    path("", include("payments.sandbox.panel.urls")),
    path("", include("payments.sandbox.controls.urls")),
    path("", include("payments.sandbox.billing.urls")),
    path("", include("payments.sandbox.browser.urls")),
]
