"""The refund dialog as a clerk sees it, and what they send."""

import re

from django.test import Client
from django.urls import reverse

from payments.models import Payment, Refund
from tests.admin.reading_pages import markup


def address(payment: Payment) -> str:
    return reverse("admin:payments_payment_refund", args=[payment.pk])


def shown_form(
    client: Client, payment: Payment, url: str | None = None
) -> dict[str, str]:
    """The fields of the form as it is shown now, but for the reason."""
    page = markup(client, url or address(payment))
    names = ("refund_id", "expected_refundable", "amount")
    form = {
        name: found[1]
        for name in names
        if (found := re.search(rf'name="{name}" value="([^"]*)"', page))
    }
    chosen = re.search(r'name="how" value="(\w+)"[^>]*\schecked[\s>]', page)
    return form | ({"how": chosen[1]} if chosen else {})


def part(amount: str) -> dict[str, str]:
    return {"how": "part", "amount": amount, "reason": "geste"}


def retry_button(refund: Refund) -> str:
    return reverse("admin:payments_refund_retry", args=[refund.pk])
