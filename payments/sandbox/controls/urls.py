"""Addresses of the controls."""

from django.urls import path

from payments.sandbox.controls import (
    buyer,
    dashboard,
    fault_controls,
    webhook_controls,
    world,
)

urlpatterns = [
    path("_/api/reset", world.reset),
    path("_/api/requests", world.requests),
    path("_/api/objects", world.objects),
    path("_/api/clock", world.clock_control),
    path("_/api/wait", world.wait),
    path("_/api/payment_methods", world.payment_methods),
    path("_/api/endpoints", webhook_controls.endpoints),
    path("_/api/events", webhook_controls.events),
    path("_/api/deliveries", webhook_controls.deliveries),
    path("_/api/deliveries/<str:event_id>/resend", webhook_controls.resend),
    path("_/api/webhooks", webhook_controls.webhooks),
    path("_/api/faults", fault_controls.faults),
    path("_/api/payment_intents/<str:intent_id>/pay", buyer.pay),
    path("_/api/payment_intents/<str:intent_id>/settle", buyer.settle),
    path("_/api/payment_intents/<str:intent_id>/cancel", dashboard.cancel_intent),
    path("_/api/charges/<str:charge_id>/refund", dashboard.refund_charge),
    path("_/api/charges/<str:charge_id>/dispute", dashboard.dispute_charge),
    path("_/api/charges/<str:charge_id>/early_fraud_warning", dashboard.warn_of_fraud),
    path("_/api/refunds/<str:refund_id>", dashboard.move_refund),
    path("_/api/disputes/<str:dispute_id>", dashboard.move_dispute),
    path("_/browser/authenticate", buyer.authenticate),
]
