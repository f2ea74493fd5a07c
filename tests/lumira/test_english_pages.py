"""Whoever reads English meets no French: pages, errors and mails, in every state."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.timezone import localdate, now

from lumira.outbox.announcing import announce
from orders.access import access_token
from orders.actions.send_orders_link import send_orders_link
from orders.actions.settle import mark_paid
from orders.models import Order
from orders.status import OrderStatus
from payments.models import Refund
from payments.status import RefundStatus
from tests.api.calling import CREATE, ORDER, ORDERS
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.factories.work import make_delivered_order
from tests.lumira.answer import Answer
from tests.lumira.french_words import french_in, readable
from tests.orders.filling_in import answers
from tests.orders.making_pictures import picture
from tests.orders.making_sounds import MP3, PDF, file

pytestmark = pytest.mark.django_db(transaction=True)
OUTCOMES = [
    ("pending", "pending"),
    ("pending", "processing"),
    ("failed", "failed"),
    ("failed", "cancelled"),
    ("paid", "completed"),
    ("processing", "completed"),
    ("awaiting_validation", "completed"),
    ("completed", "completed"),
    ("refunded", "completed"),
]
MISTAKES = {
    "no service": {"service": None, "expert": None},
    "unknown service": {"service": "gone", "expert": "gone"},
    "not offered": {"expert": "elias"},
    "nobody": {"first_name": "", "email": ""},
    "malformed": {"email": "alice@nowhere", "phone": "no", "date_of_birth": "soon"},
    "not born yet": {"date_of_birth": f"{localdate() + timedelta(days=2)}"},
    "too old": {"date_of_birth": "1790-01-01"},
    "no number": {"delivery_format": "whatsapp", "phone": ""},
    "long": {"specific_question": "?" * 2001},
}


@pytest.fixture(autouse=True)
def catalogue() -> None:
    """Names that are no French, so that what is found is the shop's own."""
    basic = make_service(slug="basic", name="Basic", level=1, price=2900)
    premium = make_service(name="Premium", level=2)
    vip = make_service(slug="vip", name="VIP", level=3)
    monthly = make_service(slug="integral", name="Monthly", level=4, billing="month")
    make_service(slug="yearly", name="Yearly", level=4, billing="year")
    make_expert(basic, premium, vip, monthly, slug="camille", name="Camille Aubry")
    make_expert(basic, slug="elias", name="Elias Benhamou")


def in_english(get: Callable[[Client], Answer], status: int = 200) -> str:
    """What the page says in English, after making sure that it spoke French before."""
    french, english = (
        get(Client(headers={"accept-language": language}))
        for language in ("fr-FR,fr;q=0.9", "en-GB,en;q=0.9")
    )
    assert (french.status_code, english.status_code) == (status, status)
    assert len(french_in(readable(french.content.decode()))) > 5
    assert '<html lang="en">' in english.content.decode()
    return readable(english.content.decode())


def place(**fields: object) -> Order:
    return make_order(expert=make_expert(slug="camille"), **fields)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/commande/", 200),
        ("/commande/?service=vip&expert=camille", 200),
        ("/commandes/", 200),
        ("/commandes/?lien=forged", 403),
        ("/nowhere", 404),
    ],
)
def test_a_page_is_english(address: str, status: int) -> None:
    text = in_english(lambda client: client.get(address), status)

    assert french_in(text) == set()


@pytest.mark.parametrize("changes", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_form_is_explained_in_english(
    changes: dict[str, str | None],
) -> None:
    text = in_english(
        lambda client: client.post("/commande/", answers(**changes)), status=422
    )

    # Her own answers come back as she wrote them.
    mine = {"Dois-je partir ?", "Un poste à l'étranger.", "Pourquoi ?"}
    lines = [line for line in text.splitlines() if line.strip() not in mine]
    assert french_in("\n".join(lines)) == set()


@pytest.mark.parametrize(("email", "status"), [("a@example.org", 200), ("a", 422)])
def test_asking_for_the_link_is_english(email: str, status: int) -> None:
    text = in_english(
        lambda client: client.post("/commandes/", {"email": email}), status
    )

    assert french_in(text) == set()


@pytest.mark.parametrize(("order_status", "payment_status"), OUTCOMES)
def test_what_became_of_an_order_is_told_in_english(
    order_status: str, payment_status: str
) -> None:
    order = place(status=order_status)
    make_payment(
        order=order,
        status=payment_status,
        failure_code="card_declined",
        amount_refunded=100,
    )

    text = in_english(lambda client: client.get(order.get_absolute_url()))

    assert french_in(text) == set()
    assert "€79.00" in text


def test_the_payment_page_is_english_with_all_its_script_may_say() -> None:
    order = place()

    text = in_english(lambda client: client.get(f"/paiement/{order.pk}/"))

    assert french_in(text) == set()
    assert "Pay €79.00" in text
    assert "Your card was declined." in text


def test_the_list_of_orders_is_english_in_every_state() -> None:
    for order_status, _payment_status in OUTCOMES:
        order = place(status=order_status)

    def open_link(client: Client) -> Answer:
        return client.get(f"/commandes/?lien={access_token(order)}", follow=True)

    text = in_english(open_link)

    assert french_in(text) == set()
    day = localdate(order.created_at)
    assert f"{day.day} {day:%B %Y}" in text


def test_a_reading_is_english_around_the_experts_own_words() -> None:
    files = [file(MP3), file(PDF, "a.pdf"), file(picture(), "b.png")]
    order = make_delivered_order(text="Lorem ipsum.", attachments=files)

    def open_link(client: Client) -> Answer:
        link = f"/commandes/{order.pk}/lecture/?lien={access_token(order)}"
        return client.get(link, follow=True)

    text = in_english(open_link)

    # Django glues a size to its unit in every language.
    assert french_in(text.replace("\u00a0bytes", " bytes")) == set()


def test_a_form_from_elsewhere_is_refused_in_english() -> None:
    def post(client: Client) -> Answer:
        client.handler.enforce_csrf_checks = True
        return client.post("/commande/")

    text = in_english(post, status=403)

    assert french_in(text) == set()


@pytest.mark.parametrize(
    "name",
    ["400.html", "403.html", "405.html", "413.html", "500.html", "maintenance.html"],
)
def test_the_pages_of_our_failures_are_english(name: str) -> None:
    with translation.override("en"):
        page = render_to_string(name)

    assert french_in(readable(page)) == set()


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        (CREATE, "{", 400),
        (CREATE, {"amount": "much"}, 400),
        (CREATE, {}, 400),
        (CREATE, {"productId": "gone"}, 404),
        (CREATE, {"productId": "integral"}, 400),
        (CREATE, {"productId": "basic", "metadata": {"name": "Alice"}}, 400),
        (CREATE, {"productId": "basic", "customerEmail": "alice@nowhere"}, 400),
        (CREATE, {"expertId": "camille", "amount": 1}, 400),
        (ORDER + str(uuid.UUID(int=1)), None, 404),
        (ORDERS, None, 401),
        ("/api/nowhere", None, 404),
    ],
)
def test_the_api_refuses_in_the_callers_language(
    address: str, body: object, status: int
) -> None:
    said = {}
    for language in ("fr", "en"):
        client = Client(headers={"accept-language": language})
        answer = (
            client.get(address)
            if body is None
            else client.post(address, body, content_type="application/json")
        )
        assert answer.status_code == status
        said[language] = answer.json()["message"]

    assert french_in(said["fr"])
    assert french_in(said["en"]) == set()


def pay(order: Order) -> None:
    mark_paid(order, at=now(), by="stripe")


def ask_for_link(order: Order) -> None:
    send_orders_link(order.email)


def refund(order: Order) -> None:
    payment = make_payment(order=order, status="completed")
    row = Refund.objects.create(
        payment=payment,
        amount=100,
        currency="eur",
        status=RefundStatus.SUCCEEDED,
        requested_by="clerk",
    )
    announce("refunded", key=f"refunded:{row.pk}", refund_id=str(row.pk))


def deliver(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.COMPLETED)
    announce("reading_ready", key=f"ready:{order.pk}", order_id=str(order.pk))


@pytest.mark.parametrize("happens", [pay, ask_for_link, refund, deliver])
@pytest.mark.parametrize("name", ["Alice Martin", ""])
def test_a_mail_is_in_the_language_the_order_was_placed_in(
    mailoutbox: list[EmailMessage], happens: Callable[[Order], None], name: str
) -> None:
    for language in ("fr", "en"):
        email = f"{language}@example.org"
        happens(place(language=language, email=email, name=name))

    said = {mail.to[0][:2]: f"{mail.subject}\n{mail.body}" for mail in mailoutbox}
    links = ("http://testserver/confirmation", "http://testserver/commandes/")
    english = [word for word in said["en"].split() if not word.startswith(links)]
    assert len(french_in(said["fr"])) > 5
    assert french_in(" ".join(english)) == set()
