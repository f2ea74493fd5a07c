"""Camille, and the form of the page on which staff edit her."""

from typing import Any

from django.test import Client

from orders.models import Expert
from tests.admin.reading_pages import page_url
from tests.factories.catalogue import make_expert

EXPERTS = "orders_expert"
FORM = {
    "name": "Camille Aubry",
    "slug": "camille",
    "bio": "",
    "specialities": "",
    "is_active": "on",
    "user": "",
    "offers-TOTAL_FORMS": "0",
    "offers-INITIAL_FORMS": "0",
}


def make_camille(**fields: Any) -> Expert:
    return make_expert(slug="camille", **fields)


def save(client: Client, expert: Expert, **changes: Any) -> Any:
    return client.post(page_url(EXPERTS, expert.pk), FORM | changes)
