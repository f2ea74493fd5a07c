import json

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core import serializers
from django.core.exceptions import FieldError
from django.db.models import TextField
from django.db.models.functions import Cast
from pytest_django import Settings

from orders.models import Order
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
SECRET = {"firstName": "Aliénor", "specificQuestion": "Dois-je partir à Brême ?"}


def stored(order: Order) -> str:
    """What the database really holds."""
    column = Order.objects.filter(pk=order.pk).annotate(raw=Cast("intake", TextField()))
    return str(column.values_list("raw", flat=True).get())


def test_the_database_never_sees_the_text() -> None:
    order = make_order(intake=SECRET)

    held = stored(order)

    assert held.startswith("gAAAA")
    for word in ("Aliénor", "Ali\\u00e9nor", "firstName", "Brême"):
        assert word not in held


def test_what_was_written_is_read_back_exactly() -> None:
    order = make_order(intake=SECRET)

    read = Order.objects.get(pk=order.pk)

    assert read.intake == SECRET


def test_a_bulk_update_is_encrypted_too() -> None:
    order = make_order()

    Order.objects.filter(pk=order.pk).update(intake=SECRET)

    assert "Brême" not in stored(order)
    assert Order.objects.get(pk=order.pk).intake == SECRET


def test_the_same_text_twice_is_two_different_tokens() -> None:
    first, second = make_order(intake=SECRET), make_order(intake=SECRET)

    assert stored(first) != stored(second)


def test_a_new_key_in_front_encrypts_and_the_old_one_still_reads(
    settings: Settings,
) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [old]
    before = make_order(intake=SECRET)
    settings.ENCRYPTION_KEYS = [new, old]

    after = make_order(intake=SECRET)

    assert Order.objects.get(pk=before.pk).intake == SECRET
    assert json.loads(Fernet(new).decrypt(stored(after).encode())) == SECRET


def test_saving_again_moves_an_order_to_the_new_key(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [old]
    order = make_order(intake=SECRET)
    settings.ENCRYPTION_KEYS = [new, old]

    Order.objects.get(pk=order.pk).save()

    settings.ENCRYPTION_KEYS = [new]
    assert Order.objects.get(pk=order.pk).intake == SECRET


def test_without_its_key_a_text_cannot_be_read(settings: Settings) -> None:
    order = make_order(intake=SECRET)
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        Order.objects.get(pk=order.pk)


@pytest.mark.parametrize("lookup", ["intake", "intake__contains", "intake__icontains"])
def test_encrypted_answers_cannot_be_searched(lookup: str) -> None:
    make_order(intake=SECRET)

    with pytest.raises(FieldError):
        Order.objects.filter(**{lookup: "Aliénor"}).exists()


def test_a_dump_holds_no_plain_text() -> None:
    order = make_order(intake=SECRET)

    dump = serializers.serialize("json", [order])

    assert "Aliénor" not in dump
    assert "Ali\\u00e9nor" not in dump


def test_a_dump_loaded_again_gives_the_same_answers() -> None:
    order = make_order(intake=SECRET)
    dump = serializers.serialize("json", [order])

    for loaded in serializers.deserialize("json", dump):
        loaded.save()

    assert Order.objects.get(pk=order.pk).intake == SECRET
