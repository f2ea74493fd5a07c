"""An erasure: asked for twice, refused while something is open, finished in the end."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from orders.access import COOKIE, access_token
from orders.actions.attach_pictures import attach_pictures
from orders.models import Erasure, Order, OrderFile
from orders.models.erasure import ErasureReason
from orders.pictures import Picture
from orders.privacy.erase import ErasureRefused, erase
from orders.privacy.person import person_of, person_with
from orders.tasks import finish_erasures
from payments.actions.start_payment import OrderFrozen, start_payment
from payments.models import Customer, Payment, Subscription
from payments.status import DisputeStatus, PaymentStatus, RefundStatus
from payments.subscriptions.at_stripe import stripe_customer
from payments.subscriptions.begin import EmailNeeded, begin_subscription
from tests.admin.people import client_in, step_url
from tests.admin.reading_pages import plain
from tests.factories.orders import make_order
from tests.factories.payments import make_dispute, make_payment, make_refund
from tests.factories.subscriptions import make_subscription
from tests.factories.work import make_assigned_order, make_delivered_order
from tests.lumira.at_once import at_once
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import make_monthly_order, sdk

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = ErasureReason.ASKED


@pytest.fixture(autouse=True)
def everything_at(sandbox: SandboxProcess) -> SandboxProcess:
    return sandbox


def a_picture(order: Order) -> str:
    attach_pictures(order, [Picture(b"pixels", "image/jpeg", "photo.jpg")])
    return str(order.files.get().file)


def whole(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_twice_at_once_is_one_erasure() -> None:
    order = make_order()

    done = at_once(4, lambda _n: erase(person_of(order), by="claire", reason=ASKED))

    assert len({one.pk for one in done if isinstance(one, Erasure)}) == 1
    assert Erasure.objects.count() == 1
    assert AuditEntry.objects.filter(action="customer.erased").count() == 1


def test_another_person_keeps_everything() -> None:
    order, other = make_order(), make_order(email="bob@example.org", name="Bob")
    path = a_picture(other)

    erase(person_of(order), by="claire", reason=ASKED)

    other = whole(other)
    assert (other.email, other.name) == ("bob@example.org", "Bob")
    assert other.erasure is None
    assert default_storage.exists(path)


def test_an_order_without_an_address_is_a_person_of_its_own() -> None:
    one, other = make_order(email="", name="Ada"), make_order(email="", name="Eve")
    link = access_token(one)

    erase(person_of(one), by="claire", reason=ASKED)

    assert (whole(one).name, whole(other).name) == ("", "Eve")
    client = Client()
    client.cookies[COOKIE] = link
    assert client.get(f"/commandes/{one.pk}/lecture/").status_code == 403


def test_who_comes_back_is_a_new_person() -> None:
    old = make_order()
    customer = stripe_customer(old.email)
    erase(person_of(old), by="claire", reason=ASKED)

    new = make_order()

    assert person_of(new).order_ids == (new.pk,)
    assert stripe_customer(new.email).pk != customer.pk


def test_what_is_open_is_named_and_nothing_is_erased() -> None:
    paid = make_payment(order=make_order(status="completed"), status="completed")
    make_refund(paid, status=RefundStatus.PENDING)
    make_dispute(paid, status=DisputeStatus.NEEDS_RESPONSE)
    make_payment(order=make_order(), status=PaymentStatus.PROCESSING)
    make_assigned_order()
    make_subscription()

    with pytest.raises(ErasureRefused) as refused:
        erase(person_with("alice@example.org"), by="claire", reason=ASKED)

    said = " ".join(refused.value.obstacles)
    for word in (
        "remboursement",
        "litige",
        "banque",
        "pas encore livrée",
        "abonnement",
    ):
        assert word in said
    assert not Erasure.objects.exists()
    assert not Order.objects.filter(email="").exists()


def test_a_reading_that_still_leaves_and_an_order_on_hold_are_open_too() -> None:
    delivered = make_delivered_order(make_assigned_order(delivery_format="whatsapp"))
    held = make_order(is_on_hold=True)

    with pytest.raises(ErasureRefused) as refused:
        erase(person_with("alice@example.org"), by="claire", reason=ASKED)

    assert [text[: len(held.number)] for text in refused.value.obstacles] == sorted(
        [delivered.number, held.number],
        key=[order.number for order in Order.objects.defer("intake")].index,
    )


def test_a_payment_that_nobody_made_is_closed_at_stripe_first(
    sandbox: SandboxProcess,
) -> None:
    order = make_order()
    payment, intent = start_payment(order)

    erase(person_of(order), by="claire", reason=ASKED)

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.CANCELLED
    stripes = sdk(sandbox).payment_intents.retrieve(intent.intent_id)
    assert stripes.status == "canceled"


def test_an_erased_order_cannot_be_paid_any_more() -> None:
    order = make_order()
    loaded_before = whole(order)
    erase(person_of(order), by="claire", reason=ASKED)

    with pytest.raises(OrderFrozen):
        start_payment(loaded_before)

    assert not Payment.objects.exists()


def test_a_subscription_that_was_about_to_begin_does_not() -> None:
    order = make_monthly_order()
    asked_before = make_payment(order=order, intent_id=None)
    loaded_before = whole(order)
    erase(person_of(order), by="claire", reason=ASKED)

    with pytest.raises(EmailNeeded):
        begin_subscription(asked_before, loaded_before)

    assert not Subscription.objects.exists()


def test_while_stripe_does_not_answer_the_worker_goes_on_trying(
    sandbox: SandboxProcess,
) -> None:
    order = make_order()
    known = str(stripe_customer(order.email).stripe_id)
    path = a_picture(order)
    sandbox.fault("503", route="DELETE /v1/customers/*", count=4)

    erasure = erase(person_of(order), by="claire", reason=ASKED)

    erasure.refresh_from_db()
    assert erasure.finished_at is None
    assert not default_storage.exists(path)
    finish_erasures.call_local()
    erasure.refresh_from_db()
    assert erasure.finished_at is not None
    assert sdk(sandbox).customers.retrieve(known).to_dict()["deleted"]


def half_done(order: Order, step: str) -> None:
    """As a process leaves it that dies before this step."""
    if step in ("file", "row"):
        row = OrderFile(order=order, mimetype="image/jpeg", size=1)
        row.file.save("", ContentFile(b"pixels"), save=False)
        row.save(force_insert=True)
        if step == "row":
            default_storage.delete(str(row.file))
    elif step == "note of stripe's answer":
        Customer.objects.update(gone_at=None)
    Erasure.objects.update(finished_at=None)


@pytest.mark.parametrize("step", ["file", "row", "note of stripe's answer", "end"])
def test_a_crash_before_any_step_is_made_up_for(step: str) -> None:
    order = make_order()
    stripe_customer(order.email)
    erase(person_of(order), by="claire", reason=ASKED)
    half_done(order, step)

    finish_erasures.call_local()

    assert Erasure.objects.get().finished_at is not None
    assert not OrderFile.objects.exists()
    assert not default_storage.exists(f"orders/{order.pk}")
    assert Customer.objects.get().gone_at is not None


def test_a_customer_that_stripe_names_too_late_is_forgotten_all_the_same(
    sandbox: SandboxProcess,
) -> None:
    order = make_order()
    row = Customer.objects.create(email=order.email, livemode=False)
    made = sdk(sandbox).customers.create({"email": order.email})
    erase(person_of(order), by="claire", reason=ASKED)
    Customer.objects.filter(pk=row.pk).update(stripe_id=made.id)

    finish_erasures.call_local()

    assert sdk(sandbox).customers.retrieve(made.id).to_dict()["deleted"]


def test_a_picture_that_a_crash_left_without_a_row_goes_too() -> None:
    order = make_order()
    path = a_picture(order)
    OrderFile.objects.all().delete()

    erase(person_of(order), by="claire", reason=ASKED)

    assert not default_storage.exists(path)


def test_a_picture_that_was_on_its_way_gets_no_row_any_more() -> None:
    order = make_order()
    loaded_before = whole(order)
    erase(person_of(order), by="claire", reason=ASKED)

    attach_pictures(loaded_before, [Picture(b"pixels", "image/jpeg", "photo.jpg")])

    assert not OrderFile.objects.exists()


def test_one_customer_that_stripe_will_not_delete_keeps_no_other(
    sandbox: SandboxProcess,
) -> None:
    orders = [make_order(email=f"{name}@example.org") for name in ("alice", "bob")]
    known = [str(stripe_customer(order.email).stripe_id) for order in orders]
    sandbox.fault(
        "html", route=f"DELETE /v1/customers/{known[0]}", count=100, status=403
    )

    for order in orders:
        erase(person_of(order), by="claire", reason=ASKED)

    gone = Customer.objects.exclude(gone_at=None)
    assert [str(row.stripe_id) for row in gone] == known[1:]


def test_the_dialog_asks_for_the_number_and_says_what_is_open() -> None:
    order = make_order()
    admin = client_in(Role.ADMINISTRATOR)
    page = step_url(order, "erase")
    form = {**admin.get(page).context["form"].initial, "reason": "asked"}

    wrong = admin.post(page, {**form, "number": "LU000000-AAAAAA"})
    make_order()
    stale = admin.post(page, {**form, "number": order.number})

    assert (wrong.status_code, stale.status_code) == (422, 409)
    assert "Une commande est arrivée" in plain(stale.content.decode())
    assert not Erasure.objects.exists()


def test_the_order_page_says_why_it_is_empty() -> None:
    order = make_order()
    erase(person_of(order), by="claire", reason=ASKED)

    page = client_in(Role.ADMINISTRATOR).get(f"/admin/orders/order/{order.pk}/change/")

    assert "Effacé" in plain(page.content.decode())


def test_the_journal_and_the_row_say_when_and_why_and_not_who() -> None:
    order = make_order()
    erasure = erase(person_of(order), by="claire", reason=ASKED)

    entry = AuditEntry.objects.get(action="customer.erased")

    assert (entry.by, entry.about_id) == ("claire", str(erasure.pk))
    assert entry.after == {"reason": "asked"}
    assert erasure.counts["orders"] == 1
