"""What a scenario asks of the database and of Stripe: the statements, and the calls.

Counted, not timed: the same on every machine. `BEGIN` and `COMMIT` are not counted, nor
what only one engine needs. A number that grew on purpose is written here anew; one that
shrank too, so that nobody takes it back unseen.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.access import COOKIE, access_token
from orders.demo.catalogue import load_experts, load_services
from orders.models import Order
from payments.models import Payment
from tests.api.calling import ORDER, confirm, create, intent_of
from tests.lumira.answer import Answer
from tests.orders.filling_in import answers
from tests.payments.signed_events import deliver, succeeded
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)

#                        statements, calls of Stripe
TABLE = {
    "home": (4, 0),
    "expert": (3, 0),
    "order form": (3, 0),
    "place an order": (11, 0),
    "payment page": (4, 0),
    "checkout start": (7, 1),
    "checkout resumed": (3, 1),
    "status poll": (1, 0),
    "webhook settles": (15, 0),
    "webhook again": (1, 0),
    "confirm call afterwards": (10, 1),
    "confirmation": (6, 0),
    "my orders": (6, 0),
}
# It cannot insert "unless it is there", and looks first.
ON_MONGODB = TABLE | {"webhook settles": (16, 0)}
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")

Counts = dict[str, tuple[int, int]]


class Counter:
    """Counts what each step of a purchase costs, in the order in which they happen."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self.sandbox = sandbox
        self.counts: Counts = {}

    def step(self, name: str, ask: Callable[[], Answer]) -> Answer:
        calls = len(self.sandbox.requests())
        with CaptureQueriesContext(connection) as captured:
            answer = ask()
        assert answer.status_code in (200, 302), (name, answer.content)
        said = [query["sql"] for query in captured.captured_queries]
        statements = sum(not sql.startswith(NOT_COUNTED) for sql in said)
        self.counts[name] = (statements, len(self.sandbox.requests()) - calls)
        return answer


def test_a_purchase_asks_no_more_than_it_must(
    client: Client, sandbox: SandboxProcess
) -> None:
    load_services()
    load_experts()
    count = Counter(sandbox)

    count.step("home", lambda: client.get("/"))
    count.step("expert", lambda: client.get("/experts/camille-aubry/"))
    count.step("order form", lambda: client.get("/commande/?service=premium"))
    count.step(
        "place an order",
        lambda: client.post("/commande/", answers(expert="camille-aubry")),
    )
    order = Order.objects.get()
    about = {"orderId": str(order.pk)}
    count.step("payment page", lambda: client.get(f"/paiement/{order.pk}/"))
    started = count.step("checkout start", lambda: create(client, about))
    count.step("checkout resumed", lambda: create(client, about))
    count.step("status poll", lambda: client.get(f"{ORDER}{order.pk}"))
    paid = succeeded(Payment.objects.get())
    count.step("webhook settles", lambda: deliver(client, paid))
    count.step("webhook again", lambda: deliver(client, paid))
    intent = intent_of(started)
    count.step("confirm call afterwards", lambda: confirm(client, intent))
    count.step("confirmation", lambda: client.get(order.get_absolute_url()))
    client.cookies[COOKIE] = access_token(order)
    count.step("my orders", lambda: client.get("/commandes/"))

    wanted = ON_MONGODB if connection.vendor == "mongodb" else TABLE
    assert count.counts == wanted
