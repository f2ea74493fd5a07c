"""What being counted costs a buyer's requests, in statements of the database."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.api.calling import confirm, intent_of
from tests.factories.catalogue import make_service
from tests.limits.shopping import ask_to_pay, from_network
from tests.lumira.answer import Answer
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)

Costs = Callable[[Callable[[], Answer]], int]


@pytest.fixture
def costs(settings: Settings, sandbox: SandboxProcess) -> Costs:
    """How many statements more the same request needs with limits than without."""
    make_service(slug="premium")

    def statements(ask: Callable[[], Answer], *, on: bool) -> int:
        settings.LIMITS_ON = on
        with CaptureQueriesContext(connection) as captured:
            assert ask().status_code == 200
        said = [query["sql"] for query in captured.captured_queries]
        return sum(not sql.startswith(("BEGIN", "COMMIT")) for sql in said)

    def extra(ask: Callable[[], Answer]) -> int:
        without = statements(ask, on=False)
        return statements(ask, on=True) - without

    return extra


def buyer() -> Client:
    return from_network("192.0.2.66")


def test_a_new_order_is_counted_once_for_all_it_does(costs: Costs) -> None:
    def order() -> Answer:
        return ask_to_pay(buyer(), customerEmail="alice@example.org")

    first, next_ = costs(order), costs(order)

    # One look, and whom the order came from; the second time what both come to.
    assert (first, next_) == (2, 3)


def test_a_new_address_of_a_known_network_is_counted_for_that_network(
    costs: Costs,
) -> None:
    ask_to_pay(buyer(), customerEmail="alice@example.org")
    numbers = iter(range(10))

    extra = costs(
        lambda: ask_to_pay(buyer(), customerEmail=f"b{next(numbers)}@example.org")
    )

    assert extra == 3


def test_asking_again_costs_one_look_and_confirming_one_change_more(
    costs: Costs,
) -> None:
    placed = ask_to_pay(buyer(), customerEmail="alice@example.org")
    order_id, intent_id = placed.json()["orderId"], intent_of(placed)

    again = costs(lambda: ask_to_pay(buyer(), orderId=order_id))
    confirmed = costs(lambda: confirm(buyer(), intent_id))

    assert (again, confirmed) == (1, 2)
