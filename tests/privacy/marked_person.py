"""A customer of whom every word is recognisable, through everything the shop does."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumira.accounts.roles import Role
from orders.access import COOKIE, access_token
from orders.actions.hold import place_hold
from orders.models import Expert, Order, Reading
from orders.models.hold import HoldReason
from payments.models import Payment, Subscription
from payments.subscriptions.look import look_at_subscription
from tests.admin.people import client_of_expert, step_url
from tests.admin.refund_pages import address, part, shown_form
from tests.api.calling import confirm, create, intent_of
from tests.factories.catalogue import make_service
from tests.factories.staff import client_of, make_staff
from tests.factories.work import make_working_expert
from tests.orders.filling_in import answers
from tests.orders.making_pictures import picture, upload
from tests.payments.signed_events import deliver, event, intent_object
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import make_monthly

EMAIL = "zqxjwkvmail@zqxjwkvhome.example"
SAID: dict[str, Any] = {
    "first_name": "Zqxjwkvprenom",
    "last_name": "Zqxjwkvnom",
    "email": EMAIL,
    "phone": "+33 6 98 76 54 32",
    "birth_place": "Zqxjwkvville",
    "specific_question": "Zqxjwkvquestion ?",
    "specific_context": "Zqxjwkvcontexte.",
    "life_question": "Zqxjwkvvie ?",
}
BILLING = {"name": "Zqxjwkvtitulaire", "email": EMAIL, "phone": "+33698765432"}


@dataclass(slots=True)
class MarkedPerson:
    """Their orders, and who of the staff served them."""

    customer: Client
    admin: Client
    sandbox: SandboxProcess
    delivered: Order
    subscribed: Order

    @property
    def orders(self) -> list[Order]:
        return list(Order.objects.filter(pk__in=self.ids).order_by("created_at"))

    @property
    def ids(self) -> list[Any]:
        return [self.delivered.pk, self.subscribed.pk]


def live_through_everything(sandbox: SandboxProcess) -> MarkedPerson:
    """Two orders, one of a subscription that has ended; one more that nobody paid."""
    expert = make_working_expert(make_monthly(), make_service(), slug="camille")
    customer, admin = Client(), client_of(make_staff(Role.ADMINISTRATOR))
    delivered = _buy(customer, sandbox, "premium")
    deliver_reading(delivered, expert, admin)
    _freeze_and_release(delivered, admin)
    _refund_a_part(delivered, admin)
    # With the link from the mail: their cards are saved.
    customer.cookies[COOKIE] = access_token(delivered)
    subscribed = _buy(customer, sandbox, "integral")
    deliver_reading(subscribed, expert, admin)
    _stop(subscribed, admin)
    customer.post("/commandes/", {"email": EMAIL})
    # Never paid, and by the API.
    create(
        Client(),
        {"productId": "premium", "customerEmail": EMAIL, "customerName": "Zqxjwkvapi"},
        X_Request_Id="zqxjwkv-request",
    )
    # Typed into the wrong form.
    Client().post(
        reverse("admin:login"), {"username": EMAIL, "password": "Zqxjwkvpass"}
    )
    return MarkedPerson(customer, admin, sandbox, delivered, subscribed)


def late_news(client: Client, order: Order) -> list[int]:
    """Events with the person in them, as Stripe may send them at any time."""
    payment = Payment.objects.get(order=order, status="completed")
    intent = intent_object(
        payment,
        receipt_email=EMAIL,
        shipping={"name": "Zqxjwkvtitulaire", "phone": "+33698765432"},
        metadata={
            "orderId": str(order.pk),
            "service": "premium",
            "note": "Zqxjwkvmeta",
        },
    )
    charge = {
        "id": payment.charge_id,
        "object": "charge",
        "payment_intent": payment.intent_id,
        "billing_details": BILLING,
        "receipt_email": EMAIL,
        "livemode": False,
    }
    customer = {"id": "cus_1", "object": "customer", **BILLING, "livemode": False}
    happened = [
        event("payment_intent.succeeded", intent),
        event("payment_intent.processing", intent),
        event("charge.succeeded", charge),
        event("charge.refunded", charge),
        event("customer.updated", customer),
        event("customer.deleted", customer),
    ]
    return [deliver(client, one).status_code for one in happened]


def deliver_reading(order: Order, expert: Expert, admin: Client) -> None:
    """Assigned, written, refused, written again and approved, on the staff's pages."""
    seen = {"seen_status": order.status, "seen_expert": str(order.expert_id or "")}
    note = {"note": "Zqxjwkvnote : il a appelé."}
    _sent(admin, order, "assign", {"expert": str(expert.pk), **seen, **note})
    writer = client_of_expert(expert)
    for revision in range(2):
        words = {"text": f"Zqxjwkvlecture {revision}", "expected_revision": revision}
        files = {"attachments": [_chart()]} if revision == 0 else {}
        _sent(writer, order, "write", {**words, **files, "submit": "1"})
        reading = Reading.objects.get(order=order, revision=revision + 1)
        how = (
            {"decide": "reject", "reject-reason": "Zqxjwkvrefus"}
            if revision == 0
            else {}
        )
        form = {"decide": "approve", "reading": str(reading.pk), **how}
        _sent(admin, order, "decide", form)
    order.refresh_from_db()
    assert order.status == "completed"


def _buy(customer: Client, sandbox: SandboxProcess, service: str) -> Order:
    photo = upload(picture(size=(61, 41)), "zqxjwkvphoto.jpg")
    form = answers(**SAID, service=service, pictures=[photo])
    place = customer.post("/commande/", form)["Location"]
    order = Order.objects.get(pk=place.strip("/").split("/")[-1])
    intent = intent_of(create(customer, {"orderId": str(order.pk)}))
    sandbox.pay(intent)
    assert confirm(customer, intent).json()["success"]
    for begun in Subscription.objects.filter(first_order=order):
        look_at_subscription(begun, by="customer")
    order.refresh_from_db()
    return order


def _chart() -> SimpleUploadedFile:
    return SimpleUploadedFile("zqxjwkvcarte.pdf", b"%PDF-1.4 Zqxjwkvciel")


def _freeze_and_release(order: Order, admin: Client) -> None:
    place_hold(order, reason=HoldReason.FRAUD_WARNING, about="issfr_1", by="stripe")
    seen = [hold.mark for hold in order.holds.all()]
    _sent(admin, order, "release", {"note": "Zqxjwkvlevée", "seen": seen})


def _refund_a_part(order: Order, admin: Client) -> None:
    payment = Payment.objects.get(order=order, status="completed")
    form = shown_form(admin, payment) | part("20") | {"reason": "Zqxjwkvmotif"}
    assert admin.post(address(payment), form).status_code == 302


def _stop(order: Order, admin: Client) -> None:
    subscription = Subscription.objects.get(first_order=order)
    url = reverse("admin:payments_subscription_stop_now", args=[subscription.pk])
    shown = admin.get(url).context["form"].initial
    admin.post(url, {**shown, "reason": "Zqxjwkvarrêt"})
    subscription.refresh_from_db()
    assert subscription.status == "canceled"


def _sent(client: Client, order: Order, step: str, form: dict[str, Any]) -> None:
    answer = client.post(step_url(order, step), form)
    assert answer.status_code == 302, (step, answer.status_code)
