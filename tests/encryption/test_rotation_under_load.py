"""ENCRYPTION_KEY is replaced while customers write and the staff reads."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lumira.accounts.roles import Role
from lumira.audit.models import AuditHead
from lumira.audit.recording import record
from lumira.audit.verification import verify_chain
from orders.models import Order
from tests.admin.people import client_in
from tests.encryption.keys import is_of, new_key, rotate, stored
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.lumira.under_load import Load
from tests.orders.filling_in import answers

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 2
# How many orders each writes, at least, with each set of keys.
AT_LEAST = 2


@pytest.fixture(autouse=True)
def _no_head_of_the_tests_own_key() -> None:
    AuditHead.objects.all().delete()


def ordering() -> str:
    """A customer fills in the form."""
    answer = Client().post("/commande/", answers(phone="06 12 34 56 78"))
    return "" if answer.status_code == 302 else f"the form answered {answer}"


def reading_as(client: Client) -> Callable[[], str]:
    """A person of the staff opens the first order, the newest and the search."""

    def read() -> str:
        everyone = Order.objects.defer("intake").order_by("created_at")
        for order in (everyone.first(), everyone.last()):
            assert order
            page = reverse("admin:orders_order_change", args=[order.pk])
            if "Dois-je partir" not in client.get(page).content.decode():
                return f"{order} cannot be read"
        wanted = everyone[:1].get()
        orders = reverse("admin:orders_order_changelist")
        asked = {"q": f"06 12 34 56 78 {wanted.number}"}
        found = client.get(orders, asked).content.decode()
        page = reverse("admin:orders_order_change", args=[wanted.pk])
        return "" if page in found else "the first is not found"

    return read


def test_every_field_is_readable_at_every_moment(
    settings: Settings,
) -> None:
    old, new = new_key(), new_key()
    settings.ENCRYPTION_KEYS = [old]
    settings.LIMITS_ON = False  # all of them come from one network
    make_expert(make_service(), slug="camille")
    for _ in range(20):
        make_order(
            intake={"specificQuestion": "Dois-je partir ?", "phone": "0612345678"}
        )
    load = Load()
    for number in range(WRITERS):
        load.keep_doing(f"customer {number}", ordering)
    load.keep_doing("clerk", reading_as(client_in(Role.ADMINISTRATOR)))

    try:
        for keys in ([old], [old, new], [new, old]):
            settings.ENCRYPTION_KEYS = keys
            load.go_on(AT_LEAST)
        said = rotate()
        load.go_on(AT_LEAST)
        settings.ENCRYPTION_KEYS = [new]
        load.go_on(AT_LEAST)
    finally:
        load.end()

    assert load.problems == []
    assert "can be removed" in said[-1]
    assert Order.objects.count() >= 20 + 5 * AT_LEAST * WRITERS
    tokens = [stored(order, "intake") for order in Order.objects.defer("intake")]
    assert all(is_of(new, token) for token in tokens)


# Several processes are never restarted at the same moment: what one of them writes
# with its keys, another must read with its own.
STEPS = [("old",), ("old", "new"), ("new", "old"), ("new",)]


@pytest.mark.parametrize("step", range(1, len(STEPS)))
def test_processes_of_two_steps_read_what_the_other_writes(
    settings: Settings, step: int
) -> None:
    keys = {"old": new_key(), "new": new_key()}
    before = [keys[name] for name in STEPS[step - 1]]
    after = [keys[name] for name in STEPS[step]]
    settings.ENCRYPTION_KEYS = before
    early = make_order(intake={"lifeQuestion": "Brême ?"})
    record("order.assigned", by="claire")
    if len(after) < len(before):
        rotate()
    settings.ENCRYPTION_KEYS = after
    late = make_order(intake={"lifeQuestion": "Lyon ?"})
    record("order.released", by="claire")

    assert Order.objects.get(pk=early.pk).intake == {"lifeQuestion": "Brême ?"}
    settings.ENCRYPTION_KEYS = before
    assert Order.objects.get(pk=late.pk).intake == {"lifeQuestion": "Lyon ?"}
    assert verify_chain().sequence == 2
