"""Addresses of billing's controls and pages, besides the API."""

from django.urls import path

from payments.sandbox.billing import controls, pages

urlpatterns = [
    path("_/api/billing", controls.billing),
    path("_/browser/saved_cards", controls.saved_cards),
    path("_/browser/saved_cards/forget", controls.forget_card),
    path("_/invoices/<str:invoice_id>", pages.hosted_invoice),
    path("_/invoices/<str:invoice_id>/pdf", pages.invoice_pdf),
]
