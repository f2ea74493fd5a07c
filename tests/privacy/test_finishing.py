"""The worker finishes what is left of erasures, whatever keeps one of them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from orders.actions.attach_pictures import attach_pictures
from orders.models import Erasure
from orders.models.erasure import ErasureReason
from orders.pictures import Picture
from orders.privacy.erase import erase
from orders.privacy.person import person_of
from orders.privacy.retention import NotAllForgotten
from orders.tasks import finish_erasures
from payments.subscriptions.at_stripe import stripe_customer
from tests.factories.orders import make_order
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def unfinished_erasure(email: str) -> tuple[Erasure, str]:
    """As it is after a crash; and the file that is still there."""
    order = make_order(email=email)
    attach_pictures(order, [Picture(b"pixels", "image/jpeg", "photo.jpg")])
    path = str(order.files.get().file)
    erasure = erase(person_of(order), by="claire", reason=ErasureReason.ASKED)
    Erasure.objects.filter(pk=erasure.pk).update(finished_at=None)
    default_storage.save(path, ContentFile(b"pixels"))
    return erasure, path


def is_finished(erasure: Erasure) -> bool:
    erasure.refresh_from_db()
    return erasure.finished_at is not None


def test_one_erasure_that_fails_keeps_no_other(sandbox: SandboxProcess) -> None:
    stuck, in_the_way = unfinished_erasure("alice@example.org")
    other, path = unfinished_erasure("bob@example.org")
    default_storage.delete(in_the_way)
    # Not empty: what stands there cannot be deleted.
    default_storage.save(f"{in_the_way}/something", ContentFile(b"x"))

    with pytest.raises(NotAllForgotten, match=str(stuck.pk)):
        finish_erasures.call_local()

    assert not is_finished(stuck)
    assert is_finished(other)
    assert not default_storage.exists(path)


def test_what_stripe_refuses_keeps_no_file(sandbox: SandboxProcess) -> None:
    stripe_customer("alice@example.org")
    sandbox.fault("html", route="DELETE /v1/customers/*", count=100, status=403)
    erasure, path = unfinished_erasure("alice@example.org")

    with pytest.raises(NotAllForgotten, match="Money"):
        finish_erasures.call_local()

    assert not default_storage.exists(path)
    assert not is_finished(erasure)
