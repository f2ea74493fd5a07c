"""What is accepted with a button stands beside it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.lumira.answer import Answer

pytestmark = pytest.mark.django_db


def form_of(answer: Answer, mark: str) -> str:
    """The form that carries the mark, without the rest of the page."""
    page = answer.content.decode()
    found = re.search(rf"<form[^>]*{mark}.*?</form>", page, re.DOTALL)
    assert found
    return found.group()


def test_the_order_form_names_terms_and_privacy_before_its_button(
    client: Client,
) -> None:
    make_expert(make_service())

    form = form_of(client.get(reverse("orders:order")), "data-order-form")

    before = form[: form.index('type="submit"')]
    assert f'href="{reverse("orders:terms-of-sale")}" target="_blank"' in before
    assert f'href="{reverse("orders:privacy-policy")}" target="_blank"' in before


def test_who_pays_asks_for_the_service_to_begin_at_once(client: Client) -> None:
    order = make_order()

    form = form_of(
        client.get(reverse("payments:pay", args=[order.pk])), "data-payment "
    )

    before = form[: form.index('type="submit"')]
    assert f'href="{reverse("orders:terms-of-sale")}" target="_blank"' in before
    assert "délai de rétractation de quatorze jours" in before
