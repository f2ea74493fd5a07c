"""Whoever reads English meets no French on the pages of a subscription either."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from orders.access import COOKIE, access_token
from tests.factories.subscriptions import (
    make_invoice,
    make_monthly_service,
    make_subscription,
)
from tests.lumira.french_words import french_in, readable

pytestmark = pytest.mark.django_db(transaction=True)
DAY = datetime(2099, 12, 23, 12, tzinfo=UTC)
STATES: list[dict[str, Any]] = [
    {},
    {"stops_at_period_end": True},
    {"status": "past_due"},
    {"status": "paused"},
    {"status": "canceled", "ended_at": DAY, "end_reason": "payment_failed"},
]
MINE = "/abonnements/{pk}/"
PAGES = [MINE, f"{MINE}arreter/", f"{MINE}carte/", f"{MINE}regler/", "/commandes/"]


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("page", [*PAGES, "/confirmation?order_id={order}"])
def test_every_state_of_every_page(page: str, state: dict[str, Any]) -> None:
    service = make_monthly_service(name="Monthly")
    mine = make_subscription(service=service, period_end=DAY, **state)
    for status in ("open", "paid", "void"):
        make_invoice(mine, status=status, next_attempt_at=DAY, number=f"L-{status}")
    said = {}

    for language in ("fr", "en"):
        client = Client(headers={"accept-language": language})
        client.cookies[COOKIE] = access_token(mine.first_order)
        address = page.format(pk=mine.pk, order=mine.first_order_id)
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        said[language] = readable(answer.content.decode())

    assert len(french_in(said["fr"])) > 5
    assert french_in(said["en"]) == set()
