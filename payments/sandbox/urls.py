"""Addresses: the API, the JSON controls, and the pages of the Stripe.js stand-in."""

from django.urls import include, path

from payments.sandbox.api.views import api

urlpatterns = [
    path("v1/<path:path>", api),
    path("", include("payments.sandbox.controls.urls")),
    path("", include("payments.sandbox.billing.urls")),
    path("", include("payments.sandbox.browser.urls")),
]
