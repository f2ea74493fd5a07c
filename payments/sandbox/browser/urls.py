"""Addresses of the stand-in for Stripe.js and of the pages it puts into frames."""

from django.urls import path

from payments.sandbox.browser import views

urlpatterns = [
    path("stripe.js", views.stripe_js),
    path("_/elements/payment", views.frame, {"page": "payment"}),
    path("_/elements/express-checkout", views.frame, {"page": "express-checkout"}),
    path("_/elements/assets/<path:name>", views.asset),
    path("_/wallet", views.frame, {"page": "wallet"}),
    path("_/3ds/<str:intent>", views.frame, {"page": "three-d-secure"}),
    path("_/redirect/<str:intent>", views.redirect_page),
]
