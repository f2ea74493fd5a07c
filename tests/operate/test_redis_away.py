"""Redis is quicker with, and possible without: nobody's payment waits for it."""

import socket
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from pytest_django import Settings
from redis.exceptions import RedisError

from payments.actions.start_payment import start_payment
from tests.factories.orders import make_order
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nobody() -> Iterator[str]:
    """The address of a Redis that is down: the port is taken, and nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{taken.getsockname()[1]}/0"


@pytest.fixture
def cache_away(nobody: str, settings: Settings) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "default": {
            "BACKEND": "lumira.kit.redis_cache.OptionalRedisCache",
            "LOCATION": nobody,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        },
    }


def test_nothing_is_found_and_nothing_is_kept(cache_away: None) -> None:
    cache = caches["default"]

    cache.set("name", "value", 60)

    assert cache.get("name") is None
    assert cache.get("name", "other") == "other"


def test_who_counts_with_it_hears_that_it_is_away(cache_away: None) -> None:
    with pytest.raises(RedisError):
        caches["default"].incr("attempts")


def test_a_customer_pays_all_the_same(
    cache_away: None, sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.INTENT_CACHE_S = 5
    order = make_order()

    _payment, first = start_payment(order)
    _payment, again = start_payment(order)

    assert first.intent_id == again.intent_id
    assert [call["path"] for call in sandbox.requests(method="POST")] == [
        "/v1/payment_intents"
    ]
